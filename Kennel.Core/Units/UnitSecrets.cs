using Kennel.Core.Domain;
using Kennel.Core.Planning;
using Kennel.Core.Secrets;

namespace Kennel.Core.Units;

/// <summary>What a generation is given that nobody else may see: where it comes from, never the values.</summary>
/// <param name="Release">The secrets of its release, if it has any.</param>
/// <param name="Resources">The variables of its data services that have a password in them.</param>
public sealed record UnitSecrets(Option<ReleaseSecrets> Release, Seq<ResourceVariable> Resources)
{
    /// <summary>What a service is given; none where it needs nothing.</summary>
    /// <param name="instance">The mark.</param>
    /// <param name="service">How the service runs.</param>
    /// <param name="resources">What the ledger has of its branch.</param>
    public static Option<UnitSecrets> Of(
        InstanceId instance,
        Specification.Service service,
        Seq<DesiredResource> resources
    )
    {
        var variables = ResourceEnvironment.Secrets(instance, service, resources);
        return service.Secrets.IsNone && variables.IsEmpty ? None : new UnitSecrets(service.Secrets, variables);
    }

    /// <summary>What to ask the secret store for, each in its version.</summary>
    public Map<SecretAddress, Option<int>> Questions =>
        Release.Match(it => it.Questions, () => Map<SecretAddress, Option<int>>());

    /// <summary>What the release gets; or why it cannot have it any more.</summary>
    public Validation<SecretFault, Seq<ResolvedSecret>> Resolve(Map<SecretAddress, SecretAnswer> answers) =>
        Release.Match(
            it => it.Resolve(answers),
            () => Validation<SecretFault, Seq<ResolvedSecret>>.Success(Seq<ResolvedSecret>())
        );
}
