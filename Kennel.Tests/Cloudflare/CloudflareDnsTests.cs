using Kennel.Core.Domain;
using Kennel.Core.Planning;
using Kennel.Core.Ports;
using Kennel.Shell.Cloudflare;
using Kennel.Tests.Caddy;
using Kennel.Tests.Store;
using Kennel.Tests.Views;
using Microsoft.AspNetCore.Http;
using Action = Kennel.Core.Planning.Action;

namespace Kennel.Tests.Cloudflare;

public sealed class CloudflareDnsTests : IAsyncLifetime
{
    private static readonly HostName Zone = Name("example.net");
    private static readonly HostName Shop = Name("shop.example.net");
    private static readonly RecordContent Tunnel = new(
        RecordKind.Cname,
        "1ce95b80-2f68-4136-b3ac-b7e2eab6b4ef.cfargotunnel.com",
        IsProxied: true
    );
    private static readonly RecordContent Address = new(RecordKind.A, "192.0.2.7", IsProxied: false);
    private static readonly RecordContent Address6 = new(RecordKind.Aaaa, "2001:db8::7", IsProxied: false);

    private readonly TemporaryFolder folder = new();
    private readonly HandClock clock = new();
    private CloudflareStandIn standIn = null!;
    private CloudflareDns dns = null!;
    private int wakes;

    private string TokenFile => Path.Combine(folder.Path, "token");

    public async Task InitializeAsync()
    {
        await File.WriteAllTextAsync(TokenFile, CloudflareStandIn.Token + "\n");
        standIn = await CloudflareStandIn.Start();
        dns = Connect();
    }

    public async Task DisposeAsync()
    {
        await dns.DisposeAsync();
        await standIn.DisposeAsync();
        folder.Dispose();
        Assert.Empty(standIn.Violations);
    }

    [Fact]
    public async Task A_record_is_made_as_it_was_asked_for_and_known_as_ours_afterwards()
    {
        Assert.Equal(Effect.Happened, await Create(Tunnel));

        var made = Assert.Single(standIn.Records);
        Assert.Equal(
            ("CNAME", "shop.example.net", Tunnel.Target, true),
            (made.Type, made.Name, made.Content, made.IsProxied)
        );
        Assert.StartsWith("Kennel 0123456789ab", made.Comment, StringComparison.Ordinal);
        Assert.True(made.Comment!.Length <= 100);
        var seen = Assert.Single(await Known());
        Assert.Equal(new DnsRecord(made.Id, Zone, Shop, Tunnel, Scene.Instance), seen);
    }

    [Fact]
    public async Task A_name_may_have_an_address_of_each_family()
    {
        Assert.Equal(Effect.Happened, await Create(Address));
        Assert.Equal(Effect.Happened, await Create(Address6));
        Assert.Equal(["A", "AAAA"], standIn.Records.Select(record => record.Type));
    }

    [Theory]
    [InlineData("A", "198.51.100.9")]
    [InlineData("AAAA", "2001:db8::9")]
    [InlineData("CNAME", "elsewhere.example.com")]
    public async Task Where_a_name_leads_elsewhere_nothing_is_made(string type, string content)
    {
        var foreign = standIn.Add(type, "shop.example.net", content, "Kennel-like: do not touch");

        Assert.IsType<Effect.Failed>(await Create(Address));
        Assert.Equal(foreign, Assert.Single(standIn.Records));
    }

    [Fact]
    public async Task Other_records_of_the_name_and_its_neighbours_are_not_in_the_way()
    {
        standIn.Add("TXT", "shop.example.net", "v=spf1 -all");
        standIn.Add("MX", "shop.example.net", "mail.example.net");
        standIn.Add("A", "_dmarc.shop.example.net", "198.51.100.9");
        standIn.Add("A", "*.example.net", "198.51.100.9");

        Assert.Equal(Effect.Happened, await Create(Tunnel));
    }

