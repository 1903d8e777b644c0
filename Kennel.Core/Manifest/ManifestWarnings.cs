namespace Kennel.Core.Manifest;

/// <summary>What in a manifest means nothing to Kennel: told in the build log, never an error.</summary>
internal static class ManifestWarnings
{
    private const string Root = ManifestReader.FileName + ":";

    private static readonly Set<string> ProjectKeys = Set(
        "version",
        "services",
        "static_sites",
        "staticSites",
        "sites",
        "resources",
        "postgres",
        "preview",
        "preview_deployments",
        "previewDeployments"
    );

    private static readonly Set<string> ServiceKeys = Set(
        "custom_domain",
        "customDomain",
        "ready",
        "primary",
        "env",
        "sandbox",
        "stateful",
        "seed",
        "preDeploy",
        "pre_deploy",
        "preDeployTimeoutSeconds",
        "pre_deploy_timeout_seconds"
    );

    private static readonly Set<string> SiteKeys = Set(
        "custom_domain",
        "customDomain",
        "package_attr",
        "packageAttr",
        "spa",
        "primary"
    );

    private static readonly Set<string> HttpKeys = Set("get");
    private static readonly Set<string> GetKeys = Set("path");

    /// <summary>One line for each key that is passed over.</summary>
    internal static Seq<string> Of(JsonNode node) =>
        Joined(
            Unknown(Root, Some(node), ProjectKeys),
            Unknown(JsonFields.Path(Root, "postgres"), At(node, "postgres"), PostgresReader.Keys),
            Unknown(JsonFields.Path(Root, "preview"), At(node, "preview"), PreviewReader.Keys),
            Each(node, ServiceWarnings, "services"),
            Each(node, (where, site) => Unknown(where, Some(site), SiteKeys), "static_sites", "staticSites", "sites")
        );

    private static Seq<string> ServiceWarnings(string where, JsonNode service)
    {
        var ready = At(service, "ready");
        var http = ready.Bind(node => At(node, "http"));
        var get = http.Bind(node => At(node, "get"));
        var readyWhere = JsonFields.Path(where, "ready");
        var httpWhere = JsonFields.Path(readyWhere, "http");
        return Joined(
            Unknown(where, Some(service), ServiceKeys),
            Unknown(readyWhere, ready, ReadyReader.Keys),
            Unknown(httpWhere, http, HttpKeys),
            Unknown(JsonFields.Path(httpWhere, "get"), get, GetKeys),
            Unknown(JsonFields.Path(where, "sandbox"), At(service, "sandbox"), SandboxReader.Keys)
        );
    }

    private static Seq<string> Each(JsonNode node, Func<string, JsonNode, Seq<string>> warn, params string[] keys) =>
        keys.ToSeq()
            .Bind(key =>
                At(node, key)
                    .Match(FieldsOf, () => Seq<(string Key, JsonNode Value)>())
                    .Bind(field => warn(JsonFields.Path(JsonFields.Path(Root, key), field.Key), field.Value))
                    .Strict()
            )
            .Strict();

    private static Seq<string> Unknown(string where, Option<JsonNode> node, Set<string> known) =>
        node.Match(FieldsOf, () => Seq<(string Key, JsonNode Value)>())
            .Filter(field => field.Value is not JsonNode.Null && !known.Contains(field.Key))
            .Map(field => $"{JsonFields.Path(where, field.Key)} is ignored: {Reason(where, field.Key)}")
            .Strict();

    private static string Reason(string where, string key) =>
        key == "port" && where.EndsWith("ready.http.get", StringComparison.Ordinal)
            ? "it is the port in development; a deployed service listens on PORT"
            : "Kennel does not know it";

    private static Seq<(string Key, JsonNode Value)> FieldsOf(JsonNode node) =>
        node is JsonNode.Fields fields ? fields.Values : Seq<(string Key, JsonNode Value)>();

    private static Option<JsonNode> At(JsonNode node, string key) =>
        FieldsOf(node).Find(field => field.Key == key).Map(field => field.Value);
}
