using Kennel.Core.Routing;
using Kennel.Shell.Api;
using Kennel.Tests.Caddy;

namespace Kennel.Tests.Api;

/// <summary>What requests for sleeping branches are told.</summary>
public sealed class WakeServerTests
{
    private const string Googlebot = "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)";

    [Fact]
    public async Task Fifty_first_requests_lead_to_one_waking_and_all_are_sent_to_where_it_listens()
    {
        await using var door = await DoorOnTrial.Open(DoorOnTrial.Short);

        var requests = Enumerable.Range(0, 50).Select(_ => door.Ask("a.test")).ToList();
        await door.UntilHeld(50);
        door.Waker.Ready("a.test", 18000);

        foreach (var page in await Task.WhenAll(requests))
            Assert.Equal((204, "127.0.0.1:18000"), (page.Status, page.Header(WakeDoor.UpstreamHeader)));
        Assert.Equal(["a.test"], door.Waker.Asked);
    }

    [Fact]
    public async Task A_browser_that_would_wait_long_gets_a_page_that_reloads_by_itself_and_the_waking_goes_on()
    {
        await using var door = await DoorOnTrial.Open(DoorOnTrial.Short);

        var page = await door.Browse("a.test");
        var second = door.Ask("a.test");
        await door.UntilHeld(1);
        door.Waker.Ready("a.test", 18000);

        Assert.Equal((503, "2", "no-store"), (page.Status, page.Header("Retry-After"), page.Header("Cache-Control")));
        Assert.Equal("text/html; charset=utf-8", page.Header("Content-Type"));
        Assert.Contains("""<meta http-equiv="refresh" content="2">""", page.Body, StringComparison.Ordinal);
        Assert.Contains("a.test was asleep and is waking up.", page.Body, StringComparison.Ordinal);
        Assert.Equal(204, (await second).Status);
        Assert.Equal(["a.test"], door.Waker.Asked);
    }

    [Fact]
    public async Task A_form_that_a_browser_sends_is_held_until_it_can_be_delivered()
    {
        await using var door = await DoorOnTrial.Open(DoorOnTrial.Short);

        var sent = door.Ask("a.test", "text/html", "POST");
        await door.UntilAsked(1);
        await Task.Delay(DoorOnTrial.Short.BrowserPatience * 2);
        Assert.False(sent.IsCompleted);
        door.Waker.Ready("a.test", 18000);

        Assert.Equal(204, (await sent).Status);
    }

    [Fact]
    public async Task Who_asks_on_nobodys_behalf_wakes_nothing()
    {
        await using var door = await DoorOnTrial.Open(DoorOnTrial.Short);

        foreach (var agent in new[] { Googlebot, "kube-probe/1.30", "Uptime-Kuma/1.23.0" })
        {
            var page = await door.Ask("a.test", agent: agent);
            Assert.Equal((503, "3600"), (page.Status, page.Header("Retry-After")));
        }
        Assert.Empty(door.Waker.Asked);
    }

    [Fact]
    public async Task Only_so_many_wake_at_once_some_wait_for_their_turn_and_the_rest_is_told_to_come_back()
    {
        await using var door = await DoorOnTrial.Open(DoorOnTrial.Short);
        var first = door.Ask("a.test");
        var second = door.Ask("b.test");
        await door.UntilAsked(2);

        var third = door.Ask("c.test");
        var fourth = door.Ask("d.test");
        await door.UntilHeld(4);
        var refused = await door.Browse("e.test");

        Assert.Equal((503, "5"), (refused.Status, refused.Header("Retry-After")));
        Assert.Equal(2, door.Waker.Asked.Count);
        foreach (var host in new[] { "a.test", "b.test", "c.test", "d.test" })
            door.Waker.Ready(host, 18000);
        foreach (var page in await Task.WhenAll(first, second, third, fourth))
            Assert.Equal(204, page.Status);
    }

    [Fact]
    public async Task A_request_that_waited_too_long_for_its_turn_is_told_to_come_back()
    {
        await using var door = await DoorOnTrial.Open(
            DoorOnTrial.Short with
            {
                WakesMax = 1,
                TurnLimit = TimeSpan.FromMilliseconds(100),
            }
        );
        var first = door.Ask("a.test");
        await door.UntilAsked(1);

        var second = await door.Ask("b.test");

        Assert.Equal((503, "5"), (second.Status, second.Header("Retry-After")));
        door.Waker.Ready("a.test", 18000);
        Assert.Equal(204, (await first).Status);
    }

