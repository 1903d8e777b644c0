using Kennel.Core.Domain;
using Kennel.Core.Lifecycle;
using Kennel.Core.Units;

namespace Kennel.Core.Planning;

/// <summary>A branch that is to live: its wanted generations run, good targets begin to serve, old ones drain.</summary>
public static class BranchPlanner
{
    private static readonly TimeSpan DrainShortest = TimeSpan.FromSeconds(1);

    /// <summary>The strands of one branch that is not being removed: what one unit waits for holds up no other.</summary>
    /// <param name="sight">Desired and observed.</param>
    /// <param name="branch">The branch.</param>
    /// <param name="ports">Ports for the units that have none yet.</param>
    public static Seq<Part> Plan(Sight sight, DesiredBranch branch, Map<UnitName, Port> ports) =>
        sight.Observed.Units.Match(
            known: units =>
            {
                var wanted = Wanted.Units(branch).Filter(unit => !IsEnded(sight, unit)).Strict();
                if (branch.Project.Lock.IsSome)
                {
                    var served = CacheInstancePlanner.Serve(sight, branch, wanted, units);
                    return LockPlanner.Branch(
                        branch,
                        Joined(
                            served.Parts,
                            Seq1(CachePlanner.Restore(sight, branch)),
                            served.Able.Map(unit => Keep(sight, unit, units, ports)),
                            Secrets(sight, wanted, units)
                        )
                    );
                }
                var resources = ResourcePlanner.Plan(sight, branch, wanted, units);
                var able = wanted.Filter(unit => IsBegun(sight, unit, units) || resources.Allows(unit)).Strict();
                var steps = StepPlanner.Plan(sight, branch, able, units);
                return Joined(
                    resources.Parts,
                    steps.Parts,
                    able.Filter(unit => MayBe(unit, units, steps)).Map(unit => Keep(sight, unit, units, ports)),
                    Secrets(sight, wanted, units),
                    Surplus(sight, branch, wanted).Map(unit => Retire(sight, branch, unit)),
                    Seq1(CacheInstancePlanner.Rest(sight, branch, wanted, units)),
                    Sites(sight, branch),
                    ReturnPlanner.Same(sight, branch),
                    Seq1(Switch(sight, branch)),
                    Seq1(WakePlanner.Plan(sight, branch, units)),
                    branch.Deployments.Map(deployment => Forget(sight, branch, deployment))
                );
            },
            unknown: reason => Seq1(Part.Wait(branch.Subject, new WaitingOn.Sight("systemd", reason)))
        );

    // A lock that comes in the middle of a removal brings nothing back: its data may be gone already.
    private static bool IsEnded(Sight sight, WantedUnit wanted) =>
        wanted.Branch.Removed.IsSome && !sight.LeaseOf(wanted.Unit).Exists(lease => lease.ReleasedAt.IsNone);

    // systemd reads them again whenever it restarts a unit.
    private static Seq<Part> Secrets(Sight sight, Seq<WantedUnit> wanted, Map<UnitName, ObservedUnit> units) =>
        wanted.Filter(unit => units.ContainsKey(unit.Unit)).Map(unit => SecretPlanner.Write(sight, unit));

    // What was begun is judged to its end, whatever can be seen of its data services.
    private static bool IsBegun(Sight sight, WantedUnit wanted, Map<UnitName, ObservedUnit> units) =>
        units.ContainsKey(wanted.Unit) || units.ContainsKey(StepPlanner.StepOf(sight, wanted));

    private static bool MayBe(WantedUnit wanted, Map<UnitName, ObservedUnit> units, StepTurn steps) =>
        steps.AreDone || wanted.Release.Outcome is not Outcome.Untried || units.ContainsKey(wanted.Unit);

    private static Part Keep(
        Sight sight,
        WantedUnit wanted,
        Map<UnitName, ObservedUnit> units,
        Map<UnitName, Port> ports
    ) =>
        units
            .Find(wanted.Unit)
            .Match(
                unit =>
                    unit.Mark == Some(sight.Settings.Instance)
                        ? KeepLoaded(sight, wanted, unit)
                        : Part.Block(wanted.Branch.Subject, new BlockedBy.ForeignUnit(unit.Name)),
                () =>
                    Succession
                        .Predecessor(sight, wanted)
                        .Match(other => Succession.WaitFor(sight, wanted, other), () => Start(sight, wanted, ports))
            );

