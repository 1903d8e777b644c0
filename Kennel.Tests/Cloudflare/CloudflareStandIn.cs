using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Kennel.Tests.Cloudflare;

/// <summary>
/// A server that behaves as Cloudflare's API does, as far as records go: it keeps them, checks the token, and answers errors in
/// Cloudflare's words. It can be told to fail, to hang and to lose replies. Every request is held against Cloudflare's own
/// description, where that is at hand.
/// </summary>
internal sealed class CloudflareStandIn : IAsyncDisposable
{
    public const string Token = "v1-0123456789abcdef0123456789abcdef01234567";
    public const string Zone = "023e105f4ecef8ad9ca31a8372d0c353";

    private const string Prefix = "/client/v4";

    private readonly WebApplication _application;
    private readonly Lock _guard = new();
    private readonly List<StandInRecord> _records = [];
    private readonly List<string> _requests = [];
    private readonly List<string> _violations = [];
    private int _lastId;

    private CloudflareStandIn(WebApplication application) => _application = application;

    public string Address => _application.Urls.Single() + Prefix;

    /// <summary>The most that a page holds, whatever is asked for.</summary>
    public int PageMax { get; set; } = 5000;

    /// <summary>An answer that is given instead of any other; null where it is not for this request.</summary>
    public Func<HttpContext, IResult?>? Instead { get; set; }

    /// <summary>Whether what is asked is done, and nothing is ever answered.</summary>
    public Func<HttpContext, bool> LosesReply { get; set; } = _ => false;

    /// <summary>Whether a request is neither done nor answered.</summary>
    public Func<HttpContext, bool> Hangs { get; set; } = _ => false;

    /// <summary>What was asked, as method and path.</summary>
    public IReadOnlyList<string> Requests
    {
        get
        {
            lock (_guard)
                return [.. _requests];
        }
    }

    /// <summary>What about the requests was not as described.</summary>
    public IReadOnlyList<string> Violations
    {
        get
        {
            lock (_guard)
                return [.. _violations];
        }
    }

    /// <summary>The records of the zone.</summary>
    public IReadOnlyList<StandInRecord> Records
    {
        get
        {
            lock (_guard)
                return [.. _records];
        }
    }

