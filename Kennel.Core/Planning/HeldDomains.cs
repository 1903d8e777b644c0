using Kennel.Core.Domain;

namespace Kennel.Core.Planning;

/// <summary>Which custom domains lead to a branch: those that its releases declare and that it holds.</summary>
public static class HeldDomains
{
    /// <summary>The branch with the domains that it holds among the host names of its releases, to be shown first.</summary>
    public static DesiredBranch Show(DesiredBranch branch, Map<HostName, DomainHolder> domains) =>
        branch.Environment == DeployEnvironment.Prod
        && branch.Deployments.Exists(one => one.Releases.Exists(release => release.Domain.IsSome))
            ? branch with
            {
                Deployments = branch.Deployments.Map(one => Show(one, HolderOf(branch), domains)).Strict(),
            }
            : branch;

    /// <summary>The custom domains that the targets and the serving releases of a branch declare; only production has any.</summary>
    public static Seq<HostName> Declared(DesiredBranch branch) =>
        branch.Environment == DeployEnvironment.Prod
            ? branch
                .Deployments.Bind(one => Joined(one.TargetRelease.ToSeq(), one.ServingRelease.ToSeq()))
                .Bind(release => release.Domain.ToSeq())
                .Distinct()
                .ToSeq()
                .Strict()
            : Seq<HostName>();

    /// <summary>The branch as a holder of domains.</summary>
    public static DomainHolder HolderOf(DesiredBranch branch) => new(branch.Project.Id, branch.Branch.Reference);

    private static DesiredDeployment Show(
        DesiredDeployment deployment,
        DomainHolder holder,
        Map<HostName, DomainHolder> domains
    ) => deployment with { Releases = deployment.Releases.Map(release => Show(release, holder, domains)).Strict() };

    private static Release Show(Release release, DomainHolder holder, Map<HostName, DomainHolder> domains) =>
        release
            .Domain.Filter(domain => domains.Find(domain) == Some(holder))
            .Match(domain => release with { Hosts = Joined(Seq1(domain), release.Hosts) }, () => release);
}
