using System.Text.Json.Nodes;
using Kennel.Tests.Store;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Kennel.Tests.OpenBao;

/// <summary>
/// A server that behaves as OpenBao does, as far as reading secrets goes: engines with versions and without, tokens that
/// end by time and by use, roles, a policy, namespaces and the seal. It can be told to fail, to hang and to lose its
/// answers. Every request is held against the vendor's own description, where that is at hand.
/// </summary>
internal sealed class OpenBaoStandIn : IAsyncDisposable
{
    public const string RootToken = "s.root-token-of-the-stand-in";

    private readonly WebApplication _application;
    private readonly List<string> _violations = [];
    private readonly List<string> _requests = [];
    private readonly Dictionary<string, StandInToken> _tokens = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();
    private int _tokensMade;

    private OpenBaoStandIn(WebApplication application) => _application = application;

    public string Url => _application.Urls.Single();

    public string Authority => new Uri(Url).Authority;

    /// <summary>The engines by their mounts.</summary>
    public Dictionary<string, StandInEngine> Engines { get; } =
        new(StringComparer.Ordinal) { ["secret"] = new(isVersioned: true), ["old"] = new(isVersioned: false) };

    /// <summary>The roles that may log in.</summary>
    public List<StandInRole> Roles { get; } = [];

    /// <summary>Where roles log in.</summary>
    public string LoginMount { get; set; } = "approle";

    /// <summary>What tokens may read, as beginnings of paths; the root token reads all.</summary>
    public List<string> Allowed { get; } =
    ["secret/data/secretspec/", "secret/metadata/", "secret/data/shared/", "old/"];

    /// <summary>The namespace in which all of it is; none for the one at the root.</summary>
    public string? Namespace { get; set; }

    public bool IsSealed { get; set; }

    /// <summary>Where the active server is, if this one is not it and does not pass on what it is asked.</summary>
    public string? ActiveServer { get; set; }

    /// <summary>Whether requests are never answered.</summary>
    public bool IsHanging { get; set; }

    /// <summary>Whether the connection is cut when the answer is ready.</summary>
    public bool LosesAnswers { get; set; }

    /// <summary>An answer that is given instead of any other.</summary>
    public Func<HttpContext, IResult>? Instead { get; set; }

    public HandClock Clock { get; } = new();

    /// <summary>What was asked, as method and path with its query.</summary>
    public IReadOnlyList<string> Requests => _requests;

    /// <summary>What about the requests was not as described.</summary>
    public IReadOnlyList<string> Violations => _violations;

