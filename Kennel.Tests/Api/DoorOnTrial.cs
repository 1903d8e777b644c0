using System.Collections.Concurrent;
using System.Net.Sockets;
using Kennel.Core.Configuration;
using Kennel.Core.Routing;
using Kennel.Shell.Api;
using Kennel.Tests.Caddy;

namespace Kennel.Tests.Api;

/// <summary>The socket at which Caddy asks, with short limits, and requests as Caddy makes them.</summary>
internal sealed class DoorOnTrial : IAsyncDisposable
{
    /// <summary>Two may wake at once and two more wait; short times.</summary>
    public static readonly WakeLimits Short = WakeLimits.Of(WakeConfiguration.Default) with
    {
        WakesMax = 2,
        QueuedMax = 2,
        RequestsMax = 60,
        TurnLimit = TimeSpan.FromSeconds(20),
        WakeLimit = TimeSpan.FromSeconds(20),
        BrowserPatience = TimeSpan.FromMilliseconds(200),
    };

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("door");
    private readonly HttpClient _client;
    private readonly WakeLimits _limits;
    private WakeServer? _server;

    private DoorOnTrial(string? socket, WakeLimits limits)
    {
        Socket = socket ?? Path.Combine(_directory.FullName, "wake.sock");
        _limits = limits;
        _client = new HttpClient(new SocketsHttpHandler { ConnectCallback = Connect })
        {
            Timeout = TimeSpan.FromSeconds(60),
        };
    }

    public HandWaker Waker { get; } = new();

    public ConcurrentQueue<string> Complaints { get; } = [];

    public string Socket { get; }

    public static async Task<DoorOnTrial> Open(WakeLimits limits, string? socket = null)
    {
        var door = new DoorOnTrial(socket, limits);
        await door.Open();
        return door;
    }

    /// <summary>Opens the door that was closed.</summary>
    public async Task Open() => _server = await WakeServer.Start(Socket, Waker, _limits, Complaints.Enqueue, default);

    /// <summary>Asks as Caddy does for a request.</summary>
    public async Task<Page> Ask(
        string host,
        string accept = "*/*",
        string method = "GET",
        string agent = "curl/8",
        CancellationToken cancellation = default
    )
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "http://kennel/wake");
        request.Headers.Host = host;
        request.Headers.TryAddWithoutValidation(WakeDoor.MethodHeader, method);
        request.Headers.TryAddWithoutValidation("Accept", accept);
        request.Headers.TryAddWithoutValidation("User-Agent", agent);
        using var response = await _client.SendAsync(request, cancellation);
        return await Page.Of(response);
    }

    /// <summary>Asks as Caddy does for a browser.</summary>
    public Task<Page> Browse(string host) => Ask(host, "text/html,application/xhtml+xml,*/*;q=0.8");

    /// <summary>Waits until so many were asked for in all.</summary>
    public Task UntilAsked(int count) =>
        CaddyProcess.Until(
            () => Task.FromResult(Waker.Asked.Count >= count),
            () => $"only {Waker.Asked.Count} of {count} were asked for"
        );

    /// <summary>Waits until so many requests are held.</summary>
    public Task UntilHeld(int count) =>
        CaddyProcess.Until(
            () => Task.FromResult(_server?.Held == count),
            () => $"{_server?.Held} and not {count} are held"
        );

    /// <summary>Closes the door, and nothing else.</summary>
    public async Task Close()
    {
        if (_server is { } server)
            await server.DisposeAsync();
        _server = null;
    }

    public async ValueTask DisposeAsync()
    {
        await Close();
        _client.Dispose();
        _directory.Delete(recursive: true);
    }

    private async ValueTask<Stream> Connect(SocketsHttpConnectionContext context, CancellationToken cancellation)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await socket.ConnectAsync(new UnixDomainSocketEndPoint(Socket), cancellation);
        return new NetworkStream(socket, ownsSocket: true);
    }
}
