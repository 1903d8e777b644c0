using System.Net.Http.Headers;
using Kennel.Core.Routing;
using Kennel.Shell.Api;
using static Kennel.Tests.Routing.Rows;

namespace Kennel.Tests.Caddy;

/// <summary>Requests for branches that sleep, through a real Caddy.</summary>
public sealed class AsleepTests
{
    private static readonly RoutingTable Asleep = Table(("app.test", new Route.Asleep()));

    [CaddyFact]
    public async Task A_request_wakes_the_application_and_is_then_answered_by_it()
    {
        await using var world = await AsleepWorld.Start(Asleep);

        var asked = world.Caddy.Get("app.test", "/any?thing=1", ("Cookie", "session=1"));
        world.Awake();
        var page = await asked;

        Assert.Equal(200, page.Status);
        Assert.StartsWith("GET /any?thing=1 0\n", page.Body, StringComparison.Ordinal);
        Assert.Contains("Cookie: session=1", page.Body, StringComparison.Ordinal);
    }

    [CaddyFact]
    public async Task A_body_of_a_mebibyte_arrives_whole_and_Kennel_sees_nothing_of_it()
    {
        await using var world = await AsleepWorld.Start(Asleep);
        var body = new byte[1 << 20];
        Random.Shared.NextBytes(body);

        var plain = world.Caddy.Post("app.test", "/post", new ByteArrayContent(body));
        using var chunkedContent = new StreamContent(new MemoryStream(body)) { Headers = { ContentLength = null } };
        chunkedContent.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        var chunked = world.Caddy.Post("app.test", "/chunked", chunkedContent, isChunked: true);
        world.Awake();

        Assert.StartsWith($"POST /post {body.Length}\n", (await plain).Body, StringComparison.Ordinal);
        Assert.StartsWith($"POST /chunked {body.Length}\n", (await chunked).Body, StringComparison.Ordinal);
        Assert.All(world.Bodies, received => Assert.Equal(body, received));
    }

    [CaddyFact]
    public async Task Fifty_first_requests_of_both_kinds_lead_to_one_waking_and_all_are_answered()
    {
        await using var world = await AsleepWorld.Start(Asleep);
        var requests = Enumerable
            .Range(0, 50)
            .Select(number =>
                number % 2 == 0
                    ? world.Caddy.Get("app.test", $"/{number}")
                    : world.Caddy.Post("app.test", $"/{number}", new ByteArrayContent(new byte[1 << 16]))
            )
            .ToList();

        await world.Door.UntilHeld(50);
        world.Awake();

        foreach (var page in await Task.WhenAll(requests))
            Assert.Equal(200, page.Status);
        Assert.Equal(["app.test"], world.Door.Waker.Asked);
    }

    [CaddyFact]
    public async Task While_the_table_changes_to_the_woken_service_the_requests_that_woke_it_live_on()
    {
        await using var world = await AsleepWorld.Start(Asleep);
        using var content = new StreamContent(new MemoryStream(new byte[1 << 16]));
        var held = world.Caddy.Post("app.test", "/slow", content);
        world.Awake();

        await CaddySites.Serve(world.Caddy, Table(("app.test", Service(world.Port))));

        Assert.Equal(200, (await held).Status);
        Assert.Equal(200, (await world.Caddy.Get("app.test")).Status);
        Assert.Equal(["app.test"], world.Door.Waker.Asked);
    }

    [CaddyFact]
    public async Task Any_other_answer_of_Kennels_goes_to_the_visitor_as_it_is()
    {
        await using var world = await AsleepWorld.Start(Asleep);
        world.Door.Waker.Tell("app.test", new WakeAnswer.Failed("it crashed", Some(TimeSpan.FromSeconds(90))));

        var page = await world.Caddy.Get("app.test");
        var posted = await world.Caddy.Post("app.test", "/", new ByteArrayContent(new byte[1000]));

        const string told = "Kennel: app.test was asleep and could not be woken: it crashed.\n";
        Assert.Equal((503, told, "90"), (page.Status, page.Body, page.Header("Retry-After")));
        Assert.Equal((503, told), (posted.Status, posted.Body));
    }

    [CaddyFact]
    public async Task An_application_that_is_gone_again_is_not_mistaken_for_one_that_sleeps()
    {
        await using var world = await AsleepWorld.Start(Asleep);
        world.Door.Waker.Ready("app.test", 1);

        var page = await world.Caddy.Get("app.test");

        Assert.Equal(502, page.Status);
        Assert.StartsWith("Kennel: the application at app.test does not answer.", page.Body, StringComparison.Ordinal);
    }

    [CaddyFact]
    public async Task When_Kennel_does_not_answer_either_the_visitor_is_told_so_and_when_to_come_back()
    {
        await using var world = await AsleepWorld.Start(Asleep);
        await world.Door.Close();

        var page = await world.Caddy.Get("app.test");

        Assert.Equal((503, "10", "no-store"), (page.Status, page.Header("Retry-After"), page.Header("Cache-Control")));
        Assert.StartsWith("Kennel: app.test sleeps and cannot be woken now.", page.Body, StringComparison.Ordinal);
        Assert.Contains(page.Header("X-Request-Id"), page.Body, StringComparison.Ordinal);
        Assert.Equal(36, page.Header("X-Request-Id").Length);
    }

    [CaddyFact]
    public async Task A_request_outlives_a_short_restart_of_Kennel()
    {
        await using var world = await AsleepWorld.Start(Asleep);
        var held = world.Caddy.Get("app.test", "/held");
        await world.Door.UntilAsked(1);

        await world.Door.Close();
        var late = world.Caddy.Get("app.test", "/late");
        await Task.Delay(1000);
        await world.Door.Open();
        world.Awake();

        Assert.Equal((200, 200), ((await held).Status, (await late).Status));
    }

    [CaddyFact]
    public async Task Headers_that_could_hold_secrets_do_not_reach_Kennel()
    {
        await using var caddy = await CaddySites.Serving(Asleep);
        var told = await RawListener.FirstRequest(
            CaddySites.WakeSocket(caddy),
            () =>
                caddy.Get(
                    "APP.test.",
                    "/path?token=1",
                    ("Cookie", "session=1"),
                    ("Authorization", "Bearer 1"),
                    ("User-Agent", "curl/8"),
                    ("Upgrade", "websocket"),
                    ("Connection", "Upgrade")
                )
        );

        var lines = told.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal);
        Assert.Equal(
            [
                "Accept-Encoding: gzip",
                "Accept: ",
                "GET /wake HTTP/1.1",
                "Host: app.test",
                "User-Agent: curl/8",
                "X-Kennel-Method: GET",
            ],
            lines
        );
    }
}
