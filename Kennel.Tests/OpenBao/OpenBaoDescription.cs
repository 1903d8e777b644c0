using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;

namespace Kennel.Tests.OpenBao;

/// <summary>The vendor's own description of the API (OpenAPI 3), to hold requests and answers against.</summary>
internal sealed class OpenBaoDescription
{
    private readonly JsonObject _document;

    private OpenBaoDescription(JsonObject document) => _document = document;

    /// <summary>The description; none without the specifications.</summary>
    public static LanguageExt.Option<OpenBaoDescription> Given { get; } =
        File.Exists(FilePath) ? new OpenBaoDescription(JsonNode.Parse(File.ReadAllText(FilePath))!.AsObject()) : None;

    public static string Directory => Path.GetFullPath(Path.Combine(Repository(), "../shared/specs/openbao"));

    private static string FilePath => Path.Combine(Directory, "subset-kv2-approle-token-sys.json");

    /// <summary>What about a request is not as described.</summary>
    public IEnumerable<string> Violations(string method, string path, IEnumerable<string> query, string body)
    {
        var template = _document["paths"]!.AsObject().FirstOrDefault(it => Fits(it.Key, path)).Value;
        if (template?[method.ToLowerInvariant()] is not { } operation)
            return [$"{method} {path} is not described"];
        var unknown = query
            .Where(name => !IsDescribed(path, name))
            .Select(name => $"query parameter {name} is not described");
        var schema = operation["requestBody"]?["content"]?["application/json"]?["schema"];
        return unknown.Concat(
            schema is null
                ? body.Length == 0
                    ? []
                    : [$"{method} {path} has no body"]
                : OfBody(Resolved(schema), JsonNode.Parse(body))
        );
    }

    // The description leaves this one out; the vendor's pages on the engine have it.
    private static bool IsDescribed(string path, string query) =>
        query == "version" && path.Contains("/data/", StringComparison.Ordinal);

    private IEnumerable<string> OfBody(JsonNode schema, JsonNode? value) =>
        value is not JsonObject given
            ? ["the body is no object"]
            : given.SelectMany(member =>
                schema["properties"]?[member.Key] is not { } described ? [$"{member.Key} is not described"]
                : (string?)described["type"] == "string"
                && !(member.Value is JsonValue it && it.TryGetValue<string>(out _))
                    ? [$"{member.Key} is no text"]
                : Enumerable.Empty<string>()
            );

    private JsonNode Resolved(JsonNode schema) =>
        (string?)schema["$ref"] is { } reference
            ? _document["components"]!["schemas"]![reference["#/components/schemas/".Length..]]!
            : schema;

    // The path of an entry may have several parts, that of a mount here has one.
    private static bool Fits(string template, string path)
    {
        var (wanted, given) = (template.Split('/'), path.Split('/'));
        return wanted[^1] == "{path}"
            ? given.Length >= wanted.Length && FitsPart(wanted[..^1], given[..(wanted.Length - 1)])
            : given.Length == wanted.Length && FitsPart(wanted, given);
    }

    private static bool FitsPart(string[] wanted, string[] given) =>
        wanted.Zip(given, (part, text) => part.StartsWith('{') || part == text).All(fits => fits);

    private static string Repository([CallerFilePath] string file = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file)!, "../.."));
}

internal sealed class DescribedFactAttribute : FactAttribute
{
    public DescribedFactAttribute()
    {
        if (!Directory.Exists(OpenBaoDescription.Directory))
            Skip = "no ../shared/specs";
    }
}
