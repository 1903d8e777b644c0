using Kennel.Core.Lifecycle;

namespace Kennel.Core.Planning;

/// <summary>
/// Keeps what expiry stands on: when each branch was last used, and how long requests have been observed without a gap.
/// Both are written seldom; where nothing ever expires, they are not written at all.
/// </summary>
public static class ActivityPlanner
{
    private const int StepsPerGap = 6;
    private static readonly Subject Host = new Subject.Host();

    /// <summary>What is to be written.</summary>
    public static Seq<Part> Plan(Sight sight) =>
        Idleness.Shortest(sight.Desired).IsNone
            ? Seq<Part>()
            : sight.Observed.Requests.Match(
                known: _ => Seq(Activity(sight), Watch(sight)),
                // Whoever looks without observing requests says nothing about who does.
                unknown: reason => reason == Observation.NotAsked ? Seq<Part>() : Seq1(Blind(sight, reason))
            );

    private static Part Activity(Sight sight)
    {
        var changes = sight
            .Desired.Branches.Filter(branch => branch.Removed.IsNone)
            .Bind(branch => Change(sight, branch));
        return changes.IsEmpty
            ? Part.Nothing
            : Part.Step(Host, new Action.RecordActivity(toMap(changes), sight.Now), "people use them");
    }

    private static Seq<(Domain.BranchId, DateTimeOffset)> Change(Sight sight, DesiredBranch branch)
    {
        var grain = Idleness.Periods(sight.Settings, branch.Project).Grain;
        // A time that is yet to come was written before the clock went back.
        var isToCome = branch.Life.ActiveAt.Exists(at => at - sight.Now > Idleness.Gap(sight.Desired));
        return isToCome
            ? Seq1((branch.Id, sight.Now))
            : Idleness
                .LastRequest(sight, branch)
                .Filter(at => branch.Life.ActiveAt.ForAll(stored => at - stored >= grain))
                .Map(at => (branch.Id, at))
                .ToSeq();
    }

    private static Part Watch(Sight sight) =>
        Idleness
            .Watch(sight)
            .Match(
                watch => Watch(sight, watch),
                () =>
                    Record(
                        new ActivityWatch(sight.Now, sight.Now),
                        sight.Desired.Watch.IsSome
                            ? "Kennel was off, or the clock jumped: what was not observed does not count"
                            : "requests are observed from now on"
                    )
            );

    private static Part Watch(Sight sight, ActivityWatch watch)
    {
        var next = watch.Until + (Idleness.Gap(sight.Desired) / StepsPerGap);
        return next <= sight.Now
            ? Record(watch with { Until = sight.Now }, "requests are still observed")
            : Part.Nothing with
            {
                LookAt = next,
            };
    }

    private static Part Record(ActivityWatch watch, string reason) =>
        Part.Step(Host, new Action.RecordWatch(watch), reason);

    private static Part Blind(Sight sight, string reason) =>
        Part.Wait(Host, new WaitingOn.Sight("requests", reason))
        + (
            sight.Desired.Watch.IsSome
                ? Part.Step(Host, new Action.RecordWatch(None), "nothing expires while requests cannot be observed")
                : Part.Nothing
        );
}
