using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Kennel.Core.Forge;
using Kennel.Core.Planning;
using Kennel.Shell.Api;
using Microsoft.Data.Sqlite;

namespace Kennel.Tests.Forge;

public sealed class WebhookTests : IAsyncLifetime
{
    private WebhookOnTrial _webhook = null!;

    public async Task InitializeAsync() =>
        _webhook = await WebhookOnTrial.Start(new ForgeSettings(Set("club"), "https://git.example.org"));

    public async Task DisposeAsync() => await _webhook.DisposeAsync();

    [Fact]
    public async Task A_delivery_that_asks_for_something_is_kept_answered_and_passed_on()
    {
        var reply = await _webhook.Deliver("push", Bodies.Push(), delivery: "1-2-3");
        using var json = JsonDocument.Parse(reply.Body);

        Assert.Equal((202, "application/json"), (reply.Status, reply.Type));
        Assert.Equal("1-2-3", json.RootElement.GetProperty("delivery").GetString());
        Assert.Equal("hello", json.RootElement.GetProperty("project").GetString());
        Assert.Equal("branch main is at 1234567890", json.RootElement.GetProperty("meaning").GetString());
        Assert.Equal(["push hello refs/heads/main kept open"], await _webhook.Rows());
        Assert.Equal(1, _webhook.Wakes);
        var delivery = Assert.Single((await _webhook.Store.Read()).Inbox);
        Assert.Equal("branch main is at 1234567890", delivery.Message.News.Describe());
    }

    [Fact]
    public async Task Nobody_is_answered_or_woken_before_the_delivery_is_safe()
    {
        var free = new TaskCompletionSource();
        using var isHeld = new SemaphoreSlim(0);
        var holding = Task.Run(() =>
            _webhook.Store.Database.Write(
                _ => isHeld.Release() + (free.Task.Wait(TimeSpan.FromSeconds(10)) ? 1 : 0),
                _ => true,
                CancellationToken.None
            )
        );
        await isHeld.WaitAsync();
        var delivering = _webhook.Deliver("push", Bodies.Push());
        await Task.Delay(300);

        Assert.Equal((false, 0), (delivering.IsCompleted, _webhook.Wakes));

        free.SetResult();
        await holding;
        Assert.Equal((202, 1), ((await delivering).Status, _webhook.Wakes));
    }

    [Fact]
    public async Task Many_deliveries_at_once_are_each_kept_and_answered()
    {
        var replies = await Task.WhenAll(
            Enumerable.Range(0, 200).Select(number => _webhook.Deliver("push", Bodies.Push($"refs/heads/{number}")))
        );

        Assert.All(replies, reply => Assert.Equal(202, reply.Status));
        Assert.Equal(200, (await _webhook.Rows()).Distinct().Count());
    }

    [Fact]
    public async Task A_delivery_that_needs_nothing_is_remembered_without_its_body()
    {
        var test = await _webhook.Deliver("push", Bodies.Push(before: Bodies.Commit));
        var label = await _webhook.Deliver("pull_request", Bodies.PullRequest("label_updated"));
        var tag = await _webhook.Deliver("push", Bodies.Push("refs/tags/v1"));
        var other = await _webhook.Deliver("release", $$"""{ "repository": {{Bodies.Repository()}} }""");

        Assert.All(new[] { test, label, tag, other }, reply => Assert.Equal(200, reply.Status));
        Assert.Contains("a tag was pushed", tag.Body);
        Assert.Equal(
            [
                "push hello  empty a test delivery: nothing was pushed",
                "pull_request hello  empty pull request #5: label_updated changes nothing to deploy",
                "push hello  empty a tag was pushed",
                "release hello  empty the event release changes nothing that Kennel runs",
            ],
            await _webhook.Rows()
        );
        Assert.Equal(0, _webhook.Wakes);
        Assert.Empty((await _webhook.Store.Read()).Inbox);
    }

    [Fact]
    public async Task A_delivery_that_comes_twice_is_kept_once()
    {
        var first = await _webhook.Deliver("push", Bodies.Push(), delivery: "twice");
        var second = await _webhook.Deliver("push", Bodies.Push(), delivery: "twice");
        var again = await _webhook.Deliver("push", Bodies.Push(), delivery: "anew");

        Assert.Equal((202, 200, 202), (first.Status, second.Status, again.Status));
        Assert.Contains("already known", second.Body);
        Assert.Equal(2, (await _webhook.Rows()).Count);
    }

