using System.Diagnostics;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;
using Kennel.Core.Domain;
using Kennel.Core.Planning;
using Kennel.Core.Ports;
using Kennel.Core.Routing;
using Kennel.Shell.Caddy;
using Kennel.Tests.Routing;
using Xunit.Abstractions;
using static Kennel.Tests.Routing.Rows;
using Action = Kennel.Core.Planning.Action;

namespace Kennel.Tests.Caddy;

/// <summary>The client against the real thing.</summary>
public sealed class CaddyClientTests(ITestOutputHelper output)
{
    private static readonly JsonArray Foreign =
    [
        JsonNode.Parse(
            """{"@id":"kennel-look-alike","match":[{"host":["a.foreign"]}],"handle":[{"handler":"static_response","body":"A"}]}"""
        ),
        JsonNode.Parse(
            """{"match":[{"host":["b.foreign"]}],"handle":[{"handler":"static_response","body":"B"}],"terminal":true}"""
        ),
    ];

    [CaddyFact]
    public async Task Kennels_routes_come_last_and_foreign_ones_stay_as_they_are()
    {
        await using var caddy = await CaddyProcess.Start(Foreign);
        await using var application = await Application.Start("app");

        var missing = await Look(caddy);
        Assert.IsType<RoutingPlace.Missing>(missing.Place);
        await Write(caddy, Table(("app.test", application.Route)));
        await Write(caddy, Table(("app.test", application.Route), ("second.test", application.Route)));

        var routes = (await caddy.Show("/config/apps/http/servers/web/routes"))!.AsArray();
        Assert.Equal(3, routes.Count);
        Assert.True(JsonNode.DeepEquals(Foreign[0], routes[0]));
        Assert.True(JsonNode.DeepEquals(Foreign[1], routes[1]));
        Assert.Equal("kennel", routes[2]!["@id"]!.ToString());
        Assert.Equal("A", (await caddy.Get("a.foreign")).Body);
        Assert.StartsWith("app\n", (await caddy.Get("second.test")).Body, StringComparison.Ordinal);
    }

    [CaddyFact]
    public async Task What_was_written_is_seen()
    {
        await using var caddy = await CaddyProcess.Start();
        var table = Table(("app.test", Service(20000)), ("site.test", Site()))
            .With(Theirs, "theirs.test", Site(singlePage: true));

        await Write(caddy, table);

        var seen = await Look(caddy);
        Assert.IsType<RoutingPlace.Present>(seen.Place);
        Assert.Equal((table, true), (seen.Table, seen.IsCurrent));
    }

    [CaddyFact]
    public async Task A_server_without_a_list_of_routes_gets_one()
    {
        await using var caddy = await CaddyProcess.Start(routes: null);

        Assert.False(Assert.IsType<RoutingPlace.Missing>((await Look(caddy)).Place).HasRoutes);
        await Write(caddy, RoutingTable.Empty);

        Assert.Equal(404, (await caddy.Get("nobody.test")).Status);
        Assert.True((await Look(caddy)).IsCurrent);
    }

    [CaddyFact]
    public async Task Without_a_server_on_the_port_it_says_what_there_is()
    {
        await using var elsewhere = await CaddyProcess.StartWith(caddy => new JsonObject
        {
            ["other"] = new JsonObject { ["listen"] = new JsonArray($"unix/{caddy.Files}/web.sock") },
        });
        await using var nowhere = await CaddyProcess.StartWith(_ => []);
        await nowhere.Change(HttpMethod.Delete, "/config/apps", "null");

        var listens = Assert.IsType<RoutingPlace.NoServer>((await Look(elsewhere)).Place).Listens;
        Assert.StartsWith("other on unix/", listens, StringComparison.Ordinal);
        Assert.Equal(new RoutingPlace.NoServer("no server"), (await Look(nowhere)).Place);
    }

    [CaddyFact]
    public async Task A_write_after_another_change_is_refused_and_changes_nothing()
    {
        await using var caddy = await CaddyProcess.Start();
        var first = await Look(caddy);
        await caddy.Change(HttpMethod.Post, "/config/apps/http/servers/web/routes", Foreign[1]!.ToJsonString());

        AssertRefused(await Send(caddy, first, Table(("a.test", Service(1)))), "changed meanwhile");
        await Write(caddy, Table(("a.test", Service(1))));
        var second = await Look(caddy);
        await Write(caddy, Table(("b.test", Service(2))));
        AssertRefused(await Send(caddy, second, Table(("a.test", Service(3)))), "changed meanwhile");

        Assert.Equal(Table(("b.test", Service(2))), (await Look(caddy)).Table);
    }

