using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;

namespace Kennel.Tests.Forgejo;

/// <summary>Forgejo's own description of its API (Swagger 2.0), to hold requests against.</summary>
internal sealed class ForgejoDescription
{
    private readonly JsonObject _document;

    private ForgejoDescription(JsonObject document) => _document = document;

    /// <summary>The descriptions that are there; none without the specifications.</summary>
    public static IReadOnlyList<ForgejoDescription> All { get; } =
        System.IO.Directory.Exists(Directory)
            ?
            [
                .. System
                    .IO.Directory.EnumerateFiles(Directory, "subset-*.json")
                    .Order()
                    .Select(file => new ForgejoDescription(JsonNode.Parse(File.ReadAllText(file))!.AsObject())),
            ]
            : [];

    public static string Directory => Path.GetFullPath(Path.Combine(Repository(), "../shared/specs/forgejo"));

    /// <summary>What about a request is not as described.</summary>
    public IEnumerable<string> Violations(string method, string path, IEnumerable<string> query, string body)
    {
        var operation = Operation(method, path);
        if (operation is null)
            return [$"{method} {path} is not described"];
        var parameters = operation["parameters"]?.AsArray().Select(it => it!).ToList() ?? [];
        var named = parameters.Where(it => (string?)it["in"] == "query").Select(it => (string?)it["name"]).ToList();
        var schema = parameters.Find(it => (string?)it["in"] == "body")?["schema"];
        var unknown = query
            .Where(name => !named.Contains(name))
            .Select(name => $"query parameter {name} is not described");
        return unknown.Concat(
            schema is null
                ? body.Length == 0
                    ? []
                    : [$"{method} {path} has no body"]
                : Violations("body", schema, JsonNode.Parse(body))
        );
    }

    private JsonNode? Operation(string method, string path) =>
        _document["paths"]!
            .AsObject()
            .Where(it => Fits(it.Key, path))
            .Select(it => it.Value![method.ToLowerInvariant()])
            .FirstOrDefault();

    private static bool Fits(string template, string path)
    {
        var (wanted, given) = (template.Split('/'), path.Split('/'));
        return wanted.Length == given.Length
            && wanted.Zip(given, (part, text) => part.StartsWith('{') || part == text).All(fits => fits);
    }

    private IEnumerable<string> Violations(string where, JsonNode described, JsonNode? value)
    {
        var schema = (string?)described["$ref"] is { } reference
            ? _document["definitions"]![reference["#/definitions/".Length..]]!
            : described;
        var wrongWord =
            schema["enum"] is JsonArray words && !words.Any(word => JsonNode.DeepEquals(word, value))
                ? [$"{where}: {value} is not among {words.ToJsonString()}"]
                : Enumerable.Empty<string>();
        var inside = (value, (string?)schema["type"]) switch
        {
            (JsonObject it, "object") => OfObject(where, schema, it),
            (JsonArray it, "array") => it.SelectMany(
                (item, index) => Violations($"{where}[{index}]", schema["items"]!, item)
            ),
            (JsonValue it, "string") => it.TryGetValue<string>(out _) ? [] : [$"{where} is no text"],
            (JsonValue it, "boolean") => it.TryGetValue<bool>(out _) ? [] : [$"{where} is neither true nor false"],
            (JsonValue it, "integer") => it.TryGetValue<long>(out _) ? [] : [$"{where} is no whole number"],
            var (_, type) => [$"{where} is not of type {type}"],
        };
        return wrongWord.Concat(inside);
    }

    private IEnumerable<string> OfObject(string where, JsonNode schema, JsonObject value)
    {
        var required = schema["required"]?.AsArray().Select(name => (string)name!) ?? [];
        var missing = required.Where(name => !value.ContainsKey(name)).Select(name => $"{where}.{name} is missing");
        return missing.Concat(
            value.SelectMany(member =>
                (schema["properties"]?[member.Key] ?? schema["additionalProperties"]) is { } described
                    ? Violations($"{where}.{member.Key}", described, member.Value)
                    : [$"{where}.{member.Key} is not described"]
            )
        );
    }

    private static string Repository([CallerFilePath] string file = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file)!, "../.."));
}

internal sealed class DescribedFactAttribute : FactAttribute
{
    public DescribedFactAttribute()
    {
        if (!Directory.Exists(ForgejoDescription.Directory))
            Skip = "no ../shared/specs";
    }
}
