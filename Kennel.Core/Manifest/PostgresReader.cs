using Kennel.Core.Domain;

namespace Kennel.Core.Manifest;

/// <summary>Reads what a project wants of PostgreSQL.</summary>
internal static class PostgresReader
{
    /// <summary>The keys that mean something.</summary>
    internal static readonly Set<string> Keys = Set("extensions");

    /// <summary>The extensions that it wants in its databases.</summary>
    internal static Validation<Problem, Set<ExtensionName>> Extensions(string where, JsonNode node) =>
        JsonFields
            .Of(where, node)
            .Bind(fields => fields.Read(JsonFields.ListOf(Extension), "extensions"))
            .Map(names => toSet(names.IfNone(Seq<ExtensionName>())));

    private static Validation<Problem, ExtensionName> Extension(string where, JsonNode node) =>
        JsonFields.Text(where, node).Bind(name => ExtensionName.Parse(where, name));
}
