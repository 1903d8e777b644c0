using System.Diagnostics;
using Kennel.Core.Domain;
using Kennel.Core.Lifecycle;
using Kennel.Core.Planning;

namespace Kennel.Core.Views;

/// <summary>How a deployment stands, told from what is intended and what was seen.</summary>
public enum DeploymentState
{
    /// <summary>The newest release serves.</summary>
    Live,

    /// <summary>An older release serves while the newest is on trial.</summary>
    Updating,

    /// <summary>The old release of a stateful service was stopped, and the newest is on trial.</summary>
    Replacing,

    /// <summary>Nothing serves yet; the first release is on trial.</summary>
    Starting,

    /// <summary>The newest release was rejected; an older one serves on.</summary>
    Behind,

    /// <summary>The newest release was rejected and nothing serves.</summary>
    Failed,

    /// <summary>A release should serve and its unit does not run.</summary>
    Down,

    /// <summary>Nobody uses the branch, and its service does not run until somebody does.</summary>
    Hibernated,

    /// <summary>Its branch hibernated, and its service is being started again.</summary>
    Waking,

    /// <summary>A release runs and the web server does not lead to it.</summary>
    Unrouted,

    /// <summary>The newest build no longer has the component.</summary>
    Leaving,

    /// <summary>The branch is being removed.</summary>
    Removing,
}

/// <summary>How the state of a deployment is told.</summary>
public static class DeploymentStates
{
    /// <summary>The state, as it is shown and sent.</summary>
    public static string Word(this DeploymentState state) => state.ToString().ToLowerInvariant();

    /// <summary>The state of one deployment; what could not be seen counts as well.</summary>
    public static DeploymentState Of(Observed observed, DesiredBranch branch, DesiredDeployment deployment)
    {
        if (branch.Removed.IsSome)
        {
            return DeploymentState.Removing;
        }
        return deployment.ServingRelease.Match(
            serving =>
                IsService(serving) && branch.Life.Rest is Rest.Asleep ? DeploymentState.Hibernated
                : IsService(serving) && branch.Life.Rest is Rest.Waking ? DeploymentState.Waking
                : IsDown(observed, deployment, serving) && IsReplacing(branch, deployment) ? DeploymentState.Replacing
                : IsDown(observed, deployment, serving) ? DeploymentState.Down
                : IsUnrouted(observed, serving) ? DeploymentState.Unrouted
                : OfTarget(deployment, DeploymentState.Updating, DeploymentState.Behind),
            () => OfTarget(deployment, DeploymentState.Starting, DeploymentState.Failed)
        );
    }

    private static DeploymentState OfTarget(
        DesiredDeployment deployment,
        DeploymentState onTrial,
        DeploymentState rejected
    ) =>
        deployment.TargetRelease.Match(
            target =>
                deployment.Serving == Some(target.Id)
                    ? DeploymentState.Live
                    : target.Outcome switch
                    {
                        Outcome.Untried or Outcome.Accepted => onTrial,
                        Outcome.Rejected => rejected,
                        _ => throw new UnreachableException(),
                    },
            () => DeploymentState.Leaving
        );

    private static bool IsDown(Observed observed, DesiredDeployment deployment, Release serving) =>
        IsService(serving)
        && observed
            .Units.ToOption()
            .Exists(units =>
                !units
                    .Find(deployment.Unit(serving))
                    .Exists(unit => unit.State is UnitState.Running or UnitState.Starting)
            );

    private static bool IsReplacing(DesiredBranch branch, DesiredDeployment deployment) =>
        Succession.IsExclusive(deployment)
        && deployment.Target != deployment.Serving
        && Wanted.Rejection(branch).IsNone;

    private static bool IsService(Release release) => release.Specification is Specification.Service;

    private static bool IsUnrouted(Observed observed, Release serving) =>
        observed
            .Routing.ToOption()
            .Exists(routing => serving.Hosts.Exists(host => !routing.Table.Entries.ContainsKey(host)));
}