    [Fact]
    public async Task A_record_of_ours_goes_and_one_that_is_gone_counts_as_removed()
    {
        await Create(Tunnel);
        var record = Assert.Single(await Known());

        Assert.Equal(Effect.Happened, await Remove(record));
        Assert.Empty(standIn.Records);
        Assert.Equal(Effect.Happened, await Remove(record));
    }

    [Fact]
    public async Task A_record_that_somebody_made_their_own_meanwhile_stays()
    {
        await Create(Tunnel);
        var record = Assert.Single(await Known());
        var before = standIn.Records[0];
        standIn.Change(before, before with { Comment = "mine now" });

        Assert.IsType<Effect.Failed>(await Remove(record));
        Assert.Single(standIn.Records);
    }

    [Fact]
    public async Task Every_page_is_read()
    {
        standIn.PageMax = 2;
        for (var number = 0; number < 7; number++)
            standIn.Add("A", $"host{number}.example.net", "198.51.100.9");

        Assert.Equal(7, (await Known()).Count);
        Assert.Equal(4, standIn.Requests.Count);
    }

    [Fact]
    public async Task What_is_known_is_asked_again_after_a_while_only()
    {
        await Known();
        dns.Records();
        Assert.Single(standIn.Requests);

        standIn.Add("A", "new.example.net", "198.51.100.9");
        clock.Now += TimeSpan.FromMinutes(6);
        dns.Records();
        await CaddyProcess.Until(() => Task.FromResult(Seen().Exists(all => all.Count == 1)), () => "it is not asked");
        Assert.Equal(2, standIn.Requests.Count);
    }

    [Fact]
    public async Task An_answer_wakes_whoever_waits()
    {
        await Known();
        Assert.True(wakes > 0);
    }

    [Theory]
    [InlineData(500)]
    [InlineData(502)]
    public async Task What_fails_there_is_unknown_and_what_was_seen_before_says_nothing(int status)
    {
        await Create(Tunnel);
        await Known();
        standIn.Instead = _ => Results.StatusCode(status);
        clock.Now += TimeSpan.FromMinutes(6);

        Assert.Contains($"status {status}", await Unknown($"status {status}"), StringComparison.Ordinal);
        Assert.IsType<Effect.Failed>(await Create(Tunnel));
    }

    [Theory]
    [InlineData("""{ "success": "true", "result": [] }""", 200)]
    [InlineData("""{ "success": false, "errors": [{ "code": "x", "message": 7 }] }""", 400)]
    [InlineData("""{ "success": true, "result": [{ "proxied": 1 }], "result_info": { "total_pages": "one" } }""", 200)]
    [InlineData("""{ "success": true, "result": [], "result_info": 1 }""", 500)]
    public async Task What_something_in_between_answers_ends_no_pass(string body, int status)
    {
        await Create(Tunnel);
        await Known();
        standIn.Instead = _ => Results.Text(body, "application/json", statusCode: status);

        Assert.IsType<Effect.Failed>(await Create(Tunnel));
    }

