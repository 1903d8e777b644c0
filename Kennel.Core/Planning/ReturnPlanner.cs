using Kennel.Core.Domain;

namespace Kennel.Core.Planning;

/// <summary>
/// A release that proved good earlier and is to serve again. It is not judged anew; but its unit was stopped meanwhile,
/// so that traffic goes to it only once it runs and is ready.
/// </summary>
public static class ReturnPlanner
{
    /// <summary>Whether a release is aimed at and another unit serves.</summary>
    public static bool IsReturning(DesiredDeployment deployment, Release release) =>
        deployment.Target == Some(release.Id)
        && !deployment.ServingRelease.Exists(serving => serving.Digest == release.Digest);

    /// <summary>Whether a good target may serve now, as far as its unit is concerned.</summary>
    public static bool IsThere(Sight sight, DesiredBranch branch, DesiredDeployment deployment) =>
        Wanted
            .Units(branch)
            .Find(wanted => wanted.Deployment.Id == deployment.Id && wanted.IsReturning)
            .ForAll(wanted => IsReady(sight, wanted));

    /// <summary>What there is to say of a unit that proved good and runs: nothing, unless it is to serve again.</summary>
    public static Part Await(Sight sight, WantedUnit wanted, ObservedUnit unit)
    {
        if (!wanted.IsReturning || IsReady(sight, wanted))
            return Part.Nothing;
        var answer = unit
            .Detail.Map(detail => TrialPlanner.Answer(sight, wanted, detail).Describe())
            .IfNone("it was not asked yet");
        var deadline =
            unit.Detail.Bind(detail => detail.ActiveSince).IfNone(sight.Now) + sight.Settings.Periods.ReadyDeadline;
        return deadline <= sight.Now
            ? Failed(wanted, answer)
            : Part.WaitUntil(
                wanted.Branch.Subject,
                new WaitingOn.Ready(wanted.Unit, answer, deadline),
                sight.Now + sight.Settings.Periods.ProbeInterval
            );
    }

    /// <summary>Somebody must look at a release that is to serve again and cannot; nothing for other units.</summary>
    public static Part Failed(WantedUnit wanted, string error) =>
        wanted.IsReturning
            ? Part.Block(
                wanted.Branch.Subject,
                new BlockedBy.NotReadyAgain(wanted.Deployment.Component, wanted.Release.Build, error)
            )
            : Part.Nothing;

    /// <summary>A target that runs in the very unit that serves is as good as that.</summary>
    public static Seq<Part> Same(Sight sight, DesiredBranch branch) =>
        branch.Deployments.Bind(deployment =>
            deployment
                .TargetRelease.Filter(target =>
                    target.Outcome is Outcome.Untried
                    && deployment.ServingRelease.Exists(serving =>
                        serving.Digest == target.Digest && serving.Outcome is Outcome.Accepted
                    )
                )
                .Filter(target => target.Specification is Specification.Service)
                .ToSeq()
                .Map(target =>
                    Part.Step(branch.Subject, new Action.RecordAccepted(target.Id, sight.Now), "it is what serves")
                )
        );

    private static bool IsReady(Sight sight, WantedUnit wanted) =>
        (
            from units in sight.Observed.Units.ToOption()
            from unit in units.Find(wanted.Unit)
            where unit.State == UnitState.Running && unit.Mark == Some(sight.Settings.Instance)
            from detail in unit.Detail
            select TrialPlanner.Answer(sight, wanted, detail).IsOfReady(wanted.Specification.Ready)
        ).IfNone(false);
}
