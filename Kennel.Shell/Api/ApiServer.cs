using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.Timeouts;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using BadHttpRequestException = Microsoft.AspNetCore.Http.BadHttpRequestException;

namespace Kennel.Shell.Api;

/// <summary>The API on its unix socket.</summary>
public sealed class ApiServer : IAsyncDisposable
{
    private const long BodyBytesMax = 64 << 10;
    private const long ConnectionsMax = 256;
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan RequestLimit = TimeSpan.FromSeconds(60);

    private readonly WebApplication _application;
    private readonly CancellationTokenSource _stopping;
    private int _isDisposed;

    private ApiServer(WebApplication application, CancellationTokenSource stopping) =>
        (_application, _stopping) = (application, stopping);

    /// <summary>Begins to serve; returns when the socket accepts connections.</summary>
    /// <exception cref="IOException">The socket cannot be had.</exception>
    public static async Task<ApiServer> Start(ApiParts parts, CancellationToken cancellation)
    {
        var path = parts.Configuration.Socket;
        await SocketFile.MakeRoom(path, cancellation);
        var application = Build(path);
        application.UseExceptionHandler(errors => errors.Run(http => AnswerError(parts, http)));
        application.UseRouting();
        application.UseRequestTimeouts();
        var stopping = new CancellationTokenSource();
        var api = application.MapGroup("/v1");
        MapProjects(api, new ProjectHandlers(parts));
        MapRest(api, new RestHandlers(parts));
        Map(api, new Handlers(parts, stopping.Token));
        MapGarbage(api, new GarbageHandlers(parts));
        MapHistory(api, new HistoryHandlers(parts));
        MapMarks(api, new MarkHandlers(parts));
        MapDatabases(api, new DatabaseHandlers(parts));
        application.MapFallback(http => Answers.Problem(NoSuchPath(http)).ExecuteAsync(http));
        await application.StartAsync(cancellation);
        File.SetUnixFileMode(path, SocketFile.Mode);
        return new ApiServer(application, stopping);
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) == 1)
        {
            return;
        }
        // Whoever follows a log is told goodbye at once; other requests may finish.
        await _stopping.CancelAsync();
        using var limit = new CancellationTokenSource(StopLimit);
        await _application.StopAsync(limit.Token);
        await _application.DisposeAsync();
        _stopping.Dispose();
    }

    private static WebApplication Build(string path)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddRouting();
        builder.Services.AddRequestTimeouts(timeouts =>
            timeouts.DefaultPolicy = new RequestTimeoutPolicy
            {
                Timeout = RequestLimit,
                WriteTimeoutResponse = http => Answers.Problem(TimedOut()).ExecuteAsync(http),
            }
        );
        builder.WebHost.UseKestrelCore();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = BodyBytesMax;
            kestrel.Limits.MaxConcurrentConnections = ConnectionsMax;
            kestrel.ListenUnixSocket(path, listen => listen.Protocols = HttpProtocols.Http1);
        });
        return builder.Build();
    }

    private static void MapProjects(RouteGroupBuilder api, ProjectHandlers handlers)
    {
        api.MapGet("/projects", handlers.All);
        api.MapPost("/projects", (Delegate)handlers.Add);
        api.MapGet("/projects/{project}", handlers.Show);
        api.MapDelete("/projects/{project}", handlers.Remove);
    }

    private static void MapGarbage(RouteGroupBuilder api, GarbageHandlers handlers)
    {
        api.MapGet("/gc", handlers.Show);
        api.MapPost("/gc", (Delegate)handlers.Clear);
    }

    private static void MapRest(RouteGroupBuilder api, RestHandlers handlers)
    {
        api.MapPatch("/projects/{project}", handlers.SetPeriods);
        api.MapPost("/projects/{project}/wake", handlers.Wake);
        api.MapPost("/projects/{project}/hibernate", handlers.Hibernate);
    }

    private static void Map(RouteGroupBuilder api, Handlers handlers)
    {
        api.MapPost("/projects/{project}/deploy", handlers.Deploy);
        api.MapDelete("/projects/{project}/branches", handlers.RemoveBranch);
        api.MapGet("/plan", handlers.Plan);
        api.MapPost("/reconcile", handlers.Reconcile);
        api.MapGet("/status", handlers.Status);
        api.MapGet("/deployments", handlers.Deployments);
        api.MapGet("/builds", handlers.Builds);
        api.MapGet("/builds/{build:long}", handlers.Build);
        api.MapGet("/builds/{build:long}/log", handlers.BuildLog).DisableRequestTimeout();
        api.MapPost("/builds/{build:long}/cancel", handlers.Cancel);
        api.MapGet("/deliveries", handlers.Deliveries);
        api.MapGet("/why", handlers.Why);
        api.MapGet("/inventory", handlers.Inventory);
    }

    private static void MapHistory(RouteGroupBuilder api, HistoryHandlers handlers)
    {
        api.MapGet("/releases", handlers.Releases);
        api.MapGet("/secrets", handlers.Secrets);
        api.MapPost("/projects/{project}/rollback", handlers.RollBack);
        api.MapPost("/projects/{project}/unpin", handlers.Unpin);
        api.MapPost("/projects/{project}/redeploy", handlers.Redeploy);
        api.MapPost("/projects/{project}/restart", handlers.Restart);
    }

    private static void MapDatabases(RouteGroupBuilder api, DatabaseHandlers handlers)
    {
        api.MapGet("/database", handlers.Show);
        api.MapPost("/projects/{project}/database/dump", handlers.Dump);
        api.MapPost("/projects/{project}/database/reset", handlers.Reset);
    }

    private static void MapMarks(RouteGroupBuilder api, MarkHandlers handlers)
    {
        api.MapPost("/projects/{project}/lock", handlers.Lock);
        api.MapPost("/projects/{project}/unlock", handlers.Unlock);
        api.MapPost("/projects/{project}/maintenance", handlers.Maintenance);
        api.MapPost("/projects/{project}/keep", handlers.Keep);
    }

    private static ApiProblem NoSuchPath(HttpContext http) =>
        ApiProblem.Of(
            StatusCodes.Status404NotFound,
            "unknown-path",
            "There is no such thing",
            $"The API has no {http.Request.Method} {http.Request.Path}.",
            "Use a kennel command of the same version as the daemon: kennel --version."
        );

    private static ApiProblem TimedOut() =>
        ApiProblem.Of(
            StatusCodes.Status504GatewayTimeout,
            "timed-out",
            "Kennel took too long to answer",
            $"No answer within {RequestLimit.TotalSeconds} s; what was asked for may still happen.",
            "Look with kennel status and journalctl -u kennel."
        );

    private static Task AnswerError(ApiParts parts, HttpContext http)
    {
        var error = http.Features.Get<IExceptionHandlerFeature>()?.Error;
        if (error is BadHttpRequestException bad)
        {
            return Answers.Problem(BadRequest(bad)).ExecuteAsync(http);
        }
        if (error is OperationCanceledException && http.RequestAborted.IsCancellationRequested)
        {
            return Task.CompletedTask;
        }
        parts.Complain($"{http.Request.Method} {http.Request.Path} failed: {error}");
        var problem = ApiProblem.Of(
            StatusCodes.Status500InternalServerError,
            "internal-error",
            "Kennel could not answer",
            error?.Message ?? "unknown",
            "Look at journalctl -u kennel; if it stays, report it."
        );
        return Answers.Problem(problem).ExecuteAsync(http);
    }

    private static ApiProblem BadRequest(BadHttpRequestException error) =>
        ApiProblem.Of(
            error.StatusCode,
            error.StatusCode == StatusCodes.Status413PayloadTooLarge ? "too-large" : "invalid-request",
            "The request is not acceptable",
            error.Message,
            "Correct it and try again."
        );
}
