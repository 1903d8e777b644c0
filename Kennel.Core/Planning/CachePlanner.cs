using Kennel.Core.Domain;

namespace Kennel.Core.Planning;

/// <summary>
/// A branch's database in Valkey and the one user who may use it: emptied before the first use, and at the end once that
/// user is gone. Valkey forgets its users when it restarts; they are made again, and what is in the database stays.
/// </summary>
public static class CachePlanner
{
    /// <summary>How Valkey is called in notes.</summary>
    public const string System = "Valkey";

    /// <summary>What is missing of a branch's cache, and whether units may use it.</summary>
    /// <param name="sight">Desired and observed.</param>
    /// <param name="branch">The branch.</param>
    /// <param name="awaiting">The units that wait for it.</param>
    public static (Part Part, bool IsUsable) Keep(Sight sight, DesiredBranch branch, Seq<WantedUnit> awaiting) =>
        sight.Observed.Caches.Match(
            known: seen =>
                branch
                    .Resources.Bind(row => row.Resource is Resource.Valkey it ? Seq1((row.State, it)) : Empty)
                    .HeadOrNone()
                    .Match(
                        row =>
                            (
                                Complete(sight, branch, row.it, row.State, seen),
                                row.State == ResourceState.Present && IsUsable(row.it, seen)
                            ),
                        () => (Give(sight, branch, awaiting, seen), false)
                    ),
            unknown: reason => (awaiting.IsEmpty ? Part.Nothing : ResourcePlanner.Blind(branch, System, reason), false)
        );

    /// <summary>Lets in whom Valkey has forgotten; what serves needs its cache in a locked project too.</summary>
    public static Part Restore(Sight sight, DesiredBranch branch) =>
        Part.Concat(
            from seen in sight.Observed.Caches.ToOption().ToSeq()
            from row in branch.Resources
            from cache in row.Resource is Resource.Valkey it && row.State == ResourceState.Present ? Seq1(it) : Empty
            select Complete(sight, branch, cache, row.State, seen)
        );

    /// <summary>What is left of a removed branch's cache: first the user goes, so that nothing is written after it is emptied.</summary>
    public static Part Remove(Sight sight, DesiredBranch branch, Resource.Valkey cache) =>
        sight.Observed.Caches.Match(
            known: seen =>
            {
                var why = $"the branch was removed: {branch.Removed.Match(removal => removal.Reason, () => "")}";
                return ResourcePlanner.Forget(
                    branch,
                    cache,
                    When(seen.Users.ContainsKey(cache.User), branch, new Action.DropCacheUser(cache.User), why)
                        + When(
                            seen.KeyCounts.ContainsKey(cache.Database),
                            branch,
                            new Action.EmptyCache(cache.User, cache.Database),
                            why
                        )
                );
            },
            unknown: reason => ResourcePlanner.Blind(branch, System, reason)
        );

    private static Part When(bool isSo, DesiredBranch branch, Action action, string reason) =>
        isSo ? Part.Step(branch.Subject, action, reason) : Part.Nothing;

    private static bool IsUsable(Resource.Valkey cache, ObservedCaches seen) =>
        IsInRange(cache, seen) && IsAdmitted(cache, seen);

    private static bool IsInRange(Resource.Valkey cache, ObservedCaches seen) =>
        cache.Database.Value < seen.DatabasesMax;

    private static bool IsAdmitted(Resource.Valkey cache, ObservedCaches seen) =>
        seen.Users.Find(cache.User).Exists(user => user.IsComplete && user.Database == Some(cache.Database));

    private static Part Complete(
        Sight sight,
        DesiredBranch branch,
        Resource.Valkey cache,
        ResourceState state,
        ObservedCaches seen
    ) =>
        !IsInRange(cache, seen) ? Part.Block(branch.Subject, new BlockedBy.NoCache(seen.DatabasesMax))
        : state == ResourceState.Wanted ? ResourcePlanner.Begin(branch, cache, Make(branch, cache))
        : IsAdmitted(cache, seen) ? Part.Nothing
        : SecretPlanner.Renew(sight, branch, ResourceKind.Valkey)
            + Part.Step(
                branch.Subject,
                new Action.AdmitCacheUser(cache.User, cache.Database),
                "Valkey does not know its user, or not so"
            );

    private static Part Give(Sight sight, DesiredBranch branch, Seq<WantedUnit> awaiting, ObservedCaches seen) =>
        CacheNumbers
            .Choose(sight, branch, seen)
            .Match(
                number =>
                {
                    var cache = new Resource.Valkey(CacheUser.Of(sight.Settings.Instance, branch.Id), number);
                    return ResourcePlanner.Record(sight, branch, cache, Make(branch, cache));
                },
                () => Refuse(sight, branch, awaiting, seen)
            );

    // A release on trial fails for it; what proved good once waits.
    private static Part Refuse(Sight sight, DesiredBranch branch, Seq<WantedUnit> awaiting, ObservedCaches seen)
    {
        var onTrial = awaiting.Filter(unit => unit.Release.Outcome is Outcome.Untried);
        return onTrial.IsEmpty
            ? Part.Block(branch.Subject, new BlockedBy.NoCache(seen.DatabasesMax))
            : Part.Concat(
                onTrial.Map(unit => TrialPlanner.Reject(sight, unit, new Cause.CachesExhausted(seen.DatabasesMax)))
            );
    }

    private static Part Make(DesiredBranch branch, Resource.Valkey cache) =>
        Part.Step(
            branch.Subject,
            new Action.EmptyCache(cache.User, cache.Database),
            "nobody's keys may be in it before its first use"
        )
        + Part.Step(
            branch.Subject,
            new Action.AdmitCacheUser(cache.User, cache.Database),
            "a release of it needs a cache"
        );
}
