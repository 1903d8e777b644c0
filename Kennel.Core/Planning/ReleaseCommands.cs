using Kennel.Core.Domain;

namespace Kennel.Core.Planning;

/// <summary>What runs before a release is started: its <c>preDeploy</c>, and with the first release what fills new data.</summary>
public static class ReleaseCommands
{
    /// <summary>The commands, in order.</summary>
    public static Seq<ReleaseStep> Of(
        DesiredBranch branch,
        DesiredDeployment deployment,
        Specification.Service service
    ) =>
        Joined(
            service.PreDeploy.ToSeq(),
            IsNew(branch, deployment, service) ? service.Seed.ToSeq() : Seq<ReleaseStep>()
        );

    /// <summary>How they are called together.</summary>
    public static string Title(WantedUnit wanted) =>
        (wanted.Specification.PreDeploy.IsSome, Of(wanted.Branch, wanted.Deployment, wanted.Specification).Count) switch
        {
            (true, 2) => "preDeploy and seed",
            (true, _) => "preDeploy",
            _ => "seed",
        };

    // Data that anything has served is nobody's to fill, and neither is a copy; what was filled once is not filled again.
    private static bool IsNew(DesiredBranch branch, DesiredDeployment deployment, Specification.Service service) =>
        !service.DatabaseStart.IsCopy
        && branch.Deployments.ForAll(one => one.Serving.IsNone)
        && !deployment.Releases.Exists(IsSeeded);

    private static bool IsSeeded(Release release) =>
        release is { Specification: Specification.Service { Seed.IsSome: true }, Step: StepProgress.Done };
}
