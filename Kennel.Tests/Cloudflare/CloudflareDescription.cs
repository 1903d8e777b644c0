using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;

namespace Kennel.Tests.Cloudflare;

/// <summary>Cloudflare's own description of its API (OpenAPI 3), to hold requests against.</summary>
internal sealed class CloudflareDescription
{
    private readonly JsonObject _document;

    private CloudflareDescription(JsonObject document) => _document = document;

    /// <summary>The description; none without the specifications.</summary>
    public static LanguageExt.Option<CloudflareDescription> Given { get; } =
        File.Exists(FilePath)
            ? new CloudflareDescription(JsonNode.Parse(File.ReadAllText(FilePath))!.AsObject())
            : None;

    private static string FilePath =>
        Path.GetFullPath(Path.Combine(Repository(), "../shared/specs/cloudflare/subset-dns-zones-tunnel.json"));

    /// <summary>What about a request is not as described.</summary>
    public IEnumerable<string> Violations(
        string method,
        string path,
        IEnumerable<KeyValuePair<string, string>> query,
        string body
    )
    {
        var template = _document["paths"]!.AsObject().FirstOrDefault(it => Fits(it.Key, path)).Value;
        if (template?[method.ToLowerInvariant()] is not { } operation)
            return [$"{method} {path} is not described"];
        var parameters = operation["parameters"]?.AsArray().Select(it => it!).ToList() ?? [];
        return query
            .SelectMany(given =>
                parameters.Find(it => (string?)it["in"] == "query" && (string?)it["name"] == given.Key) is { } described
                    ? OfNumber($"query parameter {given.Key}", Resolved(described["schema"]!), given.Value)
                    : [$"query parameter {given.Key} is not described"]
            )
            .Concat(OfBody(method, body));
    }

    // The description gives the schema of answers for requests too: what only answers have is not required here.
    private IEnumerable<string> OfBody(string method, string body)
    {
        if (method != "POST")
            return body.Length == 0 ? [] : [$"{method} has a body"];
        if (JsonNode.Parse(body) is not JsonObject given)
            return ["the body is no object"];
        var schemas = _document["components"]!["schemas"]!;
        if (schemas[$"dns-records_{(string?)given["type"]}Record"] is not { } kind)
            return [$"there is no record of type {given["type"]}"];
        var properties = kind["allOf"]!
            .AsArray()
            .SelectMany(part => Resolved(part!)["properties"]!.AsObject())
            .ToDictionary(property => property.Key, property => Resolved(property.Value!));
        var missing = kind["required"]!.AsArray().Select(name => (string)name!).Where(name => !given.ContainsKey(name));
        return missing
            .Select(name => $"{name} is missing")
            .Concat(
                given.SelectMany(member =>
                    properties.TryGetValue(member.Key, out var described)
                        ? OfMember(member.Key, described, member.Value)
                        : [$"{member.Key} is not described"]
                )
            );
    }

    private static IEnumerable<string> OfMember(string name, JsonNode schema, JsonNode? value)
    {
        if ((bool?)schema["readOnly"] == true)
            return [$"{name} is for answers alone"];
        var type = (string?)schema["type"];
        var fits =
            value is JsonValue it
            && type switch
            {
                "string" => it.TryGetValue<string>(out _),
                "boolean" => it.TryGetValue<bool>(out _),
                "number" => it.TryGetValue<long>(out _),
                _ => true,
            };
        return fits ? [] : [$"{name} is not of type {type}"];
    }

    private static IEnumerable<string> OfNumber(string name, JsonNode schema, string given) =>
        (string?)schema["type"] == "number"
        && !(
            double.TryParse(given, System.Globalization.CultureInfo.InvariantCulture, out var number)
            && number >= ((double?)schema["minimum"] ?? double.MinValue)
            && number <= ((double?)schema["maximum"] ?? double.MaxValue)
        )
            ? [$"{name} is no number that is allowed"]
            : [];

    private JsonNode Resolved(JsonNode schema) =>
        (string?)schema["$ref"] is { } reference
            ? _document["components"]!["schemas"]![reference["#/components/schemas/".Length..]]!
            : schema;

    private static bool Fits(string template, string path)
    {
        var (wanted, given) = (template.Split('/'), path.Split('/'));
        return wanted.Length == given.Length
            && wanted.Zip(given, (part, text) => part.StartsWith('{') || part == text).All(fits => fits);
    }

    private static string Repository([CallerFilePath] string file = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file)!, "../.."));
}
