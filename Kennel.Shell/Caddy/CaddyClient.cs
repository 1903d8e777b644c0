using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using Kennel.Core.Domain;
using Kennel.Core.Planning;
using Kennel.Core.Ports;
using Kennel.Core.Routing;
using Action = Kennel.Core.Planning.Action;

namespace Kennel.Shell.Caddy;

/// <summary>The real Caddy, through its admin endpoint.</summary>
public sealed class CaddyClient : ICaddy, IDisposable
{
    private const string Caddy = nameof(Caddy);
    private const string SubtreePath = "/id/" + RoutingDocument.Id;
    private const string ServersPath = "/config/apps/http/servers";

    private readonly AdminEndpoint _admin;
    private readonly Port _webPort;

    // Reading 5,000 rows takes far longer than fetching them; the same entity tag means the same text.
    private ObservedRouting? _lastSeen;

    /// <summary>A client that connects when it is first asked.</summary>
    public CaddyClient(CaddyOptions options)
    {
        _admin = new AdminEndpoint(options.AdminAddress, options.TimeoutSeconds);
        _webPort = options.WebPort;
    }

    /// <inheritdoc/>
    public async Task<Observation<ObservedRouting>> Routing(CancellationToken cancellation)
    {
        var reply = await _admin.Read(SubtreePath, cancellation);
        return reply switch
        {
            AdminReply.Answer { IsSuccess: true } subtree => Observation.Known(Seen(subtree)),
            AdminReply.Answer { Status: 404 } => await PlaceForSubtree(cancellation),
            _ => Observation.Unknown<ObservedRouting>(Explain(reply)),
        };
    }

    /// <inheritdoc/>
    public async Task<Observation<Map<Port, int>>> Connections(CancellationToken cancellation)
    {
        var reply = await _admin.Read("/reverse_proxy/upstreams", cancellation);
        return reply is AdminReply.Answer { IsSuccess: true } answer
            ? Upstreams.Read(answer.Body)
            : Observation.Unknown<Map<Port, int>>(Explain(reply));
    }

    /// <inheritdoc/>
    public async Task<Effect> Write(Action.WriteRoutes action, CancellationToken cancellation)
    {
        var subtree = RoutingDocument.Render(action.Table);
        return action.Place switch
        {
            RoutingPlace.Present place => Ended(
                await _admin.Write(HttpMethod.Patch, SubtreePath, place.EntityTag, subtree, cancellation)
            ),
            RoutingPlace.Missing place => Ended(
                await _admin.Write(HttpMethod.Post, AppendPath(place), place.EntityTag, $"[{subtree}]", cancellation)
            ),
            RoutingPlace.NoServer place => Effect.Refused(Caddy, $"no server for Kennel's routes: {place.Listens}"),
            _ => throw new UnreachableException(),
        };
    }

    /// <inheritdoc/>
    public void Dispose() => _admin.Dispose();

    private ObservedRouting Seen(AdminReply.Answer subtree)
    {
        var place = new RoutingPlace.Present(subtree.EntityTag);
        if (_lastSeen is { } last && subtree.EntityTag.Length > 0 && last.Place == place)
            return last;
        var content = RoutingDocument.Read(subtree.Body);
        return _lastSeen = new ObservedRouting(place, content.Table, content.IsCurrent);
    }

    private async Task<Observation<ObservedRouting>> PlaceForSubtree(CancellationToken cancellation)
    {
        var reply = await _admin.Read(ServersPath, cancellation);
        return reply switch
        {
            AdminReply.Answer { IsSuccess: true } answer => Nowhere(answer.Body, answer.EntityTag),
            // Caddy runs without any HTTP server: the path to them leads nowhere.
            AdminReply.Answer { Status: 400 } answer
                when answer.Body.Contains("invalid traversal path", StringComparison.Ordinal) => Nowhere("null", ""),
            _ => Observation.Unknown<ObservedRouting>(Explain(reply)),
        };
    }

    private Observation<ObservedRouting> Nowhere(string servers, string entityTag) =>
        Observation.Known(
            new ObservedRouting(ServerSearch.Find(servers, entityTag, _webPort), RoutingTable.Empty, IsCurrent: false)
        );

    // The dots append to the list where there is one and make it where there is none, always at the end.
    private static string AppendPath(RoutingPlace.Missing place) =>
        $"{ServersPath}/{Uri.EscapeDataString(place.Server)}/routes/...";

    private static Effect Ended(AdminReply reply) =>
        reply switch
        {
            AdminReply.Answer { IsSuccess: true } => Effect.Happened,
            AdminReply.Answer { Status: 412 } => Effect.Refused(
                Caddy,
                "its configuration changed meanwhile; the next pass looks again"
            ),
            AdminReply.Answer => Effect.Refused(Caddy, Explain(reply)),
            AdminReply.Unreachable unreachable => Effect.Unreachable(Caddy, unreachable.Detail),
            AdminReply.Unanswered unanswered => Effect.Unanswered(Caddy, unanswered.Detail),
            _ => throw new UnreachableException(),
        };

    private static string Explain(AdminReply reply) =>
        reply switch
        {
            AdminReply.Answer answer => $"status {answer.Status}: {Shorten(ErrorOf(answer.Body))}",
            AdminReply.Unreachable unreachable => unreachable.Detail,
            AdminReply.Unanswered unanswered => unanswered.Detail,
            _ => throw new UnreachableException(),
        };

    private static string ErrorOf(string body)
    {
        try
        {
            return JsonNode.Parse(body) is JsonObject fields && fields["error"] is { } error ? error.ToString() : body;
        }
        catch (JsonException)
        {
            return body;
        }
    }

    private static string Shorten(string text)
    {
        const int lengthMax = 500;
        return text.Length <= lengthMax ? text : $"{text[..lengthMax]}…";
    }
}
