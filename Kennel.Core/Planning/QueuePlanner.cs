using Kennel.Core.Domain;

namespace Kennel.Core.Planning;

/// <summary>
/// Builds that wait for their turn: fetch the commit, heed its author's wish not to be built, share what another branch
/// has built from it, or begin.
/// </summary>
public static class QueuePlanner
{
    private static readonly TimeSpan CollectionPause = TimeSpan.FromMinutes(10);

    /// <summary>The next step of one queued build.</summary>
    public static Part Plan(Sight sight, BuildQueue queue, DesiredBuild build) =>
        BuildEnding
            .Of(sight, build)
            .Match(
                cause => BuildOutcome.End(sight, build, BuildState.Cancelled, cause),
                () =>
                    build.Project.Lock.Match(
                        frozen => Part.Wait(build.Subject, LockPlanner.WaitingFor(build.Project, frozen)),
                        () => Turn(sight, queue, build)
                    )
            );

    private static Part Turn(Sight sight, BuildQueue queue, DesiredBuild build) =>
        sight
            .Observed.Fetches.Find(build.Id)
            .Match(state => Fetched(sight, queue, build, state), () => Fetch(queue, build));

    private static Part Fetch(BuildQueue queue, DesiredBuild build) =>
        queue.MayFetch(build)
            ? StartFetch(build, "its commit is needed")
            : Part.Wait(build.Subject, new WaitingOn.Turn(queue.BuildsMax));

    private static Part StartFetch(DesiredBuild build, string reason) =>
        Part.Step(
            build.Subject,
            new Action.StartFetch(build.Id, build.Project, build.Reference, build.RequestedCommit),
            reason
        );

    private static Part Fetched(Sight sight, BuildQueue queue, DesiredBuild build, FetchState state) =>
        state switch
        {
            FetchState.Running => Part.Wait(build.Subject, new WaitingOn.Fetch()),
            FetchState.Failed failed => NotFetched(sight, build, failed),
            FetchState.Fetched fetched when build.AnnouncedCommit.Exists(head => head != fetched.Commit) => Follow(
                build,
                fetched.Commit
            ),
            FetchState.Fetched fetched => BuildEnding
                .SkipMark(build, fetched)
                .Match(
                    mark => BuildOutcome.End(sight, build, BuildState.Cancelled, new Cause.Skipped(mark)),
                    () => Next(sight, queue, build, fetched.Commit)
                ),
            _ => throw new System.Diagnostics.UnreachableException(),
        };

    // A push is not lost because its repository is down just then. Who asked by hand is there to ask again.
    private static Part NotFetched(Sight sight, DesiredBuild build, FetchState.Failed failed)
    {
        var cause = failed.Cause.Describe();
        if (build.AnnouncedCommit.IsNone || cause.Fault != Fault.Outside)
            return BuildOutcome.End(sight, build, BuildState.Failed, failed.Cause);
        var until = BackOff.Until(new Attempts(failed.Failures, failed.At, ""), sight.Settings.Periods);
        return until <= sight.Now
            ? StartFetch(build, "its commit is needed")
            : Part.WaitUntil(
                build.Subject,
                new WaitingOn.Retry($"fetching {build.Reference.Reference}", cause.Sentence, until),
                until
            );
    }

    // What a fetch finds and what deliveries led to must be one: else a reference that moved on and came back would be
    // taken for unchanged. It is fetched again first, so that whatever is recorded is seen by a later look only.
    private static Part Follow(DesiredBuild build, CommitId head) =>
        StartFetch(build, "its branch has moved")
        + Part.Step(build.Subject, new Action.RecordMoved(build.Id, head), "its branch has moved");

    private static Part Next(Sight sight, BuildQueue queue, DesiredBuild build, CommitId commit) =>
        queue
            .OlderBuild(build)
            .Match(
                older => Part.Wait(build.Subject, new WaitingOn.OlderBuild(older.Id)),
                () => Shared(sight, build, commit).IfNone(() => Begin(sight, queue, build, commit))
            );

    /// <summary>What the same commit was built to for another branch holds for this one, unless it is gone.</summary>
    private static Option<Part> Shared(Sight sight, DesiredBuild build, CommitId commit) =>
        build
            .Twin.Filter(_ => build.AnnouncedCommit == Some(commit))
            .Bind(twin =>
                twin.Result.Match(
                    Right: built =>
                        BuildOutcome
                            .Roots(sight, build, built)
                            .Exists(root => sight.Desired.Attempts.ContainsKey(ActionKeys.Of(root)))
                            ? None
                            : Some(BuildOutcome.Take(sight, build, commit, built)),
                    Left: cause =>
                        Some(BuildOutcome.End(sight, build, BuildState.Failed, new Cause.TwinFailed(twin.Build, cause)))
                )
            );

    private static Part Begin(Sight sight, BuildQueue queue, DesiredBuild build, CommitId commit)
    {
        var same = queue.SameCommit(build).Map<WaitingOn>(other => new WaitingOn.SameCommit(other.Id));
        var turn = queue.MayBegin(build.Id) ? None : Some<WaitingOn>(new WaitingOn.Turn(queue.BuildsMax));
        return (same || turn || NoRoom(sight)).Match(
            on => Part.Wait(build.Subject, on),
            () => BuildStart.Start(sight, build, commit)
        );
    }

    /// <summary>What a build that is to begin waits for while the disks are nearly full.</summary>
    internal static Option<WaitingOn> NoRoom(Sight sight) =>
        sight.Observed.FreeSpace.Match(
            known: disks =>
                disks
                    .Find(space => space.FreeBytes < sight.Settings.Queue.NeededBytes(space))
                    .Map<WaitingOn>(space => new WaitingOn.Room(
                        space,
                        sight.Settings.Queue.NeededBytes(space),
                        sight.Observed.Collection.Problem
                    )),
            unknown: reason => Some<WaitingOn>(new WaitingOn.Sight("free disk", reason))
        );

    /// <summary>Collects garbage while a build waits for room, unless that was tried lately.</summary>
    public static Part MakeRoom(Sight sight)
    {
        var collection = sight.Observed.Collection;
        var isDue = collection.EndedAt.ForAll(at => at + CollectionPause <= sight.Now) && !collection.IsRunning;
        var isWanted =
            sight.Observed.FreeSpace.ToOption().IsSome
            && NoRoom(sight).IsSome
            && sight.Desired.Builds.Exists(build =>
                build.Project.Lock.IsNone && (build.State == BuildState.Queued || BuildStart.IsTriedAgain(sight, build))
            );
        return isWanted && isDue
            ? Part.Step(new Subject.Host(), new Action.CollectGarbage(), "a build waits for room")
            : Part.Nothing;
    }
}
