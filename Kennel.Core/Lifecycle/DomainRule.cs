using Kennel.Core.Domain;
using Kennel.Core.Manifest;
using Kennel.Core.Planning;

namespace Kennel.Core.Lifecycle;

/// <summary>Which custom domains no project may have, whoever holds them.</summary>
public static class DomainRule
{
    /// <summary>What is wrong with the custom domains that a manifest declares, all at once.</summary>
    public static Seq<Problem> Check(Settings settings, ProjectManifest manifest) =>
        manifest
            .CustomDomains.Bind(declared =>
                Allowed(settings, declared.Domain)
                    .Map(allowed =>
                        Problem.Of(
                            $"{ManifestReader.FileName}: {declared.Component}: custom_domain",
                            declared.Domain.Value,
                            allowed
                        )
                    )
                    .ToSeq()
            )
            .Strict();

    private static Option<string> Allowed(Settings settings, HostName domain) =>
        CustomDomains.IsWithin(domain, settings.Domain)
            ? $"a domain outside {settings.Domain}, below which Kennel gives out all names itself"
        : settings.OwnNames.Contains(domain) ? "a domain that is not Kennel's own or the forge's"
        : None;
}
