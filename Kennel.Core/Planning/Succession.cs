using Kennel.Core.Domain;
using Kennel.Core.Lifecycle;

namespace Kennel.Core.Planning;

/// <summary>
/// How one generation follows another. Two stand side by side until the new one has proved good, except where a
/// service is stateful: there the old one goes first, and comes back if the new one proves bad.
/// </summary>
public static class Succession
{
    /// <summary>The releases of a deployment that should run.</summary>
    /// <param name="branch">Its branch.</param>
    /// <param name="deployment">The deployment.</param>
    /// <param name="isOnTrial">Whether the targets of the branch may be tried.</param>
    public static Seq<Release> Running(DesiredBranch branch, DesiredDeployment deployment, bool isOnTrial)
    {
        var serving = deployment.ServingRelease.ToSeq();
        var target = isOnTrial ? deployment.TargetRelease.ToSeq() : Seq<Release>();
        var others = target.Filter(release => !serving.Exists(other => other.Digest == release.Digest)).Strict();
        if (serving.IsEmpty || others.IsEmpty || !IsExclusive(deployment))
            return Joined(serving, others);
        return others[0].Outcome is Outcome.Accepted || IsItsTurn(branch) ? others : serving;
    }

    /// <summary>Whether target and serving release of a deployment must not run at once.</summary>
    public static bool IsExclusive(DesiredDeployment deployment) =>
        deployment.TargetRelease.Exists(IsService)
        && deployment.ServingRelease.Exists(IsService)
        && (deployment.TargetRelease.Exists(IsStateful) || deployment.ServingRelease.Exists(IsStateful));

    /// <summary>The generation that must be gone before this one, or its step, may begin.</summary>
    public static Option<ObservedUnit> Predecessor(Sight sight, WantedUnit wanted) =>
        sight
            .Generations(wanted.Deployment.Stem)
            .Find(unit =>
                unit.Name != wanted.Unit
                && unit.State != UnitState.Failed
                && (IsStateful(wanted.Release) || IsStateful(wanted.Deployment, unit.Name))
            );

    /// <summary>What is said while a predecessor is there; one that is not ours stays.</summary>
    public static Part WaitFor(Sight sight, WantedUnit wanted, ObservedUnit predecessor) =>
        predecessor.Mark == Some(sight.Settings.Instance)
            ? Part.Wait(wanted.Branch.Subject, new WaitingOn.Predecessor(predecessor.Name))
            : Part.Block(wanted.Branch.Subject, new BlockedBy.ForeignUnit(predecessor.Name));

    /// <summary>Whether a unit that is not wanted has to go at once, for another of its deployment waits for that.</summary>
    public static bool MustYield(DesiredBranch branch, UnitName unit) =>
        Wanted
            .Units(branch)
            .Exists(wanted =>
                Sight.IsGeneration(unit, wanted.Deployment.Stem)
                && (IsStateful(wanted.Release) || IsStateful(wanted.Deployment, unit))
            );

    /// <summary>Serving units that do not run while their successor is on trial: their ports stay theirs.</summary>
    public static Seq<UnitName> Resting(DesiredBranch branch) =>
        branch.IsLeaving || branch.Life.Rest is Rest.Asleep
            ? Seq<UnitName>()
            : branch
                .Deployments.Filter(IsExclusive)
                .Bind(deployment => deployment.ServingRelease.ToSeq().Map(deployment.Unit));

    // The old generation serves until nothing but itself is in the way of the new one.
    private static bool IsItsTurn(DesiredBranch branch) =>
        branch.Deployments.ForAll(deployment =>
            IsExclusive(deployment)
            || !deployment.TargetRelease.Exists(release => StepPlanner.HasStepToDo(branch, deployment, release))
        );

    private static bool IsService(Release release) => release.Specification is Specification.Service;

    private static bool IsStateful(Release release) =>
        release.Specification is Specification.Service { IsStateful: true };

    private static bool IsStateful(DesiredDeployment deployment, UnitName unit) =>
        deployment.Releases.Exists(release => IsStateful(release) && deployment.Unit(release) == unit);
}
