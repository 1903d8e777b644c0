using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using Kennel.Core.Domain;
using Kennel.Core.Planning;
using Kennel.Core.Routing;
using Kennel.Tests.Caddy;
using static Kennel.Tests.Routing.Rows;

namespace Kennel.Tests.Activity;

/// <summary>What is heard of requests through a real Caddy with the logging that is installed.</summary>
public sealed class ActivityTests
{
    private const string Firefox = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";
    private const string Googlebot = "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)";

    [CaddyFact]
    public async Task People_are_heard_of_and_bots_are_not()
    {
        await using var application = await Application.Start("app");
        await using var world = await LoggingCaddy.Start(Previews(application));
        world.Listen();
        await world.UntilProven();
        var since = DateTimeOffset.UtcNow.AddSeconds(-1);

        await world.Caddy.Get("bot.test", "/", ("User-Agent", Googlebot));
        await world.Caddy.Get("robots.test", "/robots.txt", ("User-Agent", Firefox));
        await world.Caddy.Get("unknown.test", "/", ("User-Agent", Firefox));
        await world.Caddy.Get("main.test", "/", ("User-Agent", Firefox));
        await world.Caddy.Get("Person.test.", "/", ("User-Agent", Firefox));
        await world.Caddy.Send(HttpMethod.Post, "nameless.test", "/");
        await world.UntilUsed("person.test");
        await world.UntilUsed("nameless.test");

        var hosts = world.Hosts().IfNone(Map<HostName, DateTimeOffset>());
        Assert.Equal(["nameless.test", "person.test"], hosts.Keys.Select(host => host.Value));
        Assert.All(hosts.Values, at => Assert.InRange(at, since, DateTimeOffset.UtcNow));
        Assert.Empty(world.Complaints);
    }

    [CaddyFact]
    public async Task Without_the_access_log_nothing_is_known_and_it_says_what_is_missing()
    {
        await using var world = await LoggingCaddy.Start(RoutingTable.Empty, isLogging: false);
        world.Listen();

        await CaddyProcess.Until(() => Task.FromResult(Doubt(world) != Observation.NotAsked), () => "no reason");

        Assert.Contains($"does not arrive at udp/127.0.0.1:{world.LogPort}", Doubt(world), StringComparison.Ordinal);
        Assert.Contains("docs/operations", Doubt(world), StringComparison.Ordinal);
    }

    [CaddyFact]
    public async Task When_Caddy_goes_the_knowledge_goes_with_it_and_comes_back()
    {
        await using var world = await LoggingCaddy.Start(RoutingTable.Empty);
        world.Listen();
        await world.UntilProven();

        await world.Caddy.Stop();
        await CaddyProcess.Until(() => Task.FromResult(world.Hosts().IsNone), () => "it is still known");
        await CaddyProcess.Until(
            () =>
                Task.FromResult(
                    Doubt(world).Contains("Caddy does not answer Kennel's own request", StringComparison.Ordinal)
                ),
            () => Doubt(world)
        );
        await world.Caddy.StartAgain();
        await CaddySites.Serve(world.Caddy, RoutingTable.Empty);

        await world.UntilProven();
    }

    [CaddyFact]
    public async Task Requests_that_were_made_while_Kennel_was_down_are_heard_of_when_it_is_back()
    {
        await using var application = await Application.Start("app");
        await using var world = await LoggingCaddy.Start(Previews(application));
        using var held = Hold(world.LogPort);
        await world.Caddy.Get("person.test", "/", ("User-Agent", Firefox));
        await CaddyProcess.Until(() => Task.FromResult(held.Available > 0), () => "no record arrived");
        var back = DateTimeOffset.UtcNow;

        world.Listen(held);
        await world.UntilProven();
        await world.UntilUsed("person.test");

        Assert.True(world.Hosts().Exists(hosts => hosts[Routing.Rows.Host("person.test")] < back));
    }

