using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Kennel.Tests.Forgejo;

/// <summary>
/// A server that behaves as Forgejo's API does, as far as webhooks of repositories go: it keeps them, checks the token and
/// its scope, and answers errors in Forgejo's words. Every request is held against Forgejo's own description, where that
/// is at hand.
/// </summary>
internal sealed class ForgejoStandIn : IAsyncDisposable
{
    public const string Token = "0123456789abcdef0123456789abcdef01234567";

    private readonly WebApplication _application;
    private readonly List<string> _violations = [];
    private readonly List<string> _requests = [];
    private readonly Dictionary<string, List<StandInHook>> _repositories = new(StringComparer.OrdinalIgnoreCase)
    {
        ["club/hello"] = [],
    };
    private long _lastId = 100;

    private ForgejoStandIn(WebApplication application) => _application = application;

    public string Url => _application.Urls.Single();

    /// <summary>What the token may do.</summary>
    public IReadOnlyList<string> Scopes { get; set; } = ["write:repository"];

    /// <summary>Whether the repositories are archived.</summary>
    public bool IsArchived { get; set; }

    /// <summary>The most that a page holds, whatever is asked for.</summary>
    public int PageMax { get; set; } = 50;

    /// <summary>An answer that is given instead of any other.</summary>
    public Func<HttpContext, IResult>? Instead { get; set; }

    /// <summary>What was asked, as method and path.</summary>
    public IReadOnlyList<string> Requests => _requests;

    /// <summary>What about the requests was not as described.</summary>
    public IReadOnlyList<string> Violations => _violations;

    /// <summary>The webhooks of <c>club/hello</c>.</summary>
    public IReadOnlyList<StandInHook> Hooks => _repositories["club/hello"];

    public static async Task<ForgejoStandIn> Start()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var standIn = new ForgejoStandIn(builder.Build());
        standIn._application.MapFallback(
            "{**path}",
            async http => await (await standIn.Answer(http)).ExecuteAsync(http)
        );
        await standIn._application.StartAsync();
        return standIn;
    }

    /// <summary>A webhook that stood there before.</summary>
    public StandInHook Add(StandInHook hook)
    {
        var kept = hook with { Id = ++_lastId };
        _repositories["club/hello"].Add(kept);
        return kept;
    }

    public ValueTask DisposeAsync() => _application.DisposeAsync();

    private async Task<IResult> Answer(HttpContext http)
    {
        var body = await new StreamReader(http.Request.Body).ReadToEndAsync();
        var path = http.Request.Path.Value!;
        _requests.Add($"{http.Request.Method} {path}");
        if (Instead is { } instead)
            return instead(http);
        if (!path.StartsWith("/api/v1/", StringComparison.Ordinal))
            return Error(404, "Not found.");
        path = path["/api/v1".Length..];
        _violations.AddRange(
            ForgejoDescription.All.SelectMany(it =>
                it.Violations(http.Request.Method, path, http.Request.Query.Keys, body)
            )
        );
        return Refusal(http) ?? Route(http, path.Split('/', StringSplitOptions.RemoveEmptyEntries), body);
    }

    private IResult? Refusal(HttpContext http)
    {
        var given = http.Request.Headers.Authorization.ToString();
        if (given.Length == 0)
            return Error(401, "token is required");
        if (given != $"token {Token}")
            return Error(401, "invalid username, password or token");
        var needed = HttpMethods.IsGet(http.Request.Method) ? "read:repository" : "write:repository";
        return Scopes.Contains(needed) || Scopes.Contains("write:repository")
            ? null
            : Error(403, $"token does not have at least one of required scope(s): [{needed}]");
    }

    private IResult Route(HttpContext http, string[] path, string body)
    {
        if (path is not ["repos", var owner, var name, "hooks", ..])
            return Error(404, "Not found.");
        if (!_repositories.TryGetValue($"{owner}/{name}", out var hooks))
            return NotFound();
        if (IsArchived && !HttpMethods.IsGet(http.Request.Method))
            return Error(423, $"{owner}/{name} is archived");
        return (http.Request.Method, path.Length) switch
        {
            ("GET", 4) => List(http, hooks),
            ("POST", 4) => Create(hooks, JsonNode.Parse(body)!.AsObject()),
            ("DELETE", 5) => hooks.RemoveAll(hook => hook.Id == long.Parse(path[4])) > 0
                ? Results.NoContent()
                : NotFound(),
            _ => Error(405, "Method Not Allowed"),
        };
    }

    private IResult List(HttpContext http, List<StandInHook> hooks)
    {
        var page = int.TryParse(http.Request.Query["page"], out var number) ? Math.Max(1, number) : 1;
        var limit = Math.Min(int.TryParse(http.Request.Query["limit"], out var count) ? count : 30, PageMax);
        http.Response.Headers["X-Total-Count"] = $"{hooks.Count}";
        return Results.Json(hooks.Skip((page - 1) * limit).Take(limit).Select(hook => hook.Shown()));
    }

    private IResult Create(List<StandInHook> hooks, JsonObject body)
    {
        var config = body["config"]?.AsObject() ?? [];
        var refusal =
            (string?)body["type"] is not ("forgejo" or "gitea" or "gogs") ? $"Invalid hook type: {body["type"]}"
            : !config.ContainsKey("url") ? "Missing config option: url"
            : !config.ContainsKey("content_type") ? "Missing config option: content_type"
            : (string?)config["content_type"] is not ("json" or "form") ? "Invalid content type"
            : !Uri.TryCreate((string?)config["url"], UriKind.Absolute, out _) ? "Invalid url"
            : null;
        if (refusal is not null)
            return Error(422, refusal);
        var hook = Add(StandInHook.Of(body, config));
        return Results.Json(hook.Shown(), statusCode: 201);
    }

    private IResult Error(int status, string message) =>
        Results.Json(new { message, url = $"{Url}/api/swagger" }, statusCode: status);

    private IResult NotFound() =>
        Results.Json(
            new
            {
                message = "The target couldn't be found.",
                url = $"{Url}/api/swagger",
                errors = System.Array.Empty<string>(),
            },
            statusCode: 404
        );
}

