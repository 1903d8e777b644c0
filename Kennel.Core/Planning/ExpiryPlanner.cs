using Kennel.Core.Domain;
using Kennel.Core.Lifecycle;

namespace Kennel.Core.Planning;

/// <summary>
/// Branches that nobody uses hibernate, and later go with all they have. It is only concluded that nobody does, so that
/// it is slow: a mark first, a second look then, and removals one at a time.
/// </summary>
public static class ExpiryPlanner
{
    private const int PauseParts = 10;

    private static readonly TimeSpan RemovalPauseLongest = TimeSpan.FromMinutes(10);

    /// <summary>What expiry makes of each branch.</summary>
    public static Seq<Part> Plan(Sight sight)
    {
        if (
            sight.Observed.Requests is Observation<Map<HostName, DateTimeOffset>>.Unknown
            {
                Reason: Observation.NotAsked
            }
        )
            return Seq<Part>();
        var building = toSet(sight.Desired.Builds.Map(build => build.Branch));
        var living = sight.Desired.Branches.Filter(branch => branch.Removed.IsNone).Strict();
        var found = living.Map(branch => (Branch: branch, Dues: Dues(sight, branch, building))).Strict();
        var next = found
            .Filter(one =>
                Finding(sight, one.Branch, one.Dues) == Some(ExpiryKind.Remove) && IsSeenTwice(sight, one.Branch)
            )
            .OrderBy(one => one.Branch.Life.Expiring.Map(mark => mark.At).IfNone(sight.Now))
            .ThenBy(one => one.Branch.Id)
            .Select(one => one.Branch.Id)
            .ToSeq()
            .HeadOrNone();
        return found.Map(one => OfBranch(sight, one.Branch, one.Dues, next));
    }

    /// <summary>Whether a branch may expire at all: previews may, unless somebody keeps them or holds their project.</summary>
    public static bool MayExpire(DesiredBranch branch) =>
        !branch.Life.IsKept
        && branch.Project.Lock.IsNone
        && branch.Removed.IsNone
        && Previews.IsPreview(branch.Branch, branch.Environment);

    private static Seq<(ExpiryKind Kind, DateTimeOffset At)> Dues(
        Sight sight,
        DesiredBranch branch,
        Set<BranchId> building
    ) =>
        MayExpire(branch) && !building.Contains(branch.Id)
            ? Seq(ExpiryKind.Remove, ExpiryKind.Hibernate)
                .Filter(kind => kind == ExpiryKind.Remove || !Wanted.Units(branch).IsEmpty)
                .Bind(kind => Idleness.DueAt(sight, branch, kind).Map(at => (kind, at)).ToSeq())
                .Strict()
            : Seq<(ExpiryKind, DateTimeOffset)>();

    private static Option<ExpiryKind> Finding(
        Sight sight,
        DesiredBranch branch,
        Seq<(ExpiryKind Kind, DateTimeOffset At)> dues
    ) => dues.Find(due => due.At <= sight.Now).Map(due => due.Kind);

    private static Part OfBranch(
        Sight sight,
        DesiredBranch branch,
        Seq<(ExpiryKind Kind, DateTimeOffset At)> dues,
        Option<BranchId> nextToGo
    ) =>
        Finding(sight, branch, dues)
            .Match(
                kind => OfDue(sight, branch, kind, nextToGo),
                () =>
                    branch.Life.Expiring.Match(
                        _ => Part.Step(branch.Subject, new Action.ClearExpiring(branch.Id), "it is not due any more"),
                        () => Part.Nothing with { LookAt = dues.Map(due => due.At).Order().ToSeq().HeadOrNone() }
                    )
            );

    private static Part OfDue(Sight sight, DesiredBranch branch, ExpiryKind kind, Option<BranchId> nextToGo)
    {
        var isMarked = branch.Life.Expiring.Exists(mark => mark.Kind == kind && mark.At <= sight.Now);
        return isMarked
            ? branch.Life.Expiring.Match(mark => OfMark(sight, branch, mark, nextToGo), () => Part.Nothing)
            : Part.Step(
                branch.Subject,
                new Action.MarkExpiring(branch.Id, kind, sight.Now),
                Why(sight, branch, kind)
            ) with
            {
                LookAt = sight.Now + SecondLook(sight, branch, kind),
            };
    }

    private static Part OfMark(Sight sight, DesiredBranch branch, ExpiryMark mark, Option<BranchId> nextToGo)
    {
        var until = mark.At + SecondLook(sight, branch, mark.Kind);
        if (until > sight.Now)
            return Part.WaitUntil(branch.Subject, new WaitingOn.SecondLook(mark.Kind, until), until);
        return mark.Kind switch
        {
            ExpiryKind.Hibernate => Part.Step(
                branch.Subject,
                new Action.Hibernate(branch.Id, mark.At, sight.Now),
                Why(sight, branch, mark.Kind)
            ),
            ExpiryKind.Remove => Remove(sight, branch, mark, nextToGo == Some(branch.Id)),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    private static Part Remove(Sight sight, DesiredBranch branch, ExpiryMark mark, bool isNext)
    {
        var period = Idleness.Periods(sight.Settings, branch.Project).RemoveAfter / PauseParts;
        var pause = period < RemovalPauseLongest ? period : RemovalPauseLongest;
        var until = sight.Desired.Watch.Bind(watch => watch.RemovedAt).Map(at => at + pause).IfNone(sight.Now);
        return isNext && until <= sight.Now
            ? Part.Step(
                branch.Subject,
                new Action.ExpireBranch(branch.Id, mark.At, $"expired: {Why(sight, branch, mark.Kind)}", sight.Now),
                Why(sight, branch, mark.Kind)
            )
            : Part.Wait(branch.Subject, new WaitingOn.ExpiryTurn()) with
            {
                LookAt = until > sight.Now ? Some(until) : None,
            };
    }

    private static bool IsSeenTwice(Sight sight, DesiredBranch branch) =>
        branch.Life.Expiring.Exists(mark =>
            mark.Kind == ExpiryKind.Remove
            && mark.At <= sight.Now
            && mark.At + SecondLook(sight, branch, mark.Kind) <= sight.Now
        );

    private static TimeSpan SecondLook(Sight sight, DesiredBranch branch, ExpiryKind kind) =>
        Idleness.Periods(sight.Settings, branch.Project).SecondLook(kind);

    private static string Why(Sight sight, DesiredBranch branch, ExpiryKind kind) =>
        $"no activity for {DurationText.Of(Idleness.Periods(sight.Settings, branch.Project).Of(kind))}";
}