    public static async Task<OpenBaoStandIn> Start(string url = "http://127.0.0.1:0")
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls(url);
        builder.Logging.ClearProviders();
        var standIn = new OpenBaoStandIn(builder.Build());
        standIn._application.MapFallback("{**path}", standIn.Respond);
        await standIn._application.StartAsync();
        return standIn;
    }

    public ValueTask DisposeAsync() => _application.DisposeAsync();

    /// <summary>A value at its usual place; gives its version.</summary>
    public int Put(string path, string value) => Engines["secret"].Put(path, new JsonObject { ["value"] = value });

    /// <summary>A token that a person made.</summary>
    public void Give(string token, TimeSpan? lasts = null) =>
        _tokens[token] = new StandInToken(lasts is { } it ? Clock.GetUtcNow() + it : null, 0);

    /// <summary>Ends all tokens but the root one.</summary>
    public void Revoke() => _tokens.Clear();

    private async Task Respond(HttpContext http)
    {
        var body = await new StreamReader(http.Request.Body).ReadToEndAsync();
        IResult answer;
        lock (_lock)
            answer = Answer(http, body);
        if (IsHanging)
            await Task.Delay(Timeout.Infinite, http.RequestAborted)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        else if (LosesAnswers)
            http.Abort();
        else
            await answer.ExecuteAsync(http);
    }

    private IResult Answer(HttpContext http, string body)
    {
        var path = http.Request.Path.Value!;
        _requests.Add($"{http.Request.Method} {path}{http.Request.QueryString}");
        if (Instead is { } instead)
            return instead(http);
        if (!path.StartsWith("/v1/", StringComparison.Ordinal))
            return Errors(404);
        _violations.AddRange(
            OpenBaoDescription
                .Given.ToSeq()
                .Bind(it =>
                    it.Violations(http.Request.Method, path["/v1".Length..], http.Request.Query.Keys, body).ToSeq()
                )
                .Filter(_ => !path.StartsWith("/v1/old/", StringComparison.Ordinal))
        );
        path = path["/v1/".Length..];
        return path == "sys/health" ? Health()
            : IsSealed ? Errors(503, "Vault is sealed")
            : ActiveServer is { } active ? Redirected(http, active)
            : http.Request.Headers["X-Vault-Namespace"].ToString() != (Namespace ?? "")
                ? Errors(404, "no handler for route")
            : path == $"auth/{LoginMount}/login" ? LogIn(body)
            : MayRead(http, path) ? Read(http, path)
            : Errors(403, "1 error occurred:\n\t* permission denied\n\n");
    }

    private IResult Health() =>
        Results.Json(
            new
            {
                initialized = true,
                @sealed = IsSealed,
                standby = ActiveServer is not null,
                version = "2.6.2",
            },
            statusCode: IsSealed ? 503
                : ActiveServer is not null ? 429
                : 200
        );

    private static IResult Redirected(HttpContext http, string active)
    {
        http.Response.Headers.Location = $"{active}{http.Request.Path}";
        return Results.StatusCode(307);
    }

    private bool MayRead(HttpContext http, string path)
    {
        var given = http.Request.Headers["X-Vault-Token"].ToString();
        if (given == RootToken)
            return true;
        if (!_tokens.TryGetValue(given, out var token) || token.Until <= Clock.GetUtcNow() || token.UsesLeft == 0)
            return false;
        if (token.UsesLeft > 0)
            token.UsesLeft--;
        return Allowed.Exists(beginning => path.StartsWith(beginning, StringComparison.Ordinal));
    }

    private IResult LogIn(string body)
    {
        var given = JsonNode.Parse(body)!.AsObject();
        if ((string?)given["role_id"] is not { Length: > 0 } roleId)
            return Errors(400, "missing role_id");
        var role = Roles.Find(it => it.RoleId == roleId);
        if (role is { SecretId: not null } && (string?)given["secret_id"] is not { Length: > 0 })
            return Errors(400, "missing secret_id");
        if (role is null || (role.SecretId is { } wanted && (string?)given["secret_id"] != wanted))
            return Errors(400, "invalid role or secret ID");
        var token = $"s.token-{++_tokensMade}";
        _tokens[token] = new StandInToken(
            role.TokenSeconds == 0 ? null : Clock.GetUtcNow() + TimeSpan.FromSeconds(role.TokenSeconds),
            role.TokenUses
        );
        return Results.Json(
            new
            {
                request_id = "r",
                data = (object?)null,
                auth = new
                {
                    client_token = token,
                    accessor = "a",
                    policies = new[] { "default", "kennel" },
                    metadata = new { role_name = "kennel" },
                    lease_duration = role.TokenSeconds,
                    renewable = true,
                    token_type = "service",
                    num_uses = role.TokenUses,
                },
            }
        );
    }

    private IResult Read(HttpContext http, string path)
    {
        var parts = path.Split('/');
        if (http.Request.Method != "GET" || !Engines.TryGetValue(parts[0], out var engine))
            return Errors(404, "no handler for route");
        if (!engine.IsVersioned)
            return engine.Find(string.Join('/', parts[1..]), null) is { } plain
                ? Results.Json(new { request_id = "r", data = plain.Content.Data })
                : Errors(404);
        if (parts.Length < 3 || parts[1] != "data")
            return Errors(404);
        var version = int.TryParse(http.Request.Query["version"], out var number) ? number : (int?)null;
        return engine.Find(string.Join('/', parts[2..]), version) is { } found
            ? Shown(found.Version, found.Content)
            : Errors(404);
    }

    private static IResult Shown(int version, StandInVersion content)
    {
        var isGone = content.IsDeleted || content.IsDestroyed;
        return Results.Json(
            new
            {
                request_id = "r",
                lease_id = "",
                renewable = false,
                lease_duration = 0,
                data = new
                {
                    data = isGone ? null : content.Data,
                    metadata = new
                    {
                        created_time = "2026-01-01T00:00:00Z",
                        custom_metadata = (object?)null,
                        deletion_time = content.IsDeleted ? "2026-01-02T00:00:00Z" : "",
                        destroyed = content.IsDestroyed,
                        version,
                    },
                },
            },
            statusCode: isGone ? 404 : 200
        );
    }

    private static IResult Errors(int status, params string[] errors) =>
        Results.Json(new { errors }, statusCode: status);
}
