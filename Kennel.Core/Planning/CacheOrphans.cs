using Kennel.Core.Domain;

namespace Kennel.Core.Planning;

/// <summary>Users of Valkey that carry Kennel's mark and that no row of the ledger speaks of.</summary>
internal static class CacheOrphans
{
    private const string GivenUp = "somebody gave it up";

    /// <summary>All that can be seen.</summary>
    public static Seq<Orphan> Find(Sight sight) =>
        sight.Observed.Caches.Match(
            seen =>
            {
                var recorded = toSet(
                    sight
                        .Desired.Branches.Bind(branch => branch.Resources)
                        .Bind(row => row.Resource is Resource.Valkey it ? Seq1(it.User) : Empty)
                );
                return seen
                    .Users.Values.ToSeq()
                    .Filter(user => IsOrphan(sight, user.Name, recorded))
                    .Map(user => (Orphan)new Orphan.OfCache(user));
            },
            _ => Seq<Orphan>()
        );

    /// <summary>
    /// Its keys go, and then its user: without him nobody could tell whose they are. In a database that the ledger gives
    /// to a branch they stay: they may be the branch's.
    /// </summary>
    public static Part End(Sight sight, ObservedCacheUser user) =>
        Part.Concat(
            user.Database.ToSeq()
                .Filter(number => !IsGiven(sight, number))
                .Map(number => Part.Step(new Subject.Host(), new Action.EmptyCache(user.Name, number), GivenUp))
        ) + Part.Step(new Subject.Host(), new Action.DropCacheUser(user.Name), GivenUp);

    private static bool IsGiven(Sight sight, CacheNumber number) =>
        sight
            .Desired.Branches.Bind(branch => branch.Resources)
            .Exists(row => row.Resource is Resource.Valkey it && it.Database == number);

    // While a row cannot be read, what has none is not therefore nobody's.
    private static bool IsOrphan(Sight sight, CacheUser user, Set<CacheUser> recorded) =>
        user.Maker != sight.Settings.Instance || (!recorded.Contains(user) && sight.Desired.Damage.IsEmpty);
}