    [CaddyFact]
    public async Task A_write_to_a_subtree_that_is_gone_is_refused()
    {
        await using var caddy = await CaddyProcess.Start();
        await Write(caddy, RoutingTable.Empty);
        var seen = await Look(caddy);
        await caddy.Change(HttpMethod.Delete, "/id/kennel", "null");

        Assert.IsType<Effect.Failed>(await Send(caddy, seen, Table(("a.test", Service(1)))));
        Assert.IsType<RoutingPlace.Missing>((await Look(caddy)).Place);
    }

    [CaddyFact]
    public async Task A_table_that_cannot_be_written_leaves_the_old_one_serving()
    {
        await using var caddy = await CaddyProcess.Start();
        await using var application = await Application.Start("app");
        await Write(caddy, Table(("app.test", application.Route)));
        var seen = await Look(caddy);
        var sites = Path.Combine(caddy.Files, "routes", "sites");
        Directory.Delete(sites);
        await File.WriteAllTextAsync(sites, "in the way");

        AssertRefused(await Send(caddy, seen, Table(("app.test", Service(1)))), sites);

        Assert.Equal(200, (await caddy.Get("app.test")).Status);
        Assert.Equal(seen, await Look(caddy));
    }

    [CaddyFact]
    public async Task A_restarted_Caddy_is_seen_without_the_routes_and_gets_them_by_one_write()
    {
        await using var caddy = await CaddyProcess.Start(Foreign);
        await Write(caddy, Table(("site.test", Site())));
        var before = await Look(caddy);

        await caddy.Stop();
        var down = Assert.IsType<Observation<ObservedRouting>.Unknown>(await caddy.Client.Routing(default));
        Assert.Contains("cannot be reached", down.Reason, StringComparison.Ordinal);
        var lost = Assert.IsType<Effect.Failed>(await Send(caddy, before, before.Table));
        Assert.IsType<Cause.Unreachable>(lost.Cause);

        await caddy.StartAgain();
        Assert.IsType<RoutingPlace.Missing>((await Look(caddy)).Place);
        await Write(caddy, before.Table);
        Assert.Equal(before, await Look(caddy));
    }

    [CaddyFact]
    public async Task The_same_write_again_changes_nothing()
    {
        await using var caddy = await CaddyProcess.Start();
        var table = Table(("a.test", Service(20000)));
        await Write(caddy, table);
        var first = await Look(caddy);

        await Write(caddy, table);

        Assert.Equal(first, await Look(caddy));
    }

    [CaddyFact]
    public async Task Streams_of_one_host_outlive_twenty_writes_for_another()
    {
        await using var caddy = await CaddyProcess.Start();
        await using var application = await Application.Start("app");
        RoutingTable Tables(int number) =>
            Table(("app.test", application.Route), ("other.test", Service(30000 + number)));
        await Write(caddy, Tables(0));
        using var ticks = await caddy.Stream("app.test", "/ticks");
        using var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("Host", "app.test");
        await socket.ConnectAsync(new Uri($"ws://127.0.0.1:{caddy.WebPort}/socket"), default);

        for (var number = 1; number <= 20; number++)
        {
            await Write(caddy, Tables(number));
            Assert.Equal($"hello {number}", await Echoed(socket, $"hello {number}"));
            Assert.Equal($"{number - 1}", await ticks.ReadLineAsync());
        }
        // Longer than the grace period of this Caddy's: it must not end streams either.
        await Task.Delay(1500);
        Assert.Equal("still here", await Echoed(socket, "still here"));
        for (var number = 20; number < 100; number++)
            Assert.Equal($"{number}", await ticks.ReadLineAsync());

        Assert.Equal(2, (await caddy.Client.Connections(default)).ToOption().IfNone([])[Port(application.Port)]);
    }

    [CaddyFact]
    public async Task Requests_in_flight_are_counted_by_port_and_gone_when_they_end()
    {
        await using var caddy = await CaddyProcess.Start();
        await using var application = await Application.Start("app");
        await Write(caddy, Table(("app.test", application.Route)));
        Assert.Equal(Observation.Known(Map<Port, int>()), await caddy.Client.Connections(default));

        using (await caddy.Stream("app.test", "/ticks"))
            Assert.Equal(Some(1), await InFlight(caddy, application.Port));

        await CaddyProcess.Until(
            async () => (await InFlight(caddy, application.Port)).IfNone(0) == 0,
            () => "the request is still counted"
        );
    }

