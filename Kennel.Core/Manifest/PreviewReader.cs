using Kennel.Core.Domain;

namespace Kennel.Core.Manifest;

/// <summary>Reads what a project wants for its pull requests.</summary>
internal static class PreviewReader
{
    /// <summary>The keys that mean something.</summary>
    internal static readonly Set<string> Keys = Set("database");

    /// <summary>What their databases start with.</summary>
    internal static Validation<Problem, PreviewDatabase> Database(string where, JsonNode node) =>
        JsonFields
            .Of(where, node)
            .Bind(fields => fields.Read(Start, "database"))
            .Map(start => start.IfNone(PreviewDatabase.Default));

    private static Validation<Problem, PreviewDatabase> Start(string where, JsonNode node) =>
        JsonFields.Text(where, node).Bind(text => PreviewDatabase.Parse(where, text));
}
