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
    public SecretTerms Terms(ProjectName project, DeployEnvironment environment) =>
        new(new SecretOwner(project.Value, Profiles.Of(environment)), Shared, Set<string>());

    /// <summary>
    /// What a finished build's releases get; nothing where it declares no secrets, or has no service to give them to.
    /// </summary>
    public Validation<Problem, Option<SecretPlan>> Plan(
        BuildResult.Built built,
        ProjectName project,
        DeployEnvironment environment
    ) =>
        built
            .Secrets.Filter(_ => !built.Manifest.Services.IsEmpty)
            .Match(
                it =>
                    SecretPlanning
                        .Plan(it, Terms(project, environment))
                        .Map(plan => plan.Secrets.IsEmpty ? None : Some(plan)),
                () => Success<Problem, Option<SecretPlan>>(None)
            );
}
