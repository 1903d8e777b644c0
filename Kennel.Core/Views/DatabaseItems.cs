using Kennel.Core.Domain;
using Kennel.Core.Planning;

namespace Kennel.Core.Views;

/// <summary>The databases and roles that carry Kennel's mark.</summary>
internal static class DatabaseItems
{
    public static Seq<InventoryItem> Of(Desired desired, ObservedDatabases seen) =>
        Joined(
            seen.Databases.Values.ToSeq().Bind(database => OfDatabase(desired, seen, database)),
            seen.Roles.Values.ToSeq().Bind(role => OfRole(desired, role))
        );

    private static Seq<InventoryItem> OfDatabase(Desired desired, ObservedDatabases seen, ObservedDatabase database)
    {
        var owner = Holder(
            desired,
            branch => branch.Resources.Exists(row => row.Resource == new Resource.Postgres(database.Name))
        );
        return seen.MakerOf(database)
            .Map(maker => Marked(desired, "database", database.Name.Value, maker, owner, Detail(database)))
            .ToSeq();
    }

    private static Seq<InventoryItem> OfRole(Desired desired, ObservedRole role)
    {
        var owner = Holder(desired, branch => branch.Role == Some(role.Name) && !branch.Resources.IsEmpty);
        return role.Mark.Map(maker => Marked(desired, "role", role.Name.Value, maker, owner, "PostgreSQL")).ToSeq();
    }

    private static InventoryItem Marked(
        Desired desired,
        string kind,
        string name,
        InstanceId maker,
        Option<string> owner,
        string detail
    ) =>
        maker == desired.Settings.Instance
            ? Inventory.Item(kind, name, owner, detail)
            : Inventory.Item(kind, name, None, $"{detail}; {Inventory.Another(maker.Value)}");

    private static string Detail(ObservedDatabase database) =>
        $"owned by {database.Owner}, {(database.IsOpen ? database.Limits.ToString() : "not open yet")}";

    private static Option<string> Holder(Desired desired, Func<DesiredBranch, bool> holds) =>
        desired.Branches.Find(holds).Map(Owners.Title);
}
