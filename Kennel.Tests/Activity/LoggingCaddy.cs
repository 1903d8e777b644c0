using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using Kennel.Core.Configuration;
using Kennel.Core.Domain;
using Kennel.Core.Routing;
using Kennel.Shell.Activity;
using Kennel.Tests.Caddy;
using Kennel.Tests.Routing;

namespace Kennel.Tests.Activity;

/// <summary>A Caddy with the logging that is installed, but for the port, and what listens to it.</summary>
internal sealed class LoggingCaddy : IAsyncDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private ActivityListener? _listener;
    private Task _running = Task.CompletedTask;

    private LoggingCaddy(CaddyProcess caddy, int port) => (Caddy, LogPort) = (caddy, port);

    public CaddyProcess Caddy { get; }

    /// <summary>Where Caddy sends to.</summary>
    public int LogPort { get; }

    public RequestMemory Memory { get; } = new(TimeProvider.System, TimeSpan.FromSeconds(1));

    /// <summary>What the listener complained of.</summary>
    public List<string> Complaints { get; } = [];

    /// <summary>How many datagrams made no sense to the listener.</summary>
    public long Rubbish => _listener?.Rubbish ?? 0;

    public static async Task<LoggingCaddy> Start(RoutingTable table, bool isLogging = true)
    {
        var port = FreePort();
        var installed = await File.ReadAllTextAsync(Checkout.Path("packaging", "caddy.json"));
        var packaged = JsonNode.Parse(installed.Replace("9514", $"{port}", StringComparison.Ordinal))!;
        var caddy = await CaddyProcess.StartWith(
            it => new JsonObject
            {
                ["web"] = new JsonObject
                {
                    ["listen"] = new JsonArray($"127.0.0.1:{it.WebPort}"),
                    ["automatic_https"] = new JsonObject { ["disable"] = true },
                    ["logs"] = isLogging
                        ? packaged["apps"]!["http"]!["servers"]!["kennel"]!["logs"]!.DeepClone()
                        : null,
                    ["routes"] = new JsonArray(),
                },
            },
            packaged["logging"]!.AsObject()
        );
        await CaddySites.Serve(caddy, table);
        return new LoggingCaddy(caddy, port);
    }

    /// <summary>Begins to listen, at a socket that was open before or at one of its own.</summary>
    public void Listen(Socket? held = null)
    {
        var options = new ActivityOptions(
            new ActivityConfiguration(Rows.Port(LogPort), 1),
            Rows.Host("apps.test"),
            Caddy.WebPort
        )
        {
            RecordLimit = TimeSpan.FromSeconds(2),
        };
        _listener = new ActivityListener(options, Memory, Complaints.Add);
        _running = held is null ? _listener.Run(_stopping.Token) : _listener.Run(held, _stopping.Token);
    }

    /// <summary>Waits until it is proven that records arrive.</summary>
    public Task UntilProven() =>
        CaddyProcess.Until(() => Task.FromResult(Hosts().IsSome), () => $"no proof: {Memory.Requests}");

    /// <summary>Waits until a host was used.</summary>
    public Task UntilUsed(string host) =>
        CaddyProcess.Until(
            () => Task.FromResult(Hosts().Exists(hosts => hosts.ContainsKey(Rows.Host(host)))),
            () => $"{host} was not used: {Memory.Requests}"
        );

    /// <summary>The hosts that were used, if that is known.</summary>
    public Option<Map<HostName, DateTimeOffset>> Hosts() => Memory.Requests.ToOption();

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _listener?.Dispose();
        await Caddy.DisposeAsync();
        _stopping.Dispose();
    }

    private static int FreePort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }
}
