using Kennel.Core.Domain;
using Kennel.Core.Planning;
using Kennel.Core.Units;

namespace Kennel.Core.Views;

/// <summary>The secrets in memory: a directory for each generation, which goes with its unit. No value is looked at.</summary>
internal static class SecretItems
{
    private const string Detail = $"in memory, {SecretProperties.Directory}";

    public static Seq<InventoryItem> Of(
        Owners owners,
        InstanceId instance,
        Observation<Map<UnitName, ObservedUnit>> units,
        Set<UnitName> files
    ) => files.ToSeq().Map(file => Of(owners, instance, units, file)).Strict();

    // Who made them is written nowhere; they are their unit's.
    private static InventoryItem Of(
        Owners owners,
        InstanceId instance,
        Observation<Map<UnitName, ObservedUnit>> units,
        UnitName file
    ) =>
        units
            .ToOption()
            .Bind(all => all.Find(file))
            .Bind(unit => unit.Mark)
            .Filter(mark => mark != instance)
            .Match(
                mark => Inventory.Item("secrets", file.Value, None, $"{Detail}; {Inventory.Another(mark.Value)}"),
                () => Inventory.Item("secrets", file.Value, owners.OfUnit(file), Detail)
            );
}
