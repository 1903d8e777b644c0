using System.Globalization;
using Kennel.Core.Domain;
using Kennel.Core.Planning;
using Kennel.Core.Secrets;
using Kennel.Core.Units;

namespace Kennel.Core.Lifecycle;

/// <summary>What a finished build is turned into: the new targets of its branch.</summary>
/// <param name="Settings">The host's configuration.</param>
/// <param name="Branch">The branch with its deployments as they are.</param>
/// <param name="Build">The build.</param>
/// <param name="Commit">The commit it built.</param>
/// <param name="Result">What it built.</param>
/// <param name="Claims">All names that are taken.</param>
public sealed record TargetInput(
    Settings Settings,
    DesiredBranch Branch,
    BuildId Build,
    CommitId Commit,
    BuildResult.Built Result,
    Claims Claims
)
{
    /// <summary>The secrets that its services are given.</summary>
    public Option<ReleaseSecrets> Secrets { get; init; }
}

/// <summary>
/// The change of intent that a finished build makes, all of it in one transaction: deployments that are not listed
/// lose their target.
/// </summary>
/// <param name="Role">The name the branch's units run under.</param>
/// <param name="NewClaims">Names to take.</param>
/// <param name="Targets">The new target of each component.</param>
public sealed record TargetChange(RoleName Role, Seq<Claim> NewClaims, Seq<ComponentTarget> Targets);

/// <summary>The new target of one component.</summary>
public sealed record ComponentTarget(ComponentName Component, UnitStem Stem, NewRelease Release);

/// <summary>A release that has no number yet.</summary>
public sealed record NewRelease(
    Digest Digest,
    StorePath StorePath,
    Specification Specification,
    Seq<HostName> Hosts,
    Outcome Outcome
)
{
    /// <summary>The custom domain that it declares, whoever holds it.</summary>
    public Option<HostName> Domain { get; init; }
}

/// <summary>How a finished build becomes the targets of its branch.</summary>
public static class Targets
{
    /// <summary>
    /// The whole change, or the cause for which nothing changes: a name that another owner holds, or a custom domain that
    /// nobody may have. A custom domain that another branch holds is left to it. Names that the owner holds already are
    /// kept. A release that equals the serving one keeps its outcome; one that equals an earlier one is tried again, for
    /// that does not run any more, and where it was rejected, under a new digest. A pull request of a project without
    /// previews gets no targets.
    /// </summary>
    public static Either<Cause, TargetChange> Of(TargetInput input)
    {
        var take = new NameTaking(input);
        return from _ in Allowed(input)
            from role in take.Role(input.Claims)
            from named in IsBuiltOnly(input) ? (Seq<NamedComponent>(), role.Claims) : take.Components(role.Claims)
            from resources in take.Resources(named.Claims, role.Name)
            select new TargetChange(
                role.Name,
                resources.Claims.Added,
                named.Components.Map(component => Target(input, role.Name, component, resources.Named))
            );
    }

    private static Either<Cause, Unit> Allowed(TargetInput input)
    {
        var problems = DomainRule.Check(input.Settings, input.Result.Manifest);
        return problems.IsEmpty ? unit : new Cause.ManifestInvalid(problems);
    }

    // Such a project wants to know that its pull requests build, and no more.
    private static bool IsBuiltOnly(TargetInput input) =>
        input.Branch.Branch is Branch.PullRequest && !input.Result.Manifest.PreviewDeployments;

    private static ComponentTarget Target(
        TargetInput input,
        RoleName role,
        NamedComponent named,
        NamedResources resources
    )
    {
        var storePath = input.Result.Outputs[named.Component];
        var specification = Specify(input, role, named, resources, storePath);
        var deployment = input.Branch.Deployments.Find(one => one.Component == named.Component);
        var (digest, outcome) = DigestOf(input, named, storePath, specification, deployment);
        return new ComponentTarget(
            named.Component,
            named.Stem,
            new NewRelease(digest, storePath, specification, named.Hosts, outcome) { Domain = named.Domain }
        );
    }

    private static Specification Specify(
        TargetInput input,
        RoleName role,
        NamedComponent named,
        NamedResources resources,
        StorePath storePath
    ) =>
        input
            .Result.Manifest.Services.Find(named.Component)
            .Match<Specification>(
                service =>
                    resources.In(
                        ServiceUnit.Render(
                            new ServiceIdentity(
                                input.Settings.Instance,
                                input.Branch.Project.Name,
                                input.Branch.Branch,
                                input.Branch.Environment,
                                named.Component,
                                named.Stem,
                                role
                            ),
                            service,
                            $"{storePath}/{input.Result.Programs[named.Component]}",
                            input.Settings.Address(named.Address)
                        )
                    ) with
                    {
                        IsStateful = service.IsStateful,
                        Secrets = input.Secrets,
                        PreDeploy = service.PreDeploy.Map(step => step.In(storePath)),
                        Seed = service.Seed.Map(step => step.In(storePath)),
                    },
                () => new Specification.Site(storePath, input.Result.Manifest.Sites[named.Component].SinglePage)
            );

    private static (Digest, Outcome) DigestOf(
        TargetInput input,
        NamedComponent named,
        StorePath storePath,
        Specification specification,
        Option<DesiredDeployment> deployment
    )
    {
        var existing = deployment.Map(one => one.Releases).IfNone(Seq<Release>());
        var serving = deployment.Bind(one => one.ServingRelease);
        var parts = Seq(
            input.Settings.Instance.Value,
            named.Stem.Value,
            storePath.Value,
            SpecificationText.Write(specification)
        );
        for (var epoch = input.Branch.Life.Epoch; ; epoch++)
        {
            var digest = Digest.Of(parts.Add(epoch.ToString(CultureInfo.InvariantCulture)));
            var same = existing.Filter(release => release.Digest == digest);
            if (!same.Exists(release => release.Outcome is Outcome.Rejected))
                return (
                    digest,
                    serving
                        .Filter(release => release.Digest == digest && release.Outcome is Outcome.Accepted)
                        .Match(release => release.Outcome, () => new Outcome.Untried(None))
                );
        }
    }
}
