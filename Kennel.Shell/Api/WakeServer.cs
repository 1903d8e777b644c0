using Kennel.Core.Domain;
using Kennel.Core.Lifecycle;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Kennel.Shell.Api;

/// <summary>
/// The socket at which the web server asks about branches that sleep. Whoever reaches it can do what any visitor can:
/// it tells nothing but an address, and wakes what a request would wake. So every user of this host may.
/// </summary>
public sealed class WakeServer : IAsyncDisposable
{
    private const long ConnectionsBesides = 256;
    private const UnixFileMode Mode =
        UnixFileMode.UserRead
        | UnixFileMode.UserWrite
        | UnixFileMode.GroupRead
        | UnixFileMode.GroupWrite
        | UnixFileMode.OtherRead
        | UnixFileMode.OtherWrite;
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(5);

    private readonly WebApplication _application;
    private readonly SharedWakes _wakes;
    private readonly WakeLimits _limits;

    private WakeServer(WebApplication application, SharedWakes wakes, WakeLimits limits)
    {
        (_application, _wakes, _limits) = (application, wakes, limits);
        application.Run(Serve);
    }

    /// <summary>Begins to serve; returns when the socket accepts connections.</summary>
    /// <param name="path">The socket.</param>
    /// <param name="waker">Wakes branches.</param>
    /// <param name="limits">How many, and for how long.</param>
    /// <param name="complain">Takes what went wrong, for the log.</param>
    /// <param name="cancellation">Ends the start.</param>
    /// <exception cref="IOException">The socket cannot be had.</exception>
    public static async Task<WakeServer> Start(
        string path,
        IWaker waker,
        WakeLimits limits,
        Action<string> complain,
        CancellationToken cancellation
    )
    {
        await SocketFile.MakeRoom(path, cancellation);
        var server = new WakeServer(Build(path, limits), new SharedWakes(waker, limits, complain), limits);
        try
        {
            await server._application.StartAsync(cancellation);
            File.SetUnixFileMode(path, Mode);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>How many requests are held now.</summary>
    internal int Held => _wakes.Held;

    public async ValueTask DisposeAsync()
    {
        await _wakes.Stop();
        using var limit = new CancellationTokenSource(StopLimit);
        await _application.StopAsync(limit.Token);
        await _application.DisposeAsync();
        _wakes.Dispose();
    }

    private static WebApplication Build(string path, WakeLimits limits)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = 0;
            kestrel.Limits.MaxConcurrentConnections = limits.RequestsMax + ConnectionsBesides;
            kestrel.ListenUnixSocket(path, listen => listen.Protocols = HttpProtocols.Http1);
        });
        return builder.Build();
    }

    private async Task Serve(HttpContext http)
    {
        try
        {
            await Answer(http);
        }
        catch (OperationCanceledException)
        {
            // Nobody waits for the answer any more, or Kennel stops: the web server may then ask the next one.
            http.Abort();
        }
    }

    private async Task Answer(HttpContext http)
    {
        var pages = new WakePages(http);
        if (KnownBots.IsBot(http.Request.Headers.UserAgent.ToString()))
            await pages.ForBots();
        else
            await HostName
                .Parse("Host", http.Request.Host.Host)
                .Match(host => Answer(http, pages, host), _ => pages.NotDeployed());
    }

    private async Task Answer(HttpContext http, WakePages pages, HostName host)
    {
        var patience = pages.IsForBrowser ? _limits.BrowserPatience : _limits.WakeLimit;
        var answer = await _wakes.Wait(host, patience, http.RequestAborted);
        await (
            answer switch
            {
                DoorAnswer.Told { Answer: WakeAnswer.Ready ready } => pages.Ready(ready.Port),
                DoorAnswer.Told { Answer: WakeAnswer.Failed failed } => pages.Failed(failed),
                DoorAnswer.Told { Answer: WakeAnswer.NotDeployed } => pages.NotDeployed(),
                DoorAnswer.StillWaking => pages.StillWaking(),
                DoorAnswer.Busy => pages.Busy(),
                _ => throw new System.Diagnostics.UnreachableException(),
            }
        );
    }
}