    [Fact]
    public async Task A_zone_of_which_one_page_fails_is_unknown_as_a_whole()
    {
        standIn.PageMax = 1;
        standIn.Add("A", "one.example.net", "198.51.100.9");
        standIn.Add("A", "two.example.net", "198.51.100.9");
        standIn.Instead = http => http.Request.Query["page"] == "2" ? Results.StatusCode(500) : null;

        Assert.Contains("status 500", await Unknown("status 500"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_reply_that_is_lost_is_no_failure_and_the_record_is_found_afterwards()
    {
        standIn.LosesReply = http => HttpMethods.IsPost(http.Request.Method);
        Assert.IsType<Effect.Lost>(await Create(Tunnel));

        Assert.Equal(Some(Scene.Instance), Assert.Single(await Known()).Mark);
    }

    [Fact]
    public async Task A_server_that_hangs_is_given_up_and_holds_nobody_up()
    {
        standIn.Hangs = _ => true;
        await dns.DisposeAsync();
        dns = Connect(answerSeconds: 1);
        var since = System.Diagnostics.Stopwatch.StartNew();

        Assert.IsType<Observation<Seq<DnsRecord>>.Unknown>(dns.Records());
        Assert.True(since.ElapsedMilliseconds < 500, "a look waits");
        Assert.IsType<Effect.Failed>(await Create(Tunnel));
        Assert.Contains("did not answer", await Unknown("did not answer"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_unreachable()
    {
        await standIn.DisposeAsync();

        Assert.IsType<Effect.Failed>(await Create(Tunnel));
        Assert.Contains("cannot be reached", await Unknown("cannot be reached"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task When_it_is_too_much_nothing_is_asked_for_as_long_as_Cloudflare_says()
    {
        standIn.Instead = http =>
        {
            http.Response.Headers.RetryAfter = "120";
            return CloudflareStandIn.Error(429, 10100, "More than 1200 requests per 300 seconds reached.");
        };
        Assert.IsType<Effect.Failed>(await Create(Tunnel));
        standIn.Instead = null;
        var asked = standIn.Requests.Count;

        clock.Now += TimeSpan.FromSeconds(119);
        Assert.IsType<Effect.Failed>(await Create(Tunnel));
        Assert.Equal(asked, standIn.Requests.Count);

        clock.Now += TimeSpan.FromSeconds(2);
        Assert.Equal(Effect.Happened, await Create(Tunnel));
    }

    [Theory]
    [InlineData("not a token", "holds no token")]
    [InlineData("", "holds no token")]
    [InlineData("abc", "is no token (6003")]
    [InlineData("v1-other", "permission Zone, DNS, Edit")]
    public async Task A_token_that_will_not_do_is_told_with_the_remedy_and_never_shown(string token, string told)
    {
        await File.WriteAllTextAsync(TokenFile, token);

        var reason = await Unknown(told);

        Assert.Contains(told, reason, StringComparison.Ordinal);
        Assert.True(token.Length < 4 || !reason.Contains(token, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_token_that_is_replaced_is_used_at_once()
    {
        await File.WriteAllTextAsync(TokenFile, "v1-old");
        Assert.IsType<Effect.Failed>(await Create(Tunnel));
        await File.WriteAllTextAsync(TokenFile, CloudflareStandIn.Token);

        Assert.Equal(Effect.Happened, await Create(Tunnel));
    }

    [Fact]
    public async Task A_zone_that_is_not_there_is_told()
    {
        await dns.DisposeAsync();
        dns = Connect("00000000000000000000000000000000");

        Assert.Contains("domains.cloudflare.zones", await Unknown("no such zone"), StringComparison.Ordinal);
    }

    private static HostName Name(string text) => Scene.Sure(HostName.Parse("test", text));

    private CloudflareDns Connect(string zone = CloudflareStandIn.Zone, int answerSeconds = 8) =>
        new(
            new CloudflareOptions(TokenFile, Map((Zone, zone)))
            {
                Address = standIn.Address,
                AnswerLimit = TimeSpan.FromSeconds(answerSeconds),
                RestAfterFailure = TimeSpan.Zero,
            },
            clock,
            () => Interlocked.Increment(ref wakes)
        );

    private Task<Effect> Create(RecordContent content) =>
        dns.CreateRecord(new Action.CreateRecord(Zone, Shop, content, Scene.Instance), CancellationToken.None);

    private Task<Effect> Remove(DnsRecord record) =>
        dns.RemoveRecord(new Action.RemoveRecord(record), CancellationToken.None);

    private Option<Seq<DnsRecord>> Seen() => dns.Records().ToOption();

    private async Task<Seq<DnsRecord>> Known()
    {
        await CaddyProcess.Until(() => Task.FromResult(Seen().IsSome), () => $"{dns.Records()}");
        return Seen().Value();
    }

    private async Task<string> Unknown(string part)
    {
        string Reason() => dns.Records().Match(_ => "it is known", reason => reason);
        await CaddyProcess.Until(() => Task.FromResult(Reason().Contains(part, StringComparison.Ordinal)), Reason);
        return Reason();
    }
}
