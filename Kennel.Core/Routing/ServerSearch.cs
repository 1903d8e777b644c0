using System.Text.Json;
using System.Text.Json.Nodes;
using Kennel.Core.Domain;

namespace Kennel.Core.Routing;

/// <summary>Looks for the server of Caddy's that Kennel's subtree belongs to.</summary>
public static class ServerSearch
{
    /// <summary>
    /// The place for the subtree: the server that listens on the port, one that takes connections from everywhere
    /// before one that does not, then by name.
    /// </summary>
    /// <param name="servers">What Caddy shows at <c>apps/http/servers</c>, JSON; <c>null</c> where there is none.</param>
    /// <param name="entityTag">Caddy's mark of it.</param>
    /// <param name="port">The configured port.</param>
    public static RoutingPlace Find(string servers, string entityTag, Port port)
    {
        var all = Servers(servers);
        var suitable = all.Filter(server => server.Listens.Exists(listen => ServerAddress.Covers(listen, port)))
            .OrderByDescending(server =>
                server.Listens.Exists(listen => ServerAddress.Covers(listen, port) && ServerAddress.IsOpen(listen))
            )
            .ThenBy(server => server.Name, StringComparer.Ordinal)
            .ToSeq();
        return suitable
            .HeadOrNone()
            .Match<RoutingPlace>(
                server => new RoutingPlace.Missing(server.Name, server.HasRoutes, entityTag),
                () => new RoutingPlace.NoServer(Describe(all))
            );
    }

    private static Seq<Server> Servers(string json)
    {
        try
        {
            return JsonNode.Parse(json) is JsonObject servers
                ? servers.Select(server => Read(server.Key, server.Value as JsonObject)).ToSeq()
                : Seq<Server>();
        }
        catch (JsonException)
        {
            return Seq<Server>();
        }
    }

    private static Server Read(string name, JsonObject? server) =>
        new(
            name,
            (server?["listen"] as JsonArray)?.Select(listen => listen?.ToString() ?? "").ToSeq() ?? Seq<string>(),
            server?["routes"] is JsonArray
        );

    private static string Describe(Seq<Server> servers) =>
        servers.IsEmpty ? "no server" : string.Join("; ", servers.Map(Describe));

    private static string Describe(Server server) =>
        $"{server.Name} on {(server.Listens.IsEmpty ? "nothing" : string.Join(", ", server.Listens))}";

    private sealed record Server(string Name, Seq<string> Listens, bool HasRoutes);
}
