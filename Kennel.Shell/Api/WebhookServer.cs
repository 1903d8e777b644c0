using System.Net;
using System.Net.Sockets;
using Kennel.Core.Configuration;
using Kennel.Core.Forge;
using Kennel.Shell.Caddy;
using Kennel.Shell.Store;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Net.Http.Headers;

namespace Kennel.Shell.Api;

/// <summary>
/// The address that the forge delivers to, <c>POST /webhook</c> and <c>/webhook/{project}</c>, and at which the web server
/// asks what certificates it may have.
/// </summary>
public sealed class WebhookServer : IAsyncDisposable
{
    private const string Path = "/webhook";
    private const string ContentType = "application/json";
    private const long ConnectionsMax = 512;
    private const long HeldBytesMax = 96L << 20;
    private const double SlowestBytesPerSecond = 1024;
    private static readonly TimeSpan HeaderLimit = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan IdleLimit = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan BodyLimit = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(5);

    private readonly WebApplication _application;
    private readonly DeliveryWriter _writer;
    private readonly WebhookHandler _handler;
    private readonly RefusalCounter _refusals;
    private readonly DeliveryBodies _bodies;
    private readonly Action<string> _complain;
    private readonly ServedHosts _served;

    private WebhookServer(WebhookParts parts, WebApplication application, TimeSpan bodyLimit)
    {
        _application = application;
        _complain = parts.Complain;
        _served = parts.Served;
        _refusals = new RefusalCounter(parts.Clock, parts.Complain);
        _writer = new DeliveryWriter(parts.Database, DeliveryInbox.RowsKept, parts.Complain);
        _handler = new WebhookHandler(parts, _writer, _refusals);
        _bodies = new DeliveryBodies(bodyLimit, HeldBytesMax);
        application.Run(Serve);
    }

    /// <summary>Which deliveries were refused since the start.</summary>
    public IRefusedDeliveries Refused => _refusals;

    /// <summary>The port it listens on.</summary>
    public int Port { get; private set; }

    /// <summary>Begins to serve; returns when connections are accepted.</summary>
    /// <exception cref="IOException">The address cannot be had.</exception>
    public static Task<WebhookServer> Start(
        ApiConfiguration address,
        WebhookParts parts,
        CancellationToken cancellation
    ) => Start(address.Host, address.Port.Number, parts, BodyLimit, cancellation);

    internal static async Task<WebhookServer> Start(
        string host,
        int port,
        WebhookParts parts,
        TimeSpan bodyLimit,
        CancellationToken cancellation
    )
    {
        var application = Build(EndPointOf(host, port));
        var server = new WebhookServer(parts, application, bodyLimit);
        try
        {
            await application.StartAsync(cancellation);
            server.Port = PortOf(application);
            return server;
        }
        catch (Exception error) when (error is IOException or SocketException)
        {
            await server.DisposeAsync();
            throw new IOException(Explain(host, port, error), error);
        }
    }

    public async ValueTask DisposeAsync()
    {
        using var limit = new CancellationTokenSource(StopLimit);
        await _application.StopAsync(limit.Token);
        await _application.DisposeAsync();
        await _writer.DisposeAsync();
        _handler.Dispose();
    }

    private static WebApplication Build(IPEndPoint address)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            // Who sends somewhat too much shall come to read the answer; who sends far too much is cut off.
            kestrel.Limits.MaxRequestBodySize = 4 * ForgeEvents.BodyBytesMax;
            kestrel.Limits.MaxConcurrentConnections = ConnectionsMax;
            kestrel.Limits.RequestHeadersTimeout = HeaderLimit;
            // Connections are counted, and who holds an idle one has proven nothing.
            kestrel.Limits.KeepAliveTimeout = IdleLimit;
            kestrel.Limits.MinRequestBodyDataRate = new MinDataRate(SlowestBytesPerSecond, HeaderLimit);
            kestrel.Listen(address, listen => listen.Protocols = HttpProtocols.Http1);
        });
        return builder.Build();
    }

    private async Task Serve(HttpContext http)
    {
        try
        {
            if (http.Request.Path == CertificateQuestions.Path)
                await CertificateQuestions.Answer(http, _served);
            else
                await (await Answer(http)).ExecuteAsync(http);
        }
        catch (Exception error)
            when (error is OperationCanceledException or IOException && http.RequestAborted.IsCancellationRequested)
        {
            // Nobody waits for the answer any more.
        }
        catch (Exception error) when (!http.Response.HasStarted)
        {
            _complain($"{http.Request.Method} {http.Request.Path} failed: {error}");
            http.Response.StatusCode = StatusCodes.Status500InternalServerError;
        }
    }

    private Task<IResult> Answer(HttpContext http)
    {
        var named = NameIn(http.Request.Path.Value ?? "");
        return named.IsNone ? Task.FromResult(WebhookAnswers.Problem(http, WebhookAnswers.NoSuchPath))
            : !HttpMethods.IsPost(http.Request.Method)
                ? Task.FromResult(WebhookAnswers.Problem(http, WebhookAnswers.WrongMethod))
            : !IsJson(http.Request.ContentType) ? Unread(http, WebhookAnswers.WrongType)
            : _bodies.With(
                http,
                body => _handler.Answer(http, named.Flatten(), body),
                problem => Unread(http, problem)
            );
    }

    private Task<IResult> Unread(HttpContext http, ApiProblem problem)
    {
        _refusals.TellUnread(problem);
        return Task.FromResult(WebhookAnswers.Problem(http, problem));
    }

    /// <summary>The project that a path names, if any; nothing where the path is another one altogether.</summary>
    private static Option<Option<string>> NameIn(string path)
    {
        if (path is Path or Path + "/")
            return Some(Option<string>.None);
        var name = path.StartsWith(Path + "/", StringComparison.Ordinal) ? path[(Path.Length + 1)..] : "";
        return name.Length > 0 && !name.Contains('/', StringComparison.Ordinal) ? Some(Some(name)) : None;
    }

    private static bool IsJson(string? contentType) =>
        MediaTypeHeaderValue.TryParse(contentType, out var type)
        && type.MediaType.Equals(ContentType, StringComparison.OrdinalIgnoreCase);

    private static IPEndPoint EndPointOf(string host, int port) =>
        IPAddress.TryParse(host == "localhost" ? "127.0.0.1" : host, out var address)
            ? new IPEndPoint(address, port)
            : throw new IOException(
                $"api.host is \"{host}\"; it must be an IP address such as 127.0.0.1, or localhost."
            );

    private static string Explain(string host, int port, Exception error) =>
        (error.InnerException ?? error)
            is AddressInUseException
                or SocketException { SocketErrorCode: SocketError.AddressAlreadyInUse }
            ? $"{host}:{port} is in use by another program; end that program, or set api.port to a free port."
            : $"{host}:{port} cannot be listened on ({error.Message}); check api.host and api.port.";

    private static int PortOf(WebApplication application) =>
        application
            .Services.GetRequiredService<IServer>()
            .Features.Get<IServerAddressesFeature>()!
            .Addresses.Select(address => BindingAddress.Parse(address).Port)
            .First();
}
