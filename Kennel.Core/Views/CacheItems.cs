using Kennel.Core.Domain;
using Kennel.Core.Planning;

namespace Kennel.Core.Views;

/// <summary>The databases of Valkey that a user of Kennel's has, and those that a row of the ledger has and no user.</summary>
internal static class CacheItems
{
    public static Seq<InventoryItem> Of(Desired desired, ObservedCaches seen) =>
        Joined(
            seen.Users.Values.ToSeq().Map(user => OfUser(desired, seen, user)),
            Rows(desired)
                .Filter(row =>
                    !seen.Users.ContainsKey(row.Cache.User) && seen.KeyCounts.ContainsKey(row.Cache.Database)
                )
                .Map(row =>
                    Inventory.Item(
                        "cache",
                        row.Cache.User.Value,
                        Some(Owners.Title(row.Branch)),
                        $"{Keys(seen, row.Cache.Database)}; its user is gone"
                    )
                )
        );

    private static InventoryItem OfUser(Desired desired, ObservedCaches seen, ObservedCacheUser user)
    {
        var detail = user.Database.Match(number => Keys(seen, number), () => "a user without a database of its own");
        return user.Name.Maker == desired.Settings.Instance
            ? Inventory.Item(
                "cache",
                user.Name.Value,
                Rows(desired).Find(row => row.Cache.User == user.Name).Map(row => Owners.Title(row.Branch)),
                detail
            )
            : Inventory.Item("cache", user.Name.Value, None, $"{detail}; {Inventory.Another(user.Name.Maker.Value)}");
    }

    private static string Keys(ObservedCaches seen, CacheNumber number) =>
        $"Valkey's database {number}, {seen.KeyCounts.Find(number).IfNone(0)} keys";

    private static Seq<(DesiredBranch Branch, Resource.Valkey Cache)> Rows(Desired desired) =>
        desired.Branches.Bind(branch =>
            branch.Resources.Bind(row => row.Resource is Resource.Valkey it ? Seq1((branch, it)) : Empty)
        );
}
