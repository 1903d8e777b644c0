using Kennel.Core.Domain;

namespace Kennel.Core.Planning;

/// <summary>
/// Which database of Valkey a branch gets: the lowest that no row, no user and no key claims. What holds keys and has no
/// row is somebody's, and is not emptied for another.
/// </summary>
public static class CacheNumbers
{
    /// <summary>The number for a branch that has none yet; no two branches of one pass get the same.</summary>
    public static Option<CacheNumber> Choose(Sight sight, DesiredBranch branch, ObservedCaches seen)
    {
        var taken = Taken(sight, seen);
        var earlier = sight.Desired.Branches.Filter(other => other.Id.CompareTo(branch.Id) < 0 && IsInNeed(other));
        return CacheNumber
            .Below(seen.DatabasesMax)
            .Filter(number => !taken.Contains(number))
            .Skip(earlier.Count)
            .HeadOrNone();
    }

    private static Set<CacheNumber> Taken(Sight sight, ObservedCaches seen) =>
        toSet(
            Joined(
                    sight
                        .Desired.Branches.Bind(branch => branch.Resources)
                        .Bind(row => row.Resource is Resource.Valkey it ? Seq1(it.Database) : Empty),
                    seen.Users.Values.ToSeq().Bind(user => user.Database.ToSeq()),
                    seen.KeyCounts.Keys.ToSeq()
                )
                .Distinct()
        );

    private static bool IsInNeed(DesiredBranch branch) =>
        !branch.Resources.Exists(row => row.Resource.Kind == ResourceKind.Valkey)
        && Wanted.Units(branch).Exists(unit => unit.Specification.Resources.Contains(ResourceKind.Valkey));
}
