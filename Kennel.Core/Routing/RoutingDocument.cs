using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Kennel.Core.Routing;

/// <summary>What a subtree of Caddy's document says in Kennel's words.</summary>
/// <param name="Table">Its rows.</param>
/// <param name="IsCurrent">Whether all of it but the rows is just what this version renders.</param>
public sealed record RoutingContent(RoutingTable Table, bool IsCurrent);

/// <summary>Kennel's one subtree of Caddy's document: a route with the <c>@id</c> <c>kennel</c>.</summary>
public static class RoutingDocument
{
    /// <summary>The <c>@id</c> of the subtree.</summary>
    public const string Id = "kennel";

    internal static readonly JsonSerializerOptions Compact = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private static readonly JsonObject WithoutRows = RoutingTemplate.With([]);

    /// <summary>The subtree with the rows of a table, as JSON; the same table always gives the same text.</summary>
    public static string Render(RoutingTable table)
    {
        var rows = table.Entries.AsEnumerable().Select(row => RoutingRow.Render(row.Key, row.Value));
        return RoutingTemplate.With(new JsonArray([.. rows])).ToJsonString(Compact);
    }

    /// <summary>
    /// Reads a subtree as Caddy shows it. Rows of every owner are read; those that cannot be understood are kept as
    /// they stand. A row without a mark of an owner, or a second row for a host name, makes the subtree not current.
    /// </summary>
    /// <param name="json">The subtree.</param>
    public static RoutingContent Read(string json)
    {
        var document = Parse(json);
        if (Mappings(document) is not { } mappings)
            return new RoutingContent(RoutingTable.Empty, IsCurrent: false);
        var rows = mappings.Select(RoutingRow.Read).Somes().ToSeq();
        var table = new RoutingTable(
            rows.Fold(Map<Domain.HostName, RouteEntry>(), (all, row) => all.TryAdd(row.Host, row.Entry))
        );
        var everyRowIsKept = table.Entries.Count == mappings.Count;
        document!["handle"]![0]!["mappings"] = new JsonArray();
        return new RoutingContent(table, everyRowIsKept && JsonNode.DeepEquals(document, WithoutRows));
    }

    private static JsonObject? Parse(string json)
    {
        try
        {
            return JsonNode.Parse(json) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static JsonArray? Mappings(JsonObject? document) =>
        document?["handle"] is JsonArray { Count: > 0 } handlers
            ? (handlers[0] as JsonObject)?["mappings"] as JsonArray
            : null;
}