    public static async Task<CloudflareStandIn> Start()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var standIn = new CloudflareStandIn(builder.Build());
        standIn._application.MapFallback("{**path}", standIn.Serve);
        await standIn._application.StartAsync();
        return standIn;
    }

    /// <summary>A record that stood there before, or that somebody makes.</summary>
    public StandInRecord Add(string type, string name, string content, string? comment = null, bool isProxied = false)
    {
        lock (_guard)
        {
            var id = (++_lastId).ToString("x32", CultureInfo.InvariantCulture);
            var record = new StandInRecord(id, type, name, content, isProxied, comment);
            _records.Add(record);
            return record;
        }
    }

    /// <summary>Somebody changes a record.</summary>
    public void Change(StandInRecord before, StandInRecord after)
    {
        lock (_guard)
            _records[_records.IndexOf(before)] = after;
    }

    public ValueTask DisposeAsync() => _application.DisposeAsync();

    private async Task Serve(HttpContext http)
    {
        var body = await new StreamReader(http.Request.Body).ReadToEndAsync();
        if (Hangs(http))
        {
            await Wait(http);
            return;
        }
        var answer = Answer(http, body);
        if (LosesReply(http))
            await Wait(http);
        else
            await answer.ExecuteAsync(http);
    }

    private static async Task Wait(HttpContext http)
    {
        try
        {
            await Task.Delay(TimeSpan.FromSeconds(20), http.RequestAborted);
        }
        catch (OperationCanceledException)
        {
            // Who asked has gone.
        }
    }

    private IResult Answer(HttpContext http, string body)
    {
        lock (_guard)
        {
            var path = http.Request.Path.Value!;
            _requests.Add($"{http.Request.Method} {path}");
            if (Instead?.Invoke(http) is { } instead)
                return instead;
            if (!path.StartsWith(Prefix, StringComparison.Ordinal))
                return Error(404, 7000, "No route for that URI");
            path = path[Prefix.Length..];
            _violations.AddRange(
                CloudflareDescription
                    .Given.ToSeq()
                    .SelectMany(it =>
                        it.Violations(
                            http.Request.Method,
                            path,
                            http.Request.Query.Select(one => KeyValuePair.Create(one.Key, one.Value.ToString())),
                            body
                        )
                    )
            );
            return Refusal(http) ?? Route(http, path.Split('/', StringSplitOptions.RemoveEmptyEntries), body);
        }
    }

    private static IResult? Refusal(HttpContext http)
    {
        var given = http.Request.Headers.Authorization.ToString();
        return given == $"Bearer {Token}" ? null
            : given.StartsWith("Bearer v1-", StringComparison.Ordinal) ? Error(403, 10000, "Authentication error")
            : Error(400, 6003, "Invalid request headers");
    }

    private IResult Route(HttpContext http, string[] path, string body)
    {
        if (path is not ["zones", var zone, "dns_records", ..] || path.Length > 4)
            return Error(404, 7000, "No route for that URI");
        if (zone != Zone)
            return Error(
                404,
                7003,
                $"Could not route to /client/v4/zones/{zone}/dns_records, perhaps your object identifier is invalid?"
            );
        return (http.Request.Method, path.Length) switch
        {
            ("GET", 3) => List(http),
            ("POST", 3) => Create(JsonNode.Parse(body)!.AsObject()),
            ("GET", 4) => Find(path[3]) is { } found ? Success(found.Shown()) : NoRecord(),
            ("DELETE", 4) => Delete(path[3]),
            _ => Error(405, 7001, "Method not allowed for this endpoint"),
        };
    }

    private IResult List(HttpContext http)
    {
        var name = (string?)http.Request.Query["name"];
        var all = _records.Where(record => name is null || record.Name == name).ToList();
        var page = Number(http, "page", 1);
        var size = Math.Min(Number(http, "per_page", 100), PageMax);
        var shown = all.Skip((page - 1) * size).Take(size).ToList();
        return Results.Json(
            new
            {
                result = shown.Select(record => record.Shown()),
                success = true,
                errors = System.Array.Empty<object>(),
                messages = System.Array.Empty<object>(),
                result_info = new
                {
                    page,
                    per_page = size,
                    count = shown.Count,
                    total_count = all.Count,
                    total_pages = (all.Count + size - 1) / size,
                },
            }
        );
    }

    private IResult Create(JsonObject body)
    {
        var (type, name, content) = ((string)body["type"]!, (string)body["name"]!, (string)body["content"]!);
        var there = _records.Where(record => record.Name == name && record.Type is "A" or "AAAA" or "CNAME").ToList();
        if (there.Exists(record => record.Type == type && record.Content == content))
            return Error(400, 81058, "An identical record already exists.");
        if (there.Exists(record => record.Name == name && (record.Type == "CNAME" || type == "CNAME")))
            return Error(400, 81053, "An A, AAAA, or CNAME record with that host already exists.");
        var record = Add(type, name, content, (string?)body["comment"], (bool?)body["proxied"] ?? false);
        return Success(record.Shown());
    }

    private IResult Delete(string id)
    {
        if (Find(id) is not { } record)
            return NoRecord();
        _records.Remove(record);
        return Success(new { id });
    }

    private StandInRecord? Find(string id) => _records.Find(record => record.Id == id);

    private static int Number(HttpContext http, string name, int otherwise) =>
        int.TryParse(http.Request.Query[name], out var number) ? Math.Max(1, number) : otherwise;

    private static IResult Success(object result) =>
        Results.Json(
            new
            {
                result,
                success = true,
                errors = System.Array.Empty<object>(),
                messages = System.Array.Empty<object>(),
            }
        );

    private static IResult NoRecord() => Error(404, 81044, "Record does not exist.");

    public static IResult Error(int status, int code, string message) =>
        Results.Json(
            new
            {
                result = (object?)null,
                success = false,
                errors = new[] { new { code, message } },
                messages = System.Array.Empty<object>(),
            },
            statusCode: status
        );
}

/// <summary>A record as the stand-in keeps it.</summary>
internal sealed record StandInRecord(
    string Id,
    string Type,
    string Name,
    string Content,
    bool IsProxied,
    string? Comment
)
{
    /// <summary>What the API tells of it.</summary>
    public object Shown() =>
        new
        {
            id = Id,
            type = Type,
            name = Name,
            content = Content,
            proxiable = true,
            proxied = IsProxied,
            ttl = 1,
            comment = Comment,
            tags = System.Array.Empty<string>(),
            created_on = "2026-01-01T05:20:00.12345Z",
            modified_on = "2026-01-01T05:20:00.12345Z",
        };
}
