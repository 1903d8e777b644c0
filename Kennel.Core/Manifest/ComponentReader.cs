using System.Text.RegularExpressions;
using Kennel.Core.Domain;

namespace Kennel.Core.Manifest;

/// <summary>Reads one service or one site of <c>kennel.json</c>.</summary>
internal static partial class ComponentReader
{
    /// <summary>A service.</summary>
    internal static Validation<Problem, ServiceManifest> Service(string where, JsonNode node) =>
        JsonFields
            .Of(where, node)
            .Bind(fields =>
                (
                    fields.Read(Host, "custom_domain", "customDomain"),
                    fields.Read(ReadyReader.Read, "ready"),
                    fields.Read(JsonFields.Flag, "primary"),
                    fields.Read(EnvironmentReader.Read, "env"),
                    fields.Read(SandboxReader.Read, "sandbox"),
                    fields.Read(JsonFields.Flag, "stateful"),
                    StepReader.PreDeploy(fields),
                    StepReader.Seed(fields)
                ).Apply(
                    (host, ready, primary, environment, sandbox, stateful, preDeploy, seed) =>
                        new ServiceManifest(
                            host,
                            ready.IfNone(new Readiness.Tcp()),
                            primary.IfNone(false),
                            environment.IfNone(Map<string, string>()),
                            sandbox.IfNone(Relaxations.Default)
                        )
                        {
                            IsStateful = stateful.IfNone(false),
                            PreDeploy = preDeploy,
                            Seed = seed,
                        }
                )
            );

    /// <summary>A site; its package attribute is empty where it has none of its own.</summary>
    internal static Validation<Problem, SiteManifest> Site(string where, JsonNode node) =>
        JsonFields
            .Of(where, node)
            .Bind(fields =>
                (
                    fields.Read(Host, "custom_domain", "customDomain"),
                    fields.Read(Attribute, "package_attr", "packageAttr"),
                    fields.Read(JsonFields.Flag, "spa"),
                    fields.Read(JsonFields.Flag, "primary")
                ).Apply(
                    (host, attribute, singlePage, primary) =>
                        new SiteManifest(host, attribute.IfNone(""), singlePage.IfNone(false), primary.IfNone(false))
                )
            );

    private static Validation<Problem, HostName> Host(string where, JsonNode node) =>
        JsonFields.Text(where, node).Bind(text => CustomDomains.Parse(where, text));

    private static Validation<Problem, string> Attribute(string where, JsonNode node) =>
        Matching(where, node, AttributePattern(), "a package name of A-Z a-z 0-9 _ - ', beginning with a letter or _");

    private static Validation<Problem, string> Matching(string where, JsonNode node, Regex pattern, string allowed) =>
        JsonFields
            .Text(where, node)
            .Bind(text =>
                pattern.IsMatch(text) ? Success<Problem, string>(text) : JsonFields.Wrong<string>(where, node, allowed)
            );

    [GeneratedRegex(@"\A[A-Za-z_][A-Za-z0-9_'-]{0,126}\z")]
    private static partial Regex AttributePattern();
}
