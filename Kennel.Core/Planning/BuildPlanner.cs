using Kennel.Core.Domain;

namespace Kennel.Core.Planning;

/// <summary>Builds that were begun: watch the unit, read the result, protect it, record it, see it live.</summary>
public static class BuildPlanner
{
    private const int StartsMax = 2;

    /// <summary>The steps of one build that is not at its end.</summary>
    public static Part Plan(Sight sight, BuildQueue queue, DesiredBuild build) =>
        build.State switch
        {
            BuildState.Queued => QueuePlanner.Plan(sight, queue, build),
            BuildState.Building => Building(sight, build),
            BuildState.Built => Built(sight, build),
            BuildState.Done or BuildState.Failed or BuildState.Cancelled => Part.Nothing,
            _ => throw new System.Diagnostics.UnreachableException(),
        };

    /// <summary>Removes the directories of builds that are at their end and run no more.</summary>
    public static Seq<Part> CleanUp(Sight sight) =>
        (
            from units in sight.Observed.Units.ToOption()
            from directories in sight.Observed.BuildDirectories.ToOption()
            select directories
                .Keys.ToSeq()
                .Filter(id => !IsUnderWay(sight, id) && !units.ContainsKey(UnitName.OfBuild(id)))
        )
            .IfNone(Seq<BuildId>())
            .Map(id => Part.Step(new Subject.Host(), new Action.RemoveBuildDirectory(id), "its build has ended"));

    /// <summary>Stops or resets build units of ours whose build is at its end.</summary>
    public static Seq<Part> Leftovers(Sight sight) =>
        sight.Observed.Units.Match(
            known: units =>
                units
                    .Values.ToSeq()
                    .Filter(unit =>
                        unit.Mark == Some(sight.Settings.Instance)
                        && unit.Name.Build.Exists(id => !IsUnderWay(sight, id))
                    )
                    .Map(unit => Retirement.Of(new Subject.Host(), unit, () => None, sight.Now)),
            unknown: _ => Seq<Part>()
        );

    private static bool IsUnderWay(Sight sight, BuildId id) =>
        sight.Desired.Builds.Exists(build => build.Id == id && build.State is BuildState.Queued or BuildState.Building);

    private static Part Building(Sight sight, DesiredBuild build) =>
        sight.Observed.Units.Match(
            known: units =>
                units
                    .Find(UnitName.OfBuild(build.Id))
                    .Match(unit => Watch(sight, build, unit), () => Ended(sight, build, None)),
            unknown: reason => Part.Wait(build.Subject, new WaitingOn.Sight("systemd", reason))
        );

    private static Part Watch(Sight sight, DesiredBuild build, ObservedUnit unit) =>
        unit.State switch
        {
            UnitState.Failed => unit.Detail.Match(
                detail => Ended(sight, build, detail),
                () => Part.Wait(build.Subject, new WaitingOn.UnitChange(unit.Name, unit.State))
            ),
            UnitState.Running or UnitState.Starting => BuildEnding
                .Of(sight, build)
                .Match(
                    cause => Part.Step(build.Subject, new Action.StopUnit(unit.Name), cause.Describe().Sentence),
                    () => Part.Wait(build.Subject, new WaitingOn.Build(build.Id))
                ),
            UnitState.Stopping or UnitState.Restarting or UnitState.Inactive => Part.WaitUntil(
                build.Subject,
                new WaitingOn.UnitChange(unit.Name, unit.State),
                sight.Now + sight.Settings.Periods.ProbeInterval
            ),
            _ => throw new System.Diagnostics.UnreachableException(),
        };

    private static Part Ended(Sight sight, DesiredBuild build, Option<UnitDetail> detail) =>
        BuildEnding
            .Of(sight, build)
            .Match(
                cause => BuildOutcome.End(sight, build, BuildState.Cancelled, cause),
                () =>
                    sight.Observed.BuildDirectories.Match(
                        known: directories =>
                            directories
                                .Find(build.Id)
                                .Bind(result => result)
                                .Match(result => Take(sight, build, result), () => Vanished(sight, build, detail)),
                        unknown: reason => Part.Wait(build.Subject, new WaitingOn.Sight("build directories", reason))
                    )
            );

    private static Part Take(Sight sight, DesiredBuild build, BuildResult result) =>
        result switch
        {
            BuildResult.Failed failed => BuildOutcome.End(sight, build, BuildState.Failed, failed.Cause),
            BuildResult.Built built => build.Commit.Match(
                commit => BuildOutcome.Take(sight, build, commit, built),
                () => throw new System.Diagnostics.UnreachableException()
            ),
            _ => throw new System.Diagnostics.UnreachableException(),
        };

    private static Part Vanished(Sight sight, DesiredBuild build, Option<UnitDetail> detail)
    {
        if (detail.Map(BuildCauses.Of(sight.Settings.BuildLimits)) is { IsSome: true } cause)
            return BuildOutcome.End(sight, build, BuildState.Failed, cause);
        var unit = UnitName.OfBuild(build.Id);
        if (BackOff.GaveUp(sight.Desired, unit) is { IsSome: true } error)
            return BuildOutcome.End(sight, build, BuildState.Failed, new Cause.StartFailed(error.IfNone("")));
        if (sight.Desired.Attempts.ContainsKey(ActionKeys.OfStart(unit)) && build.Commit is { IsSome: true } commit)
            return QueuePlanner
                .NoRoom(sight)
                .Match(
                    room => Part.Wait(build.Subject, room),
                    () =>
                        commit.Match(
                            known => BuildStart.StartUnit(sight, build, known, "it could not be started"),
                            () => Part.Nothing
                        )
                );
        return build.Starts < StartsMax
            ? Part.Step(build.Subject, new Action.RequeueBuild(build.Id), "its unit is gone and left no result")
            : BuildOutcome.End(sight, build, BuildState.Failed, new Cause.BuildLost());
    }

    private static Part Built(Sight sight, DesiredBuild build) =>
        sight
            .Desired.Branches.Find(branch => branch.Id == build.Branch)
            .Match(
                branch =>
                    branch.IsLeaving
                        ? BuildOutcome.End(sight, build, BuildState.Cancelled, new Cause.BranchRemoved())
                        : Held(build, branch)
                            .Match(on => Part.Wait(build.Subject, on), () => Finish(sight, build, branch)),
                () => Part.Nothing
            );

    // What is built waits where it may not be deployed.
    private static Option<WaitingOn> Held(DesiredBuild build, DesiredBranch branch) =>
        branch.Project.Lock.Map(frozen => LockPlanner.WaitingFor(branch.Project, frozen))
        | branch
            .Life.Pin.Filter(pinned => pinned != build.Id)
            .Map<WaitingOn>(pinned => new WaitingOn.Pin(pinned, branch.Title));

    private static Part Finish(Sight sight, DesiredBuild build, DesiredBranch branch)
    {
        var isServing = branch.Deployments.ForAll(deployment => deployment.Target == deployment.Serving);
        var isRouted = sight.Observed.Routing.Match(
            routing => RoutePlanner.Table(sight, routing.Table) == routing.Table && routing.IsCurrent,
            _ => false
        );
        return Wanted
            .Rejection(branch)
            .Match(
                found => EndRecorded(sight, build, found.Cause),
                () =>
                    isServing && isRouted
                        ? BuildOutcome.End(sight, build, BuildState.Done, None)
                        : Part.Wait(build.Subject, new WaitingOn.RouteChange())
            );
    }

    private static Part EndRecorded(Sight sight, DesiredBuild build, CauseRecord cause) =>
        BuildOutcome.End(sight, build, BuildState.Failed, new Cause.Rejected(cause));
}
