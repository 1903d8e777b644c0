using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;

namespace Kennel.Tests.Garage;

/// <summary>Garage's own descriptions of the second version of its admin API (OpenAPI 3), to hold requests against.</summary>
internal sealed class GarageDescription
{
    private readonly JsonObject _document;

    private GarageDescription(JsonObject document) => _document = document;

    /// <summary>The descriptions that are there; none without the specifications.</summary>
    public static IReadOnlyList<GarageDescription> All { get; } =
        System.IO.Directory.Exists(Directory)
            ?
            [
                .. System
                    .IO.Directory.EnumerateFiles(Directory, "garage-admin-v2*.json")
                    .Order()
                    .Select(file => new GarageDescription(JsonNode.Parse(File.ReadAllText(file))!.AsObject())),
            ]
            : [];

    public static string Directory => Path.GetFullPath(Path.Combine(Repository(), "../shared/specs/garage"));

    /// <summary>What about a request is not as described.</summary>
    public IEnumerable<string> Violations(string method, string path, IEnumerable<string> query, string body)
    {
        if (_document["paths"]![path]?[method.ToLowerInvariant()] is not { } operation)
            return [$"{method} {path} is not described"];
        var named = operation["parameters"]?.AsArray().Select(it => (string?)it!["name"]).ToList() ?? [];
        var schema = operation["requestBody"]?["content"]?["application/json"]?["schema"];
        return query
            .Where(name => !named.Contains(name))
            .Select(name => $"query parameter {name} is not described")
            .Concat(
                schema is not null ? Violations("body", schema, JsonNode.Parse(body))
                : body.Length == 0 ? []
                : [$"{method} {path} has no body"]
            );
    }

    private IEnumerable<string> Violations(string where, JsonNode described, JsonNode? value)
    {
        if (value is null)
            return [];
        var schema = Resolved(described);
        return value switch
        {
            JsonObject it when IsOf(schema, "object") => OfObject(where, schema, it),
            JsonValue it when IsOf(schema, "string") => it.TryGetValue<string>(out _) ? [] : [$"{where} is no text"],
            JsonValue it when IsOf(schema, "boolean") => it.TryGetValue<bool>(out _)
                ? []
                : [$"{where} is neither true nor false"],
            _ => [$"{where} is not of type {schema["type"]}"],
        };
    }

    private IEnumerable<string> OfObject(string where, JsonNode schema, JsonObject value) =>
        (schema["required"]?.AsArray().Select(name => (string)name!) ?? [])
            .Where(name => !value.ContainsKey(name))
            .Select(name => $"{where}.{name} is missing")
            .Concat(
                value.SelectMany(member =>
                    schema["properties"]?[member.Key] is { } described
                        ? Violations($"{where}.{member.Key}", described, member.Value)
                        : [$"{where}.{member.Key} is not described"]
                )
            );

    // Of two possibilities, the one that is not null.
    private JsonNode Resolved(JsonNode schema) =>
        (string?)schema["$ref"] is { } reference
            ? Resolved(_document["components"]!["schemas"]![reference["#/components/schemas/".Length..]]!)
        : schema["oneOf"] is JsonArray choices ? Resolved(choices.First(it => (string?)it!["type"] != "null")!)
        : schema;

    private static bool IsOf(JsonNode schema, string type) =>
        schema["type"] is JsonArray types ? types.Any(one => (string?)one == type) : (string?)schema["type"] == type;

    private static string Repository([CallerFilePath] string file = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file)!, "../.."));
}
