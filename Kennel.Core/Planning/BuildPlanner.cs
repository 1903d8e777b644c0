using Kennel.Core.Domain;
using Kennel.Core.Units;

namespace Kennel.Core.Planning;

/// <summary>Builds, one at a time: fetch, run in a unit of its own, read the result, protect it, record it.</summary>
public static class BuildPlanner
{
    private const int StartsMax = 2;

    /// <summary>The steps of one build that is not at its end.</summary>
    public static Part Plan(Sight sight, DesiredBuild build) =>
        build.State switch
        {
            BuildState.Queued => PlanQueued(sight, build),
            BuildState.Building => PlanBuilding(sight, build),
            BuildState.Built => PlanBuilt(sight, build),
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

    private static Part PlanQueued(Sight sight, DesiredBuild build)
    {
        if (build.BranchRemoved)
            return End(sight, build, BuildState.Cancelled, new Cause.BranchRemoved());
        return sight
            .Desired.Builds.Find(other => IsAhead(other, build))
            .Match(
                other => Part.Wait(SubjectOf(build), new WaitingOn.Turn(sight.Settings.Queue.BuildsMax)),
                () => Fetch(sight, build)
            );
    }

    private static bool IsAhead(DesiredBuild other, DesiredBuild build) =>
        other.State == BuildState.Building || (other.State == BuildState.Queued && other.Id.Value < build.Id.Value);

    private static Part Fetch(Sight sight, DesiredBuild build) =>
        sight
            .Observed.Fetches.Find(build.Id)
            .Match(
                state =>
                    state switch
                    {
                        FetchState.Running => Part.Wait(SubjectOf(build), new WaitingOn.Fetch()),
                        FetchState.Failed failed => End(sight, build, BuildState.Failed, failed.Cause),
                        FetchState.Fetched fetched => Start(sight, build, fetched.Commit),
                        _ => throw new System.Diagnostics.UnreachableException(),
                    },
                () =>
                    Part.Step(
                        SubjectOf(build),
                        new Action.StartFetch(build.Id, build.Project, build.Reference, build.RequestedCommit),
                        "its commit is needed"
                    )
            );

    private static Part Start(Sight sight, DesiredBuild build, CommitId commit) =>
        sight.Observed.Units.Match(
            known: units =>
                units
                    .Find(UnitName.OfBuild(build.Id))
                    .Match(
                        unit =>
                            unit.Mark == Some(sight.Settings.Instance)
                                ? Retirement.Of(SubjectOf(build), unit, () => None, sight.Now)
                                : Part.Block(SubjectOf(build), new BlockedBy.ForeignUnit(unit.Name)),
                        () => StartNow(sight, build, commit)
                    ),
            unknown: reason => Part.Wait(SubjectOf(build), new WaitingOn.Sight("systemd", reason))
        );

    private static Part StartNow(Sight sight, DesiredBuild build, CommitId commit)
    {
        var subject = SubjectOf(build);
        return Part.Step(subject, new Action.MakeBuildDirectory(build.Id), "its unit writes there")
            + Part.Step(
                subject,
                new Action.RecordBuilding(build.Id, commit, sight.Now),
                $"commit {commit.Short} is here"
            )
            + StartUnit(sight, build, commit, "it is its turn");
    }

    private static Part StartUnit(Sight sight, DesiredBuild build, CommitId commit, string reason) =>
        Part.Step(
            SubjectOf(build),
            new Action.StartUnit(
                UnitName.OfBuild(build.Id),
                BuildUnit.Properties(UnitInput(sight.Settings, build, commit))
            ),
            reason
        );

    private static BuildUnitInput UnitInput(Settings settings, DesiredBuild build, CommitId commit) =>
        new(
            build.Id,
            build.Project.Id,
            commit,
            Title(build),
            settings.Instance,
            settings.BuildLimits,
            settings.BuildHost
        );

    private static Part PlanBuilding(Sight sight, DesiredBuild build) =>
        sight.Observed.Units.Match(
            known: units =>
                units
                    .Find(UnitName.OfBuild(build.Id))
                    .Match(unit => Watch(sight, build, unit), () => Ended(sight, build, None)),
            unknown: reason => Part.Wait(SubjectOf(build), new WaitingOn.Sight("systemd", reason))
        );

    private static Part Watch(Sight sight, DesiredBuild build, ObservedUnit unit) =>
        unit.State switch
        {
            UnitState.Failed => unit.Detail.Match(
                detail => Ended(sight, build, detail),
                () => Part.Wait(SubjectOf(build), new WaitingOn.UnitChange(unit.Name, unit.State))
            ),
            UnitState.Running or UnitState.Starting when build.BranchRemoved => Part.Step(
                SubjectOf(build),
                new Action.StopUnit(unit.Name),
                "its branch was removed"
            ),
            UnitState.Running or UnitState.Starting => Part.Wait(SubjectOf(build), new WaitingOn.Build(build.Id)),
            UnitState.Stopping or UnitState.Restarting or UnitState.Inactive => Part.WaitUntil(
                SubjectOf(build),
                new WaitingOn.UnitChange(unit.Name, unit.State),
                sight.Now + sight.Settings.Periods.ProbeInterval
            ),
            _ => throw new System.Diagnostics.UnreachableException(),
        };

    private static Part Ended(Sight sight, DesiredBuild build, Option<UnitDetail> detail) =>
        build.BranchRemoved
            ? End(sight, build, BuildState.Cancelled, new Cause.BranchRemoved())
            : sight.Observed.BuildDirectories.Match(
                known: directories =>
                    directories
                        .Find(build.Id)
                        .Bind(result => result)
                        .Match(result => Take(sight, build, result), () => Vanished(sight, build, detail)),
                unknown: reason => Part.Wait(SubjectOf(build), new WaitingOn.Sight("build directories", reason))
            );

    private static Part Take(Sight sight, DesiredBuild build, BuildResult result) =>
        result switch
        {
            BuildResult.Failed failed => End(sight, build, BuildState.Failed, failed.Cause),
            BuildResult.Built built => EarlierIncarnation(sight, build)
                .Match(
                    earlier => Part.Wait(SubjectOf(build), new WaitingOn.EarlierRemoval(earlier.Title)),
                    () => Record(sight, build, built)
                ),
            _ => throw new System.Diagnostics.UnreachableException(),
        };

    private static Option<DesiredBranch> EarlierIncarnation(Sight sight, DesiredBuild build) =>
        sight.Desired.Branches.Find(branch =>
            branch.Id != build.Branch
            && branch.Project.Id == build.Project.Id
            && branch.Branch == build.Reference
            && branch.Removed.IsSome
        );

    private static Part Record(Sight sight, DesiredBuild build, BuildResult.Built built)
    {
        var roots = built
            .Outputs.AsEnumerable()
            .Select(output => new Action.AddRoot(
                RootName.Of(sight.Settings.Instance, build.Id, output.Key),
                output.Value
            ))
            .ToSeq()
            .Strict();
        var given = roots.Map(root => BackOff.GaveUp(sight.Desired, ActionKeys.Of(root))).Somes().HeadOrNone();
        return given.Match(
            error => End(sight, build, BuildState.Failed, new Cause.Refused("Nix", error)),
            () =>
                Part.Concat(
                    roots.Map(root => Part.Step(SubjectOf(build), root, "it was built and must not be collected"))
                )
                + Part.Step(
                    SubjectOf(build),
                    new Action.RecordBuilt(build.Id, built, sight.Now),
                    "every component was built"
                )
        );
    }

    private static Part Vanished(Sight sight, DesiredBuild build, Option<UnitDetail> detail)
    {
        if (detail.Map(BuildCauses.Of(sight.Settings.BuildLimits)) is { IsSome: true } cause)
            return End(sight, build, BuildState.Failed, cause);
        var unit = UnitName.OfBuild(build.Id);
        if (BackOff.GaveUp(sight.Desired, unit) is { IsSome: true } error)
            return End(sight, build, BuildState.Failed, new Cause.StartFailed(error.IfNone("")));
        if (sight.Desired.Attempts.ContainsKey(ActionKeys.OfStart(unit)) && build.Commit is { IsSome: true } commit)
            return commit.Match(known => StartUnit(sight, build, known, "it could not be started"), () => Part.Nothing);
        return build.Starts < StartsMax
            ? Part.Step(SubjectOf(build), new Action.RequeueBuild(build.Id), "its unit is gone and left no result")
            : End(sight, build, BuildState.Failed, new Cause.BuildLost());
    }

    private static Part PlanBuilt(Sight sight, DesiredBuild build) =>
        sight
            .Desired.Branches.Find(branch => branch.Id == build.Branch)
            .Match(
                branch =>
                    branch.Removed.IsSome
                        ? End(sight, build, BuildState.Cancelled, new Cause.BranchRemoved())
                        : Finish(sight, build, branch),
                () => Part.Nothing
            );

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
                        ? End(sight, build, BuildState.Done, None)
                        : Part.Wait(SubjectOf(build), new WaitingOn.RouteChange())
            );
    }

    private static Part EndRecorded(Sight sight, DesiredBuild build, CauseRecord cause) =>
        End(sight, build, BuildState.Failed, new Cause.Rejected(cause));

    private static Part End(Sight sight, DesiredBuild build, BuildState state, Option<Cause> cause) =>
        Part.Step(
            SubjectOf(build),
            new Action.RecordBuildEnd(build.Id, state, cause, sight.Now),
            cause.Match(it => it.Describe().Sentence, () => "all its components are live")
        );

    private static Subject SubjectOf(DesiredBuild build) => new Subject.OfBuild(build.Id, build.Branch, Title(build));

    private static string Title(DesiredBuild build) => $"{build.Project.Name}/{build.Reference}";
}
