using System.Text.Json;
using System.Text.Json.Nodes;
using Kennel.Core.Domain;
using Kennel.Core.Planning;

namespace Kennel.Shell.Caddy;

/// <summary>Caddy's list of upstreams with the requests in flight to each.</summary>
internal static class Upstreams
{
    private const string Loopback = "127.0.0.1:";

    /// <summary>
    /// The requests in flight by port of this machine; other upstreams and unresolved placeholders are left out.
    /// </summary>
    public static Observation<Map<Port, int>> Read(string json)
    {
        try
        {
            var rows = JsonNode.Parse(json) as JsonArray ?? [];
            return Observation.Known(rows.OfType<JsonObject>().Aggregate(Map<Port, int>(), Add));
        }
        catch (JsonException error)
        {
            return Observation.Unknown<Map<Port, int>>($"its list of upstreams is not JSON: {error.Message}");
        }
    }

    private static Map<Port, int> Add(Map<Port, int> all, JsonObject row)
    {
        var count = row["num_requests"] is JsonValue value && value.TryGetValue<int>(out var number) ? number : 0;
        return PortOf(row["address"]).Match(port => all.AddOrUpdate(port, sum => sum + count, count), () => all);
    }

    private static Option<Port> PortOf(JsonNode? address) =>
        address?.ToString() is { } text
        && text.StartsWith(Loopback, StringComparison.Ordinal)
        && int.TryParse(text[Loopback.Length..], out var number)
            ? Port.Parse("port", number).ToOption()
            : None;
}
