using System.Collections.Concurrent;
using Kennel.Core.Routing;
using Kennel.Tests.Api;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Kennel.Tests.Caddy;

/// <summary>A Caddy, the door at which it asks, and the application that is asked for.</summary>
internal sealed class AsleepWorld : IAsyncDisposable
{
    private readonly WebApplication _application;

    private AsleepWorld(CaddyProcess caddy, DoorOnTrial door)
    {
        (Caddy, Door) = (caddy, door);
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        _application = builder.Build();
        _application.Run(Serve);
    }

    public CaddyProcess Caddy { get; }

    public DoorOnTrial Door { get; }

    public int Port => new Uri(_application.Urls.First()).Port;

    /// <summary>The bodies that the application received.</summary>
    public ConcurrentQueue<byte[]> Bodies { get; } = [];

    public static async Task<AsleepWorld> Start(RoutingTable table)
    {
        var caddy = await CaddySites.Serving(table);
        var door = await DoorOnTrial.Open(DoorOnTrial.Short, CaddySites.WakeSocket(caddy));
        var world = new AsleepWorld(caddy, door);
        await world._application.StartAsync();
        return world;
    }

    /// <summary>The application is ready, now and from now on.</summary>
    public void Awake() => Door.Waker.Ready("app.test", Port);

    public async ValueTask DisposeAsync()
    {
        await _application.DisposeAsync();
        await Door.DisposeAsync();
        await Caddy.DisposeAsync();
    }

    private async Task Serve(HttpContext http)
    {
        if (http.Request.Path == "/slow")
            await Task.Delay(2000);
        var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body);
        Bodies.Enqueue(body.ToArray());
        var headers = string.Join('\n', http.Request.Headers.Select(header => $"{header.Key}: {header.Value}"));
        await http.Response.WriteAsync(
            $"{http.Request.Method} {http.Request.Path}{http.Request.QueryString} {body.Length}\n{headers}"
        );
    }
}
