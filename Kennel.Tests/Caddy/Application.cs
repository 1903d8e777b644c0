using System.Net.WebSockets;
using Kennel.Core.Routing;
using Kennel.Tests.Routing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Kennel.Tests.Caddy;

/// <summary>A small web application behind Caddy.</summary>
internal sealed class Application : IAsyncDisposable
{
    private readonly WebApplication _application;

    private Application(WebApplication application) => _application = application;

    public int Port => new Uri(_application.Urls.First()).Port;

    public Route Route => Rows.Service(Port);

    /// <summary>Starts one that tells its name and the headers it was sent.</summary>
    public static async Task<Application> Start(string name)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var application = builder.Build();
        application.UseWebSockets();
        application.Map("/ticks", Ticks);
        application.Map("/socket", Echo);
        application.MapFallback((HttpContext http) => Results.Text($"{name}\n{Headers(http)}"));
        await application.StartAsync();
        return new Application(application);
    }

    public ValueTask DisposeAsync() => _application.DisposeAsync();

    private static string Headers(HttpContext http) =>
        string.Join('\n', http.Request.Headers.Select(header => $"{header.Key}: {header.Value}"));

    private static async Task Ticks(HttpContext http)
    {
        http.Response.ContentType = "text/plain";
        for (var number = 0; !http.RequestAborted.IsCancellationRequested; number++)
        {
            await http.Response.WriteAsync($"{number}\n", http.RequestAborted);
            await http.Response.Body.FlushAsync(http.RequestAborted);
            await Task.Delay(20, http.RequestAborted);
        }
    }

    private static async Task Echo(HttpContext http)
    {
        using var socket = await http.WebSockets.AcceptWebSocketAsync();
        var buffer = new byte[1024];
        while (socket.State == WebSocketState.Open)
        {
            var received = await socket.ReceiveAsync(buffer, http.RequestAborted);
            if (received.MessageType != WebSocketMessageType.Close)
                await socket.SendAsync(
                    buffer.AsMemory(0, received.Count),
                    WebSocketMessageType.Text,
                    true,
                    http.RequestAborted
                );
        }
    }
}
