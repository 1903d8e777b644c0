using System.Net.Http.Headers;
using System.Text;
using Kennel.Core.Domain;
using Kennel.Core.Planning;
using Kennel.Shell.Api;
using Kennel.Shell.Caddy;
using Kennel.Shell.Store;
using Kennel.Tests.Store;

namespace Kennel.Tests.Forge;

/// <summary>The real webhook on a port of its own, before a real store; nothing handles what it keeps.</summary>
internal sealed class WebhookOnTrial : IAsyncDisposable
{
    internal const string Secret = "a secret";
    internal const string OwnSecret = "a secret of its own";

    private readonly TemporaryFolder folder = new();
    private readonly List<string> complaints = [];
    private readonly Lock complaintsLock = new();
    private readonly WebhookServer server;
    private int wakes;

    private WebhookOnTrial(ForgeSettings forge, TimeSpan bodyLimit, Func<TemporaryFolder, string> database)
    {
        File.WriteAllText(SecretFile, Secret + "\n");
        File.WriteAllText(OwnSecretFile, OwnSecret + "\n");
        Store = new StoreOnTrial(Database.Open(database(folder), TimeProvider.System));
        server = WebhookServer
            .Start(
                "127.0.0.1",
                0,
                new WebhookParts(
                    Store.Database,
                    forge,
                    SecretFile,
                    Store.Clock,
                    () => Interlocked.Increment(ref wakes),
                    Complain
                )
                {
                    Served = Served,
                },
                bodyLimit,
                CancellationToken.None
            )
            .GetAwaiter()
            .GetResult();
        Http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{Port}") };
    }

    internal StoreOnTrial Store { get; }

    /// <summary>What certificates may be had for.</summary>
    internal ServedHosts Served { get; } = new();

    internal HttpClient Http { get; }

    internal int Port => server.Port;

    internal int Wakes => wakes;

    internal string SecretFile => Path.Combine(folder.Path, "secret");

    internal string OwnSecretFile => Path.Combine(folder.Path, "own-secret");

    internal string DatabasePath => Store.Database.Path;

    internal Option<(int Count, DateTimeOffset LastAt)> Refused(string project) =>
        server.Refused.Of(StoreOnTrial.Must(ProjectName.Parse("", project)));

    internal Seq<string> Complaints
    {
        get
        {
            lock (complaintsLock)
                return complaints.ToSeq().Strict();
        }
    }

    internal static Task<WebhookOnTrial> Start(ForgeSettings? forge = null, int bodySeconds = 10) =>
        Start(folder => folder.Database, forge, bodySeconds);

    /// <summary>Begins with a project <c>hello</c>, whose repository has no number yet.</summary>
    internal static async Task<WebhookOnTrial> Start(
        Func<TemporaryFolder, string> database,
        ForgeSettings? forge = null,
        int bodySeconds = 10
    )
    {
        var webhook = new WebhookOnTrial(forge ?? ForgeSettings.Default, TimeSpan.FromSeconds(bodySeconds), database);
        await webhook.Store.Register();
        return webhook;
    }

    internal static HttpRequestMessage Request(
        string path,
        string eventName,
        string body,
        string? secret = Secret,
        string? delivery = null
    )
    {
        var bytes = Encoding.UTF8.GetBytes(body);
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new ByteArrayContent(bytes) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.Add("X-Forgejo-Event", eventName);
        request.Headers.Add("X-Forgejo-Delivery", delivery ?? Guid.NewGuid().ToString());
        if (secret is not null)
            request.Headers.Add("X-Forgejo-Signature", Convert.ToHexStringLower(SignatureTests.Sign(secret, bytes)));
        return request;
    }

    internal async Task<Reply> Send(HttpRequestMessage request)
    {
        using (request)
        {
            using var answer = await Http.SendAsync(request);
            return new Reply(
                (int)answer.StatusCode,
                await answer.Content.ReadAsStringAsync(),
                answer.Content.Headers.ContentType?.MediaType,
                string.Join(",", answer.Content.Headers.Allow),
                answer.Headers.RetryAfter?.Delta
            );
        }
    }

    internal Task<Reply> Deliver(
        string eventName,
        string body,
        string path = "/webhook/hello",
        string? secret = Secret,
        string? delivery = null
    ) => Send(Request(path, eventName, body, secret, delivery));

    internal Task<List<string>> Rows() =>
        Store.Database.Read(
            session =>
                session.Query(
                    """
                    SELECT event, coalesce(p.name, 'nobody'), coalesce(reference, ''), length(body) > 0, coalesce(meaning, 'open')
                    FROM deliveries d LEFT JOIN projects p ON p.id = d.project ORDER BY d.id
                    """,
                    row =>
                        $"{row.GetString(0)} {row.GetString(1)} {row.GetString(2)} "
                        + $"{(row.GetBoolean(3) ? "kept" : "empty")} {row.GetString(4)}"
                ),
            CancellationToken.None
        );

    internal Task Execute(string sql) =>
        Store.Database.Write(
            session =>
            {
                session.ExecuteScript(sql);
                return true;
            },
            _ => true,
            CancellationToken.None
        );

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await server.DisposeAsync();
        Store.Dispose();
        folder.Dispose();
    }

    private void Complain(string text)
    {
        lock (complaintsLock)
            complaints.Add(text);
    }
}

/// <summary>An answer.</summary>
internal sealed record Reply(int Status, string Body, string? Type, string Allow, TimeSpan? RetryAfter);