    [CaddyFact]
    public async Task A_reader_that_stands_still_holds_no_request_up()
    {
        await using var application = await Application.Start("app");
        await using var world = await LoggingCaddy.Start(Previews(application));
        using var held = Hold(world.LogPort);
        held.ReceiveBufferSize = 4096;
        var watch = Stopwatch.StartNew();

        for (var number = 0; number < 500; number++)
            Assert.Equal(200, (await world.Caddy.Get("person.test", "/", ("User-Agent", Firefox))).Status);

        Assert.InRange(watch.Elapsed.TotalSeconds, 0, 30);
    }

    [CaddyFact]
    public async Task A_record_tells_nothing_but_what_Kennel_reads_and_fits_whatever_is_asked()
    {
        await using var application = await Application.Start("app");
        await using var world = await LoggingCaddy.Start(Previews(application));
        using var held = Hold(world.LogPort);

        await world.Caddy.Get(
            "person.test",
            "/path?token=secret",
            ("Cookie", "session=secret"),
            ("X-Key", "secret"),
            ("User-Agent", new string('x', 30_000))
        );
        var known = JsonNode.Parse(await Receive(held))!.AsObject();
        await world.Caddy.Get("main.test", "/path?token=secret", ("User-Agent", Firefox));
        var other = JsonNode.Parse(await Receive(held))!.AsObject();
        await world.Caddy.Get("down.test", "/", ("User-Agent", Firefox));
        var failed = JsonNode.Parse(await Receive(held))!.AsObject();

        Assert.Equal(["kennel", "status", "ts"], known.Select(field => field.Key).Order(StringComparer.Ordinal));
        Assert.InRange(known["kennel"]!.ToString().Length, 1, 900);
        Assert.Equal(["status", "ts"], other.Select(field => field.Key).Order(StringComparer.Ordinal));
        Assert.Equal(["kennel", "status", "ts"], failed.Select(field => field.Key).Order(StringComparer.Ordinal));
    }

    [CaddyFact]
    public async Task Rubbish_is_passed_over_and_complained_of_once()
    {
        await using var world = await LoggingCaddy.Start(RoutingTable.Empty);
        world.Listen();
        using var sender = new UdpClient();
        for (var number = 0; number < 10; number++)
            await sender.SendAsync(
                Encoding.ASCII.GetBytes($"rubbish {number}"),
                new IPEndPoint(IPAddress.Loopback, world.LogPort)
            );

        await CaddyProcess.Until(
            () => Task.FromResult(world.Rubbish == 10),
            () => $"{world.Rubbish} pieces of rubbish arrived"
        );
        await world.UntilProven();

        Assert.Single(world.Complaints);
    }

    [CaddyFact]
    public async Task A_port_that_another_has_is_a_reason_to_know_nothing()
    {
        await using var world = await LoggingCaddy.Start(RoutingTable.Empty);
        using var other = Hold(world.LogPort);
        world.Listen();

        await CaddyProcess.Until(() => Task.FromResult(Doubt(world) != Observation.NotAsked), () => "no reason");

        Assert.StartsWith($"UDP port {world.LogPort} cannot be had", Doubt(world), StringComparison.Ordinal);
        Assert.Single(world.Complaints);
    }

    private static RoutingTable Previews(Application application) =>
        new[] { "person.test", "nameless.test", "bot.test", "robots.test" }
            .Aggregate(RoutingTable.Empty, (table, host) => table.With(Hidden(Ours, application.Route), host))
            .With(Hidden(Ours, Service(1)), "down.test")
            .With(Ours, "main.test", application.Route);

    private static string Doubt(LoggingCaddy world) => world.Memory.Requests.Match(_ => "", reason => reason);

    private static Socket Hold(int port)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
        return socket;
    }

    private static async Task<string> Receive(Socket socket)
    {
        var buffer = new byte[64 << 10];
        var length = await socket.ReceiveAsync(buffer).WaitAsync(TimeSpan.FromSeconds(10));
        return Encoding.UTF8.GetString(buffer, 0, length);
    }
}
