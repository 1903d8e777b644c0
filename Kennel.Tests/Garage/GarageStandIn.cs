using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Kennel.Tests.Garage;

/// <summary>
/// A server that behaves as Garage does, as far as buckets and keys go: its admin API in either version and the few S3
/// calls that fill and empty a bucket. It keeps state, checks tokens, signatures and rights, answers errors in Garage's
/// words, and can fail, hang and lose replies. Every request to the second version is held against Garage's own
/// descriptions, where they are at hand.
/// </summary>
internal sealed class GarageStandIn : IAsyncDisposable
{
    public const string Token = "the-administrators-token";

    private readonly WebApplication _application;
    private readonly List<string> _violations = [];
    private readonly List<string> _requests = [];

    private GarageStandIn(WebApplication application) => _application = application;

    public string Url => _application.Urls.Single();

    public GarageState State { get; } = new();

    /// <summary>Whether it knows the first version of the admin API alone.</summary>
    public bool IsFirstVersion { get; set; }

    /// <summary>An answer that is given instead of any other, to the paths that contain a text.</summary>
    public Func<string, IResult?> Instead { get; set; } = _ => null;

    /// <summary>The path whose requests are carried out and never answered.</summary>
    public string? LostPath { get; set; }

    /// <summary>Whether it answers nobody.</summary>
    public bool Hangs { get; set; }

    /// <summary>What was asked, as method, path and query.</summary>
    public IReadOnlyList<string> Requests => _requests;

    /// <summary>What about the requests was not as described.</summary>
    public IReadOnlyList<string> Violations => _violations;

    public static async Task<GarageStandIn> Start()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var standIn = new GarageStandIn(builder.Build());
        standIn._application.MapFallback("{**path}", async http => await standIn.Serve(http));
        await standIn._application.StartAsync();
        return standIn;
    }

    public async ValueTask DisposeAsync()
    {
        Hangs = false;
        await _application.DisposeAsync();
    }

    private async Task Serve(HttpContext http)
    {
        while (Hangs)
            await Task.Delay(20, http.RequestAborted);
        var body = await new StreamReader(http.Request.Body).ReadToEndAsync();
        var path = http.Request.Path.Value!;
        lock (_requests)
            _requests.Add($"{http.Request.Method} {path}{http.Request.QueryString}");
        var result = Instead(path) ?? Answer(http, path, body);
        if (LostPath is { } lost && path.Contains(lost, StringComparison.Ordinal))
        {
            http.Abort();
            return;
        }
        await result.ExecuteAsync(http);
    }

    private IResult Answer(HttpContext http, string path, string body)
    {
        if (!path.StartsWith("/v1/", StringComparison.Ordinal) && !path.StartsWith("/v2/", StringComparison.Ordinal))
            return S3Answers.Of(State, http, body);
        if (http.Request.Headers.Authorization.ToString() != $"Bearer {Token}")
            return Error(403, "AccessDenied", "Forbidden: Invalid bearer token");
        if (IsFirstVersion != path.StartsWith("/v1/", StringComparison.Ordinal))
            return Error(400, "InvalidRequest", $"Bad request: Unknown API endpoint: {path}");
        if (!IsFirstVersion)
            _violations.AddRange(
                GarageDescription.All.SelectMany(it =>
                    it.Violations(http.Request.Method, path, http.Request.Query.Keys, body)
                )
            );
        var value = body.Length > 0 ? JsonNode.Parse(body)!.AsObject() : [];
        var id = http.Request.Query["id"].ToString();
        var isSecretShown = http.Request.Query["showSecretKey"] == "true";
        return (http.Request.Method, path, http.Request.Query.ContainsKey("list")) switch
        {
            ("GET", "/v2/ListBuckets", _) or ("GET", "/v1/bucket", true) => Results.Json(State.ListBuckets()),
            ("GET", "/v2/ListKeys", _) or ("GET", "/v1/key", true) => Results.Json(State.ListKeys()),
            ("GET", "/v2/GetBucketInfo", _) or ("GET", "/v1/bucket", _) => Told(State.BucketInfo(id)),
            ("GET", "/v2/GetKeyInfo", _) or ("GET", "/v1/key", _) => Told(State.KeyInfo(id, isSecretShown)),
            ("POST", "/v2/CreateKey", _) or ("POST", "/v1/key", _) => Told(State.CreateKey((string?)value["name"])),
            ("POST", "/v2/CreateBucket", _) or ("POST", "/v1/bucket", _) => Told(State.CreateBucket(value)),
            ("POST", "/v2/AllowBucketKey", _) or ("POST", "/v1/bucket/allow", _) => Told(State.Allow(value)),
            ("POST", "/v2/DeleteBucket", _) or ("DELETE", "/v1/bucket", _) => Done(State.DeleteBucket(id)),
            ("POST", "/v2/DeleteKey", _) or ("DELETE", "/v1/key", _) => Done(State.DeleteKey(id)),
            _ => Error(400, "InvalidRequest", $"Bad request: Unknown API endpoint: {path}"),
        };
    }

    private static IResult Told(Either<GarageError, object> answer) =>
        answer.Match(value => Results.Json(value), Refused);

    private IResult Done(Either<GarageError, object> answer) =>
        answer.Match(_ => IsFirstVersion ? Results.NoContent() : Results.Content("null", "application/json"), Refused);

    private static IResult Refused(GarageError error) => Error(error.Status, error.Code, error.Message);

    private static IResult Error(int status, string code, string message) =>
        Results.Json(
            new
            {
                code,
                message,
                region = "garage",
                path = "/",
            },
            statusCode: status
        );
}