    [Fact]
    public async Task Whoever_goes_away_gives_up_the_place()
    {
        await using var door = await DoorOnTrial.Open(DoorOnTrial.Short with { WakesMax = 1, QueuedMax = 1 });
        var first = door.Ask("a.test");
        await door.UntilAsked(1);
        using (var gone = new CancellationTokenSource())
        {
            var second = door.Ask("b.test", cancellation: gone.Token);
            await door.UntilHeld(2);
            Assert.Equal("5", (await door.Browse("full.test")).Header("Retry-After"));
            await gone.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
        }
        await door.UntilHeld(1);

        var third = door.Ask("c.test");
        await door.UntilHeld(2);
        door.Waker.Ready("a.test", 18000);
        door.Waker.Ready("c.test", 18001);

        Assert.Equal(204, (await first).Status);
        Assert.Equal(204, (await third).Status);
        Assert.DoesNotContain("b.test", door.Waker.Asked);
    }

    [Fact]
    public async Task Only_so_many_requests_are_held_in_all()
    {
        await using var door = await DoorOnTrial.Open(DoorOnTrial.Short with { RequestsMax = 3 });
        var held = Enumerable.Range(0, 3).Select(_ => door.Ask("a.test")).ToList();

        await door.UntilHeld(3);

        Assert.Equal("5", (await door.Ask("a.test")).Header("Retry-After"));

        door.Waker.Ready("a.test", 18000);
        foreach (var page in await Task.WhenAll(held))
            Assert.Equal(204, page.Status);
        Assert.Equal(204, (await door.Ask("a.test")).Status);
    }

    [Fact]
    public async Task A_waking_that_fails_says_why_and_when_to_come_back()
    {
        await using var door = await DoorOnTrial.Open(DoorOnTrial.Short);
        door.Waker.Tell("a.test", new WakeAnswer.Failed("it <crashed>", Some(TimeSpan.FromSeconds(90))));
        door.Waker.Break("b.test");

        var page = await door.Browse("a.test");
        var broken = await door.Ask("b.test");

        Assert.Equal((503, "90"), (page.Status, page.Header("Retry-After")));
        Assert.Contains("could not be woken: it &lt;crashed&gt;.", page.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("refresh", page.Body, StringComparison.Ordinal);
        Assert.Equal("Kennel: b.test was asleep and could not be woken: Kennel's log says why.\n", broken.Body);
        Assert.Contains("the store is gone", door.Complaints.Single(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_waking_that_does_not_come_to_an_end_is_ended()
    {
        var limit = TimeSpan.FromMilliseconds(300);
        await using var door = await DoorOnTrial.Open(DoorOnTrial.Short with { WakesMax = 1, WakeLimit = limit });

        var page = await door.Ask("a.test");
        Assert.Equal(503, page.Status);
        door.Waker.Ready("b.test", 18000);

        Assert.Equal(204, (await door.Ask("b.test")).Status);
    }

    [Fact]
    public async Task Nothing_is_deployed_where_nobody_knows_the_host()
    {
        await using var door = await DoorOnTrial.Open(DoorOnTrial.Short);
        door.Waker.Tell("a.test", new WakeAnswer.NotDeployed());

        Assert.Equal((404, "Kennel: nothing is deployed at a.test.\n"), Told(await door.Ask("a.test")));
        Assert.Equal(404, (await door.Ask("not_a_name")).Status);
        Assert.Equal(["a.test"], door.Waker.Asked);
    }

    [Fact]
    public async Task A_stop_does_not_wait_for_requests_that_are_held()
    {
        await using var door = await DoorOnTrial.Open(DoorOnTrial.Short);
        var held = door.Ask("a.test");
        await door.UntilAsked(1);

        await door.Close().WaitAsync(TimeSpan.FromSeconds(4));

        var told = await held.ContinueWith(end => end.IsFaulted ? "cut off" : $"{end.Result.Status} {end.Result.Body}");
        Assert.Equal("cut off", told);
    }

    [Fact]
    public async Task The_web_server_can_reach_the_socket_whoever_it_runs_as()
    {
        await using var door = await DoorOnTrial.Open(DoorOnTrial.Short);

        Assert.True(File.GetUnixFileMode(door.Socket).HasFlag(UnixFileMode.OtherRead | UnixFileMode.OtherWrite));
    }

    private static (int, string) Told(Page page) => (page.Status, page.Body);
}