    [CaddyFact]
    public async Task Two_thousand_rows_go_by_one_write()
    {
        await using var caddy = await CaddyProcess.Start();
        var table = Table([
            .. Enumerable.Range(0, 2000).Select(number => ($"host-{number}.test", Service(20000 + number))),
        ]);
        await Write(caddy, RoutingTable.Empty);
        await Time("append 2,000 rows", () => Write(caddy, table));
        await Time("first look", () => Look(caddy));
        await Time("next look", () => Look(caddy));
        await Time("change one row", () => Write(caddy, table.With(Ours, "host-7.test", Service(7))));
        await Time("look after a change", () => Look(caddy));

        Assert.Equal(table.With(Ours, "host-7.test", Service(7)), (await Look(caddy)).Table);
    }

    [CaddyFact]
    public async Task A_Caddy_that_does_not_answer_is_unknown_and_nothing_is_written()
    {
        await using var caddy = await CaddyProcess.Start();
        await Write(caddy, RoutingTable.Empty);
        var seen = await Look(caddy);
        using var hasty = caddy.Connect(timeoutSeconds: 1);

        await caddy.Freeze();
        var look = Assert.IsType<Observation<ObservedRouting>.Unknown>(await hasty.Routing(default));
        var write = new Action.WriteRoutes(seen.Place, seen.Version, Table(("a.test", Service(1))));
        var effect = await hasty.Write(write, default);
        await caddy.Resume();

        Assert.Contains("did not answer within 1 s", look.Reason, StringComparison.Ordinal);
        Assert.IsType<Cause.Unreachable>(Assert.IsType<Effect.Failed>(effect).Cause);
        Assert.Equal(seen, await Look(caddy));
    }

    [CaddyFact]
    public async Task The_admin_endpoint_may_be_a_TCP_address()
    {
        await using var caddy = await CaddyProcess.Start();
        await caddy.Change(HttpMethod.Patch, "/config/admin/listen", $"\"localhost:{caddy.AdminPort}\"");
        using var client = new CaddyClient(caddy.Options($"http://localhost:{caddy.AdminPort}"));
        await CaddyProcess.Until(
            async () => (await client.Routing(default)).ToOption().IsSome,
            () => "no answer over TCP"
        );

        var seen = (await client.Routing(default))
            .ToOption()
            .IfNone(() => throw new InvalidOperationException("unseen"));
        var write = new Action.WriteRoutes(seen.Place, seen.Version, Table(("a.test", Service(1))));
        Assert.Equal(Effect.Happened, await client.Write(write, default));
        Assert.Equal(Some(write.Table), (await client.Routing(default)).ToOption().Map(routing => routing.Table));
    }

    private async Task Time(string what, Func<Task> act)
    {
        var watch = Stopwatch.StartNew();
        await act();
        output.WriteLine($"{what}: {watch.Elapsed.TotalMilliseconds:0.0} ms");
    }

    private static async Task<Option<int>> InFlight(CaddyProcess caddy, int port) =>
        (await caddy.Client.Connections(default)).ToOption().Bind(all => all.Find(Port(port)));

    private static async Task<ObservedRouting> Look(CaddyProcess caddy) =>
        Assert.IsType<Observation<ObservedRouting>.Known>(await caddy.Client.Routing(default)).Value;

    private static Task<Effect> Send(CaddyProcess caddy, ObservedRouting seen, RoutingTable table) =>
        caddy.Client.Write(new Action.WriteRoutes(seen.Place, seen.Version, table), default);

    private static async Task Write(CaddyProcess caddy, RoutingTable table) =>
        Assert.Equal(Effect.Happened, await Send(caddy, await Look(caddy), table));

    private static void AssertRefused(Effect effect, string detail)
    {
        var refused = Assert.IsType<Cause.Refused>(Assert.IsType<Effect.Failed>(effect).Cause);
        Assert.Contains(detail, refused.Detail, StringComparison.Ordinal);
    }

    private static async Task<string> Echoed(ClientWebSocket socket, string text)
    {
        await socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, true, default);
        var buffer = new byte[1024];
        var received = await socket.ReceiveAsync(buffer, default);
        return Encoding.UTF8.GetString(buffer, 0, received.Count);
    }
}