    [Fact]
    public async Task A_bad_signature_and_an_unknown_project_are_answered_alike_and_nothing_is_kept()
    {
        var unknown = Bodies.Push(repository: Bodies.Repository(99, "x", "y"));
        var replies = new[]
        {
            await _webhook.Deliver("push", Bodies.Push(), secret: "wrong"),
            await _webhook.Deliver("push", Bodies.Push(), secret: ""),
            await _webhook.Deliver("push", Bodies.Push(), secret: null),
            await _webhook.Deliver("push", Bodies.Push(), "/webhook/unknown"),
            await _webhook.Deliver("push", Bodies.Push(), "/webhook/un%20known"),
            await _webhook.Deliver("push", Bodies.Push(), "/webhook/unknown", secret: "wrong"),
            await _webhook.Deliver("push", unknown, "/webhook"),
            await _webhook.Deliver("push", unknown, "/webhook", secret: "wrong"),
            await _webhook.Deliver("push", "{", "/webhook"),
            await _webhook.Deliver("push", "{", secret: "wrong"),
            await _webhook.Deliver("push", "{}", "/webhook", "what is signed with this is refused"),
        };

        Assert.All(replies, reply => Assert.Equal(replies[0], reply));
        Assert.Equal((401, "application/problem+json"), (replies[0].Status, replies[0].Type));
        Assert.Empty(await _webhook.Rows());
        Assert.Equal(0, _webhook.Wakes);
    }

    [Fact]
    public async Task An_empty_signature_is_refused_when_there_is_no_secret_too()
    {
        File.WriteAllText(_webhook.SecretFile, "\n");

        Assert.Equal(401, (await _webhook.Deliver("push", Bodies.Push(), secret: null)).Status);
        Assert.Equal(401, (await _webhook.Deliver("push", Bodies.Push(), secret: "")).Status);
        Assert.Contains("holds no secret", _webhook.Complaints.Head);
    }

    [Fact]
    public async Task A_body_that_is_not_what_its_event_claims_is_refused_with_every_reason()
    {
        var reply = await _webhook.Deliver("push", Bodies.Push("main", "x", "y"));
        using var json = JsonDocument.Parse(reply.Body);

        Assert.Equal((400, "application/problem+json"), (reply.Status, reply.Type));
        Assert.Equal(3, json.RootElement.GetProperty("problems").GetArrayLength());
        Assert.Equal(400, (await _webhook.Deliver("push", "{")).Status);
        Assert.Equal(400, (await _webhook.Deliver("PUSH", Bodies.Push())).Status);
        Assert.Equal(400, (await _webhook.Deliver("push", Bodies.Push(), delivery: "a b")).Status);
        Assert.Empty(await _webhook.Rows());
    }

    [Theory]
    [InlineData("GET", "/webhook", "application/json", 405)]
    [InlineData("PUT", "/webhook/hello", "application/json", 405)]
    [InlineData("POST", "/webhook", "application/x-www-form-urlencoded", 415)]
    [InlineData("POST", "/webhook", "text/json", 415)]
    [InlineData("POST", "/webhook", "application/json-patch+json", 415)]
    [InlineData("POST", "/webhook", "", 415)]
    [InlineData("POST", "/", "application/json", 404)]
    [InlineData("POST", "/webhooks", "application/json", 404)]
    [InlineData("POST", "/webhook/a/b", "application/json", 404)]
    [InlineData("GET", "/v1/status", "", 404)]
    [InlineData("POST", "/webhook/", "application/json; charset=utf-8", 401)]
    public async Task What_is_no_delivery_is_refused(string method, string path, string type, int status)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        request.Content = new ByteArrayContent([]);
        request.Content.Headers.TryAddWithoutValidation("Content-Type", type);
        var reply = await _webhook.Send(request);

