using Kennel.Core.Domain;
using Kennel.Core.Planning;

namespace Kennel.Core.Secrets;

/// <summary>What the host's configuration says of secrets.</summary>
/// <param name="Profiles">Which profile a branch gets.</param>
/// <param name="Shared">The paths in the store that every project may refer to.</param>
public sealed record SecretRules(SecretProfiles Profiles, Seq<string> Shared)
{
    /// <summary>What holds on a host that says nothing.</summary>
    public static readonly SecretRules Default = new(SecretProfiles.Usual, Seq1("shared"));

    /// <summary>What a branch's secrets may be.</summary>
    /// <param name="project">What the project is called in the store.</param>
    /// <param name="environment">What kind of branch it is.</param>
    /// <param name="kinds">The data services that it gets.</param>
    public SecretTerms Terms(ProjectName project, DeployEnvironment environment, Set<ResourceKind> kinds) =>
        new(new SecretOwner(project.Value, Profiles.Of(environment)), Shared, TakenNames.Of(kinds));

    /// <summary>
    /// What a finished build's releases get; nothing where it declares no secrets, or has no service to give them to.
    /// </summary>
    public Validation<Problem, Option<SecretPlan>> Plan(
        BuildResult.Built built,
        ProjectName project,
        DeployEnvironment environment,
        Set<ResourceKind> kinds
    ) =>
        built
            .Secrets.Filter(_ => !built.Manifest.Services.IsEmpty)
            .Match(
                it =>
                    SecretPlanning
                        .Plan(it, Terms(project, environment, kinds))
                        .Map(plan => plan.Secrets.IsEmpty ? None : Some(plan)),
                () => Success<Problem, Option<SecretPlan>>(None)
            );
}
