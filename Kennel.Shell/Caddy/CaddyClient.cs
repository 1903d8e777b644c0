using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using Kennel.Core.Domain;
using Kennel.Core.Planning;
using Kennel.Core.Ports;
using Kennel.Core.Routing;
using Action = Kennel.Core.Planning.Action;

namespace Kennel.Shell.Caddy;

/// <summary>
/// The real Caddy: its admin endpoint, and the directory of routes that it reads at each request. Only what leads it there
/// is written to its configuration.
/// </summary>
public sealed class CaddyClient : ICaddy, IDisposable
{
    private const string Caddy = nameof(Caddy);
    private const string Routes = "the directory of routes";
    private const string Changed = "its configuration changed meanwhile; the next pass looks again";
    private const string SubtreePath = "/id/" + RoutingDocument.Id;
    private const string ServersPath = "/config/apps/http/servers";

    private readonly AdminEndpoint _admin;
    private readonly Port _webPort;

    private readonly RoutingDocument _document;
    private readonly RoutesDirectory _routes;

    /// <summary>A client that connects when it is first asked.</summary>
    public CaddyClient(CaddyOptions options)
    {
        _admin = new AdminEndpoint(options.AdminAddress, options.TimeoutSeconds);
        _webPort = options.WebPort;
        _document = new RoutingDocument(options.Routes, options.WakeSocket);
        _routes = new RoutesDirectory(options.Routes, options.Store);
        Served = options.Served;
    }

    /// <summary>The host names that are served, in memory.</summary>
    public ServedHosts Served { get; }

    /// <summary>Publishes what was served before Kennel started: certificates are asked for before anything was looked at.</summary>
    public void Remember() => _routes.Read().IfRight(found => Served.Publish(found.Table));

    /// <inheritdoc/>
    public async Task<Observation<ObservedRouting>> Routing(CancellationToken cancellation) =>
        (await Place(cancellation)).Match(
            place =>
                _routes
                    .Read()
                    .Match(
                        found =>
                        {
                            Served.Publish(found.Table);
                            return Observation.Known(new ObservedRouting(place, found.Version, found.Table));
                        },
                        Observation.Unknown<ObservedRouting>
                    ),
            Observation.Unknown<ObservedRouting>
        );

    /// <inheritdoc/>
    public async Task<Observation<Map<Port, int>>> Connections(CancellationToken cancellation)
    {
        var reply = await _admin.Read("/reverse_proxy/upstreams", cancellation);
        return reply is AdminReply.Answer { IsSuccess: true } answer
            ? Upstreams.Read(answer.Body)
            : Observation.Unknown<Map<Port, int>>(Explain(reply));
    }

    /// <inheritdoc/>
    public async Task<Effect> Write(Action.WriteRoutes action, CancellationToken cancellation) =>
        await (await Place(cancellation)).Match(
            async place =>
                place == action.Place
                    ? await _routes
                        .Switch(action.Version, action.Table)
                        .Match(
                            _ =>
                            {
                                Served.Publish(action.Table);
                                return Lead(place, cancellation);
                            },
                            reason => Task.FromResult(Effect.Refused(Routes, reason))
                        )
                    : Effect.Refused(Caddy, Changed),
            reason => Task.FromResult(Effect.Unreachable(Caddy, reason))
        );

    /// <inheritdoc/>
    public void Dispose() => _admin.Dispose();

    private async Task<Effect> Lead(RoutingPlace where, CancellationToken cancellation) =>
        where switch
        {
            RoutingPlace.Present { IsCurrent: true } => Effect.Happened,
            RoutingPlace.Present place => Ended(
                await _admin.Write(HttpMethod.Patch, SubtreePath, place.EntityTag, _document.Text, cancellation)
            ),
            RoutingPlace.Missing place => Ended(
                await _admin.Write(
                    HttpMethod.Post,
                    AppendPath(place),
                    place.EntityTag,
                    $"[{_document.Text}]",
                    cancellation
                )
            ),
            RoutingPlace.NoServer place => Effect.Refused(Caddy, $"no server for Kennel's routes: {place.Listens}"),
            _ => throw new UnreachableException(),
        };

    private async Task<Observation<RoutingPlace>> Place(CancellationToken cancellation)
    {
        var reply = await _admin.Read(SubtreePath, cancellation);
        return reply switch
        {
            AdminReply.Answer { IsSuccess: true } subtree => Observation.Known<RoutingPlace>(
                new RoutingPlace.Present(subtree.EntityTag, _document.IsCurrent(subtree.Body))
            ),
            AdminReply.Answer { Status: 404 } => await PlaceForSubtree(cancellation),
            _ => Observation.Unknown<RoutingPlace>(Explain(reply)),
        };
    }

    private async Task<Observation<RoutingPlace>> PlaceForSubtree(CancellationToken cancellation)
    {
        var reply = await _admin.Read(ServersPath, cancellation);
        return reply switch
        {
            AdminReply.Answer { IsSuccess: true } answer => Observation.Known(
                ServerSearch.Find(answer.Body, answer.EntityTag, _webPort)
            ),
            // Caddy runs without any HTTP server: the path to them leads nowhere.
            AdminReply.Answer { Status: 400 } answer
                when answer.Body.Contains("invalid traversal path", StringComparison.Ordinal) => Observation.Known(
                ServerSearch.Find("null", "", _webPort)
            ),
            _ => Observation.Unknown<RoutingPlace>(Explain(reply)),
        };
    }

    // The dots append to the list where there is one and make it where there is none, always at the end.
    private static string AppendPath(RoutingPlace.Missing place) =>
        $"{ServersPath}/{Uri.EscapeDataString(place.Server)}/routes/...";

    private static Effect Ended(AdminReply reply) =>
        reply switch
        {
            AdminReply.Answer { IsSuccess: true } => Effect.Happened,
            AdminReply.Answer { Status: 412 } => Effect.Refused(Caddy, Changed),
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