    private static Part KeepLoaded(Sight sight, WantedUnit wanted, ObservedUnit unit)
    {
        if (wanted.Release.Outcome is Outcome.Untried)
            return TrialPlanner.Judge(sight, wanted, unit);
        return unit.State switch
        {
            UnitState.Running => ReturnPlanner.Await(sight, wanted, unit),
            UnitState.Failed => CrashPlanner.Record(sight, wanted.Branch, unit),
            UnitState.Starting or UnitState.Restarting or UnitState.Stopping or UnitState.Inactive => Part.WaitUntil(
                wanted.Branch.Subject,
                new WaitingOn.UnitChange(unit.Name, unit.State),
                sight.Now + sight.Settings.Periods.ProbeInterval
            ),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    private static Part Start(Sight sight, WantedUnit wanted, Map<UnitName, Port> ports) =>
        CrashPlanner
            .Rest(sight, wanted.Unit)
            .Match(
                rest => CrashPlanner.Wait(wanted.Branch, wanted.Unit, rest) + ReturnPlanner.Failed(wanted, rest.Error),
                () => StartNow(sight, wanted, ports)
            );

    private static Part StartNow(Sight sight, WantedUnit wanted, Map<UnitName, Port> ports)
    {
        if (
            wanted.Release.Outcome is Outcome.Untried
            && BackOff.GaveUp(sight.Desired, wanted.Unit) is { IsSome: true } error
        )
            return TrialPlanner.Reject(sight, wanted, new Cause.StartFailed(error.IfNone("")));
        var reason =
            wanted.Release.Outcome is Outcome.Untried ? "a new release to try"
            : wanted.IsReturning ? "an earlier release comes back"
            : "it should run and does not";
        return sight
            .LeaseOf(wanted.Unit)
            .Match(
                lease => StartAt(sight, wanted, lease.Port, reason),
                () =>
                    ports
                        .Find(wanted.Unit)
                        .Match(
                            port =>
                                Part.Step(
                                    wanted.Branch.Subject,
                                    new Action.LeasePort(port, wanted.Unit, wanted.Branch.Id),
                                    "its unit needs a port"
                                ) + StartAt(sight, wanted, port, reason),
                            () => NoPort(sight, wanted)
                        )
            );
    }

    private static Part StartAt(Sight sight, WantedUnit wanted, Port port, string reason) =>
        SecretPlanner.MayStart(sight, wanted)
            ? SecretPlanner.Write(sight, wanted)
                + Part.Step(
                    wanted.Branch.Subject,
                    new Action.StartUnit(
                        wanted.Unit,
                        Joined(
                            ServiceUnit.AtStart(
                                wanted.Specification,
                                wanted.Release.Commit,
                                port,
                                TrialPeriods.Of(sight.Settings, wanted.Specification).Deadline
                            ),
                            ResourceEnvironment.AtStart(wanted.Specification, wanted.Branch.Resources),
                            SecretProperties.Of(wanted.Unit, wanted.Unit, SecretPlanner.Of(sight, wanted))
                        )
                    ),
                    reason
                )
            : SecretPlanner.Write(sight, wanted);

    private static Part NoPort(Sight sight, WantedUnit wanted) =>
        sight.Observed.Listeners.Match(
            known: _ =>
                Part.Block(
                    wanted.Branch.Subject,
                    new BlockedBy.NoPort(sight.Settings.FirstPort, sight.Settings.LastPort)
                ),
            unknown: reason => Part.Wait(wanted.Branch.Subject, new WaitingOn.Sight("network", reason))
        );

    private static Seq<ObservedUnit> Surplus(Sight sight, DesiredBranch branch, Seq<WantedUnit> wanted)
    {
        var names = toSet(wanted.Map(one => one.Unit));
        return sight.UnitsOf(branch).Filter(unit => !names.Contains(unit.Name));
    }

    private static Part Retire(Sight sight, DesiredBranch branch, ObservedUnit unit) =>
        sight.Observed.Routing.Match(
            known: routing =>
                Succession.MustYield(branch, unit.Name) ? Retirement.Of(branch.Subject, unit, () => None, sight.Now)
                : sight.LeaseOf(unit.Name).Exists(lease => Sight.IsRouted(routing.Table, lease.Port))
                    ? Part.Wait(branch.Subject, new WaitingOn.RouteChange())
                : Retirement.Of(branch.Subject, unit, () => DrainUntil(sight, branch, unit), sight.Now),
            unknown: reason => Part.Wait(branch.Subject, new WaitingOn.Sight("Caddy", reason))
        );

    private static Option<DateTimeOffset> DrainUntil(Sight sight, DesiredBranch branch, ObservedUnit unit)
    {
        var servingSince =
            from deployment in branch.Deployments.Find(one => Sight.IsGeneration(unit.Name, one.Stem))
            where !WasNeverGood(deployment, unit.Name)
            from at in deployment.ServingSince
            select at;
        var since = branch.Life.Rest is Rest.Asleep asleep ? Some(asleep.Since) : servingSince;
        var isIdle =
            from lease in sight.LeaseOf(unit.Name)
            from connections in sight.Observed.Connections.ToOption()
            select connections.Find(lease.Port).IfNone(0) == 0;
        return since.Map(at => at + (isIdle.IfNone(false) ? DrainShortest : sight.Settings.Periods.Drain));
    }

    private static bool WasNeverGood(DesiredDeployment deployment, UnitName unit) =>
        deployment.Releases.Exists(release => deployment.Unit(release) == unit)
        && !deployment.Releases.Exists(release =>
            deployment.Unit(release) == unit && release.Outcome is Outcome.Accepted
        );

    private static Seq<Part> Sites(Sight sight, DesiredBranch branch) =>
        branch.Deployments.Bind(deployment =>
            deployment
                .TargetRelease.ToSeq()
                .Filter(release => release is { Specification: Specification.Site, Outcome: Outcome.Untried })
                .Map(release =>
                    Part.Step(
                        branch.Subject,
                        new Action.RecordAccepted(release.Id, sight.Now),
                        "its files are in the store"
                    )
                )
        );

    private static Part Switch(Sight sight, DesiredBranch branch)
    {
        var rejection = Wanted.Rejection(branch);
        var areGood = branch.Deployments.ForAll(deployment =>
            deployment.TargetRelease.ForAll(release => release.Outcome is Outcome.Accepted)
            && ReturnPlanner.IsThere(sight, branch, deployment)
        );
        var changes = branch
            .Deployments.Filter(deployment => deployment.Target != deployment.Serving)
            .Map(deployment => new ServingChange(deployment.Id, deployment.Target));
        return rejection.Match(
            found => Part.Block(branch.Subject, new BlockedBy.Rejection(found.Deployment.Component, found.Cause)),
            () =>
                areGood && !changes.IsEmpty
                    ? Part.Step(
                        branch.Subject,
                        new Action.RecordServing(branch.Id, changes, sight.Now),
                        "every component of the build proved good"
                    )
                    : Part.Nothing
        );
    }

    private static Part Forget(Sight sight, DesiredBranch branch, DesiredDeployment deployment)
    {
        // Asked first, because it is rare and what else is asked goes through all leases.
        // What a pinned branch returns to may have the component.
        var isUnused = deployment.Target.IsNone && deployment.Serving.IsNone && branch.Life.Pin.IsNone;
        return isUnused && !IsLeftOver(sight, deployment) && !IsBeingBuilt(sight, branch)
            ? Part.Step(
                branch.Subject,
                new Action.ForgetDeployment(deployment.Id),
                $"{deployment.Component} is no longer declared and nothing of it runs"
            )
            : Part.Nothing;
    }

    private static bool IsLeftOver(Sight sight, DesiredDeployment deployment) =>
        !sight.Generations(deployment.Stem).IsEmpty
        || sight.Desired.Leases.Values.Any(lease =>
            lease.ReleasedAt.IsNone && Sight.IsGeneration(lease.Unit, deployment.Stem)
        );

    private static bool IsBeingBuilt(Sight sight, DesiredBranch branch) =>
        sight.Desired.Builds.Exists(build => build.Branch == branch.Id);
}