        Assert.Equal((status, "application/problem+json"), (reply.Status, reply.Type));
        Assert.Equal(status == 405 ? "POST" : "", reply.Allow);
    }

    [Fact]
    public async Task A_large_body_is_taken_and_a_too_large_one_refused()
    {
        var room = ForgeEvents.BodyBytesMax - Encoding.UTF8.GetByteCount(Bodies.Push());
        var large = await _webhook.Deliver("push", Bodies.Push() + new string(' ', room));
        var larger = await _webhook.Deliver("push", Bodies.Push() + new string(' ', room + 1));
        using var chunked = WebhookOnTrial.Request("/webhook", "push", Bodies.Push() + new string(' ', room + 1));
        chunked.Headers.TransferEncodingChunked = true;

        Assert.Equal(202, large.Status);
        Assert.Equal((413, "application/problem+json"), (larger.Status, larger.Type));
        Assert.Equal(413, (await _webhook.Send(chunked)).Status);
    }

    [Fact]
    public async Task A_body_that_does_not_come_is_not_waited_for()
    {
        await using var webhook = await WebhookOnTrial.Start(bodySeconds: 1);
        using var client = new TcpClient("127.0.0.1", webhook.Port);
        await using var stream = client.GetStream();
        await stream.WriteAsync(
            "POST /webhook HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n{"u8.ToArray()
        );
        using var reader = new StreamReader(stream);

        Assert.StartsWith("HTTP/1.1 408", await reader.ReadLineAsync());
    }

    [Fact]
    public async Task Bytes_that_are_no_text_are_refused()
    {
        var bytes = Encoding.Latin1.GetBytes(Bodies.Push("refs/heads/ü"));
        using var request = WebhookOnTrial.Request("/webhook/hello", "push", "", secret: null);
        request.Content = new ByteArrayContent(bytes);
        request.Content.Headers.ContentType = new("application/json");
        request.Headers.Add(
            "X-Forgejo-Signature",
            Convert.ToHexString(SignatureTests.Sign(WebhookOnTrial.Secret, bytes))
        );

        Assert.Equal(400, (await _webhook.Send(request)).Status);
    }

    [Theory]
    [InlineData("X-Forgejo", "X-Forgejo-Signature", "")]
    [InlineData("X-Gitea", "X-Gitea-Signature", "")]
    [InlineData("X-Gogs", "X-Gitea-Signature", "")]
    [InlineData("X-GitHub", "X-Hub-Signature-256", "sha256=")]
    public async Task Deliveries_of_every_type_of_hook_are_understood(string start, string header, string before)
    {
        using var request = WebhookOnTrial.Request("/webhook", "push", Bodies.Push(), secret: null);
        request.Headers.Clear();
        request.Headers.Add($"{start}-Event", "push");
        request.Headers.Add($"{start}-Delivery", "1");
        var bytes = await request.Content!.ReadAsByteArrayAsync();
        request.Headers.Add(
            header,
            before + Convert.ToHexStringLower(SignatureTests.Sign(WebhookOnTrial.Secret, bytes))
        );

        Assert.Equal(202, (await _webhook.Send(request)).Status);
    }

    [Fact]
    public async Task A_project_with_a_secret_of_its_own_accepts_only_that()
    {
        await _webhook.Execute($"UPDATE projects SET secret_file = '{_webhook.OwnSecretFile}'");

        Assert.Equal(401, (await _webhook.Deliver("push", Bodies.Push())).Status);
        Assert.Equal(401, (await _webhook.Deliver("push", Bodies.Push(), "/webhook")).Status);
        Assert.Equal(202, (await _webhook.Deliver("push", Bodies.Push(), secret: WebhookOnTrial.OwnSecret)).Status);
        Assert.Equal(202, (await _webhook.Deliver("push", Bodies.Push(), "/webhook", WebhookOnTrial.OwnSecret)).Status);
    }

    [Fact]
    public async Task A_new_secret_counts_at_once_and_the_old_one_as_long_as_it_stands_there()
    {
        File.WriteAllText(_webhook.SecretFile, $"new\n{WebhookOnTrial.Secret}\n");
        Assert.Equal(202, (await _webhook.Deliver("push", Bodies.Push())).Status);
        Assert.Equal(202, (await _webhook.Deliver("push", Bodies.Push(), secret: "new")).Status);

        File.WriteAllText(_webhook.SecretFile, "new\n");
        Assert.Equal(401, (await _webhook.Deliver("push", Bodies.Push())).Status);
        Assert.Equal(202, (await _webhook.Deliver("push", Bodies.Push(), secret: "new")).Status);
    }

    [Fact]
    public async Task A_delivery_can_come_over_a_connection_that_sends_byte_by_byte()
    {
        using var client = new TcpClient("127.0.0.1", _webhook.Port) { NoDelay = true };
        var body = Bodies.Push();
        var signature = Convert.ToHexString(SignatureTests.Sign(WebhookOnTrial.Secret, Encoding.UTF8.GetBytes(body)));
        await using var stream = client.GetStream();
        var text =
            "POST /webhook HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nX-Gitea-Event: push\r\n"
            + $"X-Gitea-Signature: {signature}\r\nContent-Length: {body.Length}\r\nConnection: close\r\n\r\n{body}";
        foreach (var letter in Encoding.UTF8.GetBytes(text))
            await stream.WriteAsync(new[] { letter });
        using var reader = new StreamReader(stream);

        Assert.StartsWith("HTTP/1.1 202", await reader.ReadToEndAsync());
    }

    [Fact]
    public async Task Bad_signatures_are_counted_by_project_and_refusals_told_at_most_once_a_second()
    {
        for (var count = 0; count < 5; count++)
            await _webhook.Deliver("push", Bodies.Push(), secret: "wrong");
        await _webhook.Deliver("push", Bodies.Push(), "/webhook/unknown");
        _webhook.Store.Clock.Now += TimeSpan.FromSeconds(2);
        await _webhook.Deliver("push", "{");

        Assert.Equal(Some((5, _webhook.Store.Clock.Now - TimeSpan.FromSeconds(2))), _webhook.Refused("hello"));
        Assert.True(_webhook.Refused("unknown").IsNone);
        Assert.Equal(2, _webhook.Complaints.Count);
        Assert.Contains("for project hello was refused: its signature was made with another", _webhook.Complaints[0]);
        Assert.Contains("5 more were refused", _webhook.Complaints[1]);
    }

    [Fact]
    public async Task What_is_answered_unread_is_told_with_its_status()
    {
        using var form = WebhookOnTrial.Request("/webhook", "push", Bodies.Push());
        form.Content!.Headers.ContentType = new("application/x-www-form-urlencoded");
        await _webhook.Send(form);
        _webhook.Store.Clock.Now += TimeSpan.FromSeconds(2);
        await _webhook.Deliver("push", new string(' ', ForgeEvents.BodyBytesMax + 1));
        _webhook.Store.Clock.Now += TimeSpan.FromSeconds(2);
        await _webhook.Deliver("push", Bodies.Push(), "/somewhere");

        Assert.Equal(2, _webhook.Complaints.Count);
        Assert.Contains("answered with 415 unread", _webhook.Complaints[0]);
        Assert.Contains("answered with 413 unread", _webhook.Complaints[1]);
        Assert.True(_webhook.Refused("hello").IsNone);
    }

    [Fact]
    public async Task A_port_that_is_taken_is_an_error_that_says_so()
    {
        var error = await Assert.ThrowsAsync<IOException>(() => Start("127.0.0.1", _webhook.Port));

        Assert.Contains($"127.0.0.1:{_webhook.Port} is in use by another program", error.Message);
        Assert.Contains("api.host", (await Assert.ThrowsAsync<IOException>(() => Start("git.example.org", 1))).Message);
        Assert.Contains("api.host", (await Assert.ThrowsAsync<IOException>(() => Start("192.0.2.1", 1))).Message);
    }

    [Fact]
    public async Task While_another_program_holds_the_database_the_forge_is_asked_to_come_back()
    {
        using (var other = new SqliteConnection($"Data Source={_webhook.DatabasePath};Pooling=False"))
        {
            other.Open();
            using var command = other.CreateCommand();
            command.CommandText = "BEGIN IMMEDIATE";
            command.ExecuteNonQuery();
            var reply = await _webhook.Deliver("push", Bodies.Push(), delivery: "1");

            Assert.Equal((503, "application/problem+json"), (reply.Status, reply.Type));
            Assert.NotNull(reply.RetryAfter);
            Assert.Contains("another program holds it", reply.Body);
            Assert.Equal(0, _webhook.Wakes);
        }
        Assert.Equal(202, (await _webhook.Deliver("push", Bodies.Push(), delivery: "1")).Status);
    }

    private Task<WebhookServer> Start(string host, int port) =>
        WebhookServer.Start(
            host,
            port,
            new WebhookParts(
                _webhook.Store.Database,
                ForgeSettings.Default,
                None,
                TimeProvider.System,
                () => { },
                _ => { }
            ),
            TimeSpan.FromSeconds(1),
            CancellationToken.None
        );
}
