using Kennel.Core.Domain;
using Kennel.Core.Lifecycle;

namespace Kennel.Core.Planning;

/// <summary>A generation that should run.</summary>
/// <param name="Branch">Its branch.</param>
/// <param name="Deployment">Its deployment.</param>
/// <param name="Release">What it runs.</param>
/// <param name="Specification">How it runs.</param>
public sealed record WantedUnit(
    DesiredBranch Branch,
    DesiredDeployment Deployment,
    Release Release,
    Specification.Service Specification
)
{
    /// <summary>The unit's name.</summary>
    public UnitName Unit => Deployment.Unit(Release);

    /// <summary>Whether it proved good once and is to serve again: it is not judged anew, and must be ready first.</summary>
    public bool IsReturning => Release.Outcome is Outcome.Accepted && ReturnPlanner.IsReturning(Deployment, Release);

    /// <summary>Whether its readiness is asked.</summary>
    public bool IsAwaited => Release.Outcome is Outcome.Untried || IsReturning || WakePlanner.IsWaking(Branch);
}

/// <summary>
/// Which generations should run: the serving ones, and the targets as long as none of them was rejected and the project
/// is not locked; of a stateful service only one of the two.
/// </summary>
public static class Wanted
{
    /// <summary>All units a branch should have, each once.</summary>
    public static Seq<WantedUnit> Units(DesiredBranch branch)
    {
        if (branch.IsLeaving || branch.Life.Rest is Rest.Asleep)
            return Seq<WantedUnit>();
        var isOnTrial = Rejection(branch).IsNone && branch.Project.Lock.IsNone;
        return branch.Deployments.Bind(deployment =>
            Succession.Running(branch, deployment, isOnTrial).Bind(release => Unit(branch, deployment, release))
        );
    }

    /// <summary>The first target of a branch that was rejected.</summary>
    public static Option<(DesiredDeployment Deployment, CauseRecord Cause)> Rejection(DesiredBranch branch) =>
        branch
            .Deployments.Bind(deployment =>
                deployment
                    .TargetRelease.ToSeq()
                    .Bind(release => Cause(release).ToSeq())
                    .Map(cause => (deployment, cause))
            )
            .HeadOrNone();

    private static Option<CauseRecord> Cause(Release release) =>
        release.Outcome is Outcome.Rejected rejected ? Some(rejected.Cause) : None;

    private static Seq<WantedUnit> Unit(DesiredBranch branch, DesiredDeployment deployment, Release release) =>
        release.Specification is Specification.Service service
            ? Seq1(new WantedUnit(branch, deployment, release, service))
            : Seq<WantedUnit>();
}