/// <summary>A webhook as the stand-in keeps it.</summary>
internal sealed record StandInHook(
    long Id,
    string Type,
    bool IsActive,
    string Url,
    string ContentType,
    string Secret,
    IReadOnlyList<string> Events,
    string BranchFilter
)
{
    private static readonly string[] BelowPullRequest =
    [
        "pull_request_assign",
        "pull_request_label",
        "pull_request_milestone",
        "pull_request_comment",
        "pull_request_review_approved",
        "pull_request_review_rejected",
        "pull_request_review_comment",
        "pull_request_sync",
        "pull_request_review_request",
    ];

    /// <summary>One as Kennel would make it.</summary>
    public static StandInHook For(string url) =>
        new(0, "forgejo", true, url, "json", "old", Expanded(["push", "create", "delete", "pull_request"]), "");

    public static StandInHook Of(JsonObject body, JsonObject config) =>
        new(
            0,
            (string)body["type"]!,
            (bool?)body["active"] ?? false,
            (string)config["url"]!,
            (string)config["content_type"]!,
            (string?)config["secret"] ?? "",
            Expanded(body["events"]?.AsArray().Select(it => (string)it!).ToList() ?? []),
            (string?)body["branch_filter"] ?? ""
        );

    /// <summary>What the API tells of it: never the secret.</summary>
    public object Shown() =>
        new
        {
            id = Id,
            type = Type,
            active = IsActive,
            url = Url,
            content_type = ContentType,
            events = Events,
            branch_filter = BranchFilter,
            authorization_header = "",
            config = new { url = Url, content_type = ContentType },
            metadata = (object?)null,
        };

    private static IReadOnlyList<string> Expanded(IReadOnlyList<string> events) =>
        events.Count == 0 ? ["push"]
        : events.Contains("pull_request") ? [.. events, .. BelowPullRequest]
        : events.Contains("pull_request_only") ? [.. events.Where(it => it != "pull_request_only"), "pull_request"]
        : events;
}
