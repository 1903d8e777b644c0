using Kennel.Core.Domain;

namespace Kennel.Core.Manifest;

/// <summary>What was read: the manifest, and what in it means nothing to Kennel.</summary>
/// <param name="Manifest">What the project declares.</param>
/// <param name="Warnings">One line for each key that is passed over.</param>
public sealed record ReadManifest(ProjectManifest Manifest, Seq<string> Warnings);

/// <summary>
/// Reads <c>kennel.json</c> in every shape that projects have: version 1, the older one without a version, and both
/// spellings of keys. A stranger wrote it.
/// </summary>
public static class ManifestReader
{
    /// <summary>What the file is called in errors.</summary>
    public const string FileName = "kennel.json";

    /// <summary>How long the file may be.</summary>
    public const int SizeBytesMax = 1 << 20;

    /// <summary>How many components a project may have.</summary>
    public const int ComponentsMax = 50;

    private const string Root = FileName + ":";
    private static readonly string[] SiteKeys = ["static_sites", "staticSites", "sites"];
    private static readonly Set<string> KnownResources = toSet(ResourceKinds.All.Map(kind => kind.Word()));

    /// <summary>Reads the text; all that is wrong with it is told at once.</summary>
    public static Validation<Problem, ReadManifest> Read(string text) =>
        JsonNode
            .Parse(FileName, text, SizeBytesMax)
            .Bind(node => ReadProject(node).Map(manifest => new ReadManifest(manifest, ManifestWarnings.Of(node))));

    private static Validation<Problem, ProjectManifest> ReadProject(JsonNode node) =>
        JsonFields
            .Of(Root, node)
            .Bind(fields =>
                (
                    fields.Read(ReadVersion, "version"),
                    fields.Read(Components(ComponentReader.Service), "services"),
                    fields.Read(Components(ComponentReader.Site), SiteKeys),
                    fields.Read(JsonFields.ListOf(ReadResource), "resources"),
                    fields.Read(PostgresReader.Extensions, "postgres"),
                    fields.Read(PreviewReader.Database, "preview"),
                    fields.Read(JsonFields.Flag, "preview_deployments", "previewDeployments"),
                    Consistent(fields)
                ).Apply(
                    (_, services, sites, resources, extensions, database, previews, _) =>
                        new ProjectManifest(
                            services.IfNone(Map<ComponentName, ServiceManifest>()),
                            toMap(
                                sites
                                    .IfNone(Map<ComponentName, SiteManifest>())
                                    .Pairs.Map(pair => (pair.Key, Named(pair.Key, pair.Value)))
                            ),
                            resources.Map(names => toSet(names)),
                            previews.IfNone(true)
                        )
                        {
                            Extensions = extensions.IfNone(Set<ExtensionName>()),
                            PreviewDatabase = database.IfNone(PreviewDatabase.Default),
                        }
                )
            )
            .Bind(DistinctDomains);

    private static Validation<Problem, ProjectManifest> DistinctDomains(ProjectManifest manifest)
    {
        var problems = manifest
            .CustomDomains.GroupBy(declared => declared.Domain)
            .Where(group => group.Count() > 1)
            .Select(group =>
                Problem.Of(
                    $"{Root} custom_domain",
                    group.Key.Value,
                    $"one component with this domain, not {string.Join(" and ", group.Select(one => one.Component))}"
                )
            )
            .ToSeq()
            .Strict();
        return problems.IsEmpty
            ? Success<Problem, ProjectManifest>(manifest)
            : Validation<Problem, ProjectManifest>.Fail(problems);
    }

    private static Func<string, JsonNode, Validation<Problem, Map<ComponentName, T>>> Components<T>(
        Func<string, JsonNode, Validation<Problem, T>> read
    ) => JsonFields.TableOf((where, key) => ComponentName.Parse(where, key), read);

    private static SiteManifest Named(ComponentName name, SiteManifest site) =>
        site.PackageAttribute.Length > 0 ? site : site with { PackageAttribute = name.Value };

    private static Validation<Problem, long> ReadVersion(string where, JsonNode node) =>
        node is JsonNode.Number { Value: "1" }
            ? Success<Problem, long>(1)
            : JsonFields.Wrong<long>(
                where,
                node,
                "1, the only version there is; a newer one needs a newer Kennel, an older one `devenv update`"
            );

    private static Validation<Problem, string> ReadResource(string where, JsonNode node) =>
        JsonFields
            .Text(where, node)
            .Bind(name =>
                KnownResources.Contains(name)
                    ? Success<Problem, string>(name)
                    : JsonFields.Wrong<string>(where, node, $"one of {string.Join(", ", KnownResources)}")
            );

    private static Validation<Problem, Unit> Consistent(JsonFields fields)
    {
        var services = Named(fields, "services");
        var sites = SiteKeys.ToSeq().Bind(key => Named(fields, key)).Strict();
        var both = Joined(services, sites);
        var problems = Joined(BothKinds(services, sites), SeveralPrimaries(both), TooMany(both));
        return problems.IsEmpty ? Success<Problem, Unit>(unit) : Validation<Problem, Unit>.Fail(problems);
    }

    private static Seq<(string Key, JsonNode Value)> Named(JsonFields fields, string key) =>
        fields.Values.Find(key).Match(FieldsOf, () => Seq<(string Key, JsonNode Value)>());

    private static Seq<(string Key, JsonNode Value)> FieldsOf(JsonNode node) =>
        node is JsonNode.Fields table ? table.Values : Seq<(string Key, JsonNode Value)>();

    private static Seq<Problem> BothKinds(
        Seq<(string Key, JsonNode Value)> services,
        Seq<(string Key, JsonNode Value)> sites
    ) =>
        services
            .Filter(service => sites.Exists(site => site.Key == service.Key))
            .Map(service =>
                Problem.Of(
                    JsonFields.Path(JsonFields.Path(Root, "services"), service.Key),
                    "a service and a site of this name",
                    "one of them"
                )
            );

    private static Seq<Problem> SeveralPrimaries(Seq<(string Key, JsonNode Value)> components)
    {
        var marked = components
            .Filter(component =>
                FieldsOf(component.Value)
                    .Exists(field => field is { Key: "primary", Value: JsonNode.Flag { Value: true } })
            )
            .Map(component => component.Key)
            .Strict();
        return marked.Count > 1
            ? Seq1(Problem.Of($"{Root} primary", string.Join(", ", marked), "at most one component marked primary"))
            : Seq<Problem>();
    }

    private static Seq<Problem> TooMany(Seq<(string Key, JsonNode Value)> components) =>
        components.Count > ComponentsMax
            ? Seq1(Problem.Of(FileName, $"{components.Count} components", $"at most {ComponentsMax} components"))
            : Seq<Problem>();
}
