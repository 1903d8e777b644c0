using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Kennel.Core.Domain;
using Kennel.Core.Planning;
using Kennel.Core.Routing;
using static Kennel.Tests.Routing.Rows;

namespace Kennel.Tests.Caddy;

/// <summary>A switch of the table as those see it who ask meanwhile.</summary>
public sealed class TableSwitchTests
{
    [CaddyFact]
    public async Task In_three_hundred_switches_no_request_goes_unanswered_or_astray()
    {
        await using var caddy = await CaddyProcess.Start();
        await using var first = await Application.Start("first");
        await using var second = await Application.Start("second");
        RoutingTable Tables(int number) => Table(("app.test", (number % 2 == 0 ? first : second).Route));
        await CaddySites.Serve(caddy, Tables(0));
        using var ended = new CancellationTokenSource();

        var visitors = Enumerable.Range(0, 4).Select(_ => Task.Run(() => Visit(caddy, ended.Token))).ToArray();
        for (var number = 1; number <= 300; number++)
            await CaddySites.Serve(caddy, Tables(number));
        await ended.CancelAsync();

        Assert.InRange((await Task.WhenAll(visitors)).Sum(), 300, int.MaxValue);
    }

    [CaddyFact]
    public async Task A_switch_is_no_change_of_Caddys_configuration()
    {
        await using var caddy = await CaddyProcess.Start();
        await CaddySites.Serve(caddy, Table(("app.test", Service(20000))));
        var before = await Look(caddy);

        await CaddySites.Serve(caddy, Table(("app.test", Service(20001)), ("other.test", new Route.Asleep())));

        var after = await Look(caddy);
        Assert.Equal(before.Place, after.Place);
        Assert.NotEqual(before.Version, after.Version);
    }

    [CaddyFact]
    public async Task The_rows_of_a_switch_take_effect_together()
    {
        await using var caddy = await CaddyProcess.Start();
        await using var first = await Application.Start("first");
        await using var second = await Application.Start("second");
        RoutingTable Both(Application one) => Table(("web.test", one.Route), ("api.test", one.Route));
        await CaddySites.Serve(caddy, Both(first));

        await CaddySites.Serve(caddy, Both(second));

        foreach (var host in new[] { "web.test", "api.test" })
            Assert.StartsWith("second\n", (await caddy.Get(host)).Body, StringComparison.Ordinal);
    }

    [CaddyFact]
    public async Task A_table_that_somebody_damaged_is_seen_so_and_written_anew()
    {
        await using var caddy = await CaddyProcess.Start();
        await using var application = await Application.Start("app");
        var table = Table(("app.test", application.Route));
        foreach (var damaged in new[] { "tables", "rows", "current", "" })
        {
            await CaddySites.Serve(caddy, table);
            var path = Path.Combine(caddy.Files, "routes", damaged);
            if (damaged == "current")
                File.Delete(path);
            else
                Directory.Delete(path, recursive: true);
            Assert.Equal(RoutingTable.Empty, (await Look(caddy)).Table);

            await CaddySites.Serve(caddy, table);

            Assert.Equal(200, (await caddy.Get("app.test")).Status);
        }
    }

    [CaddyFact]
    public async Task What_a_Kennel_left_that_ended_while_it_wrote_does_no_harm_and_is_swept()
    {
        await using var caddy = await CaddyProcess.Start();
        await CaddySites.Serve(caddy, Table(("app.test", Service(20000))));
        var routes = Path.Combine(caddy.Files, "routes");
        Directory.CreateDirectory(Path.Combine(routes, "tables", "2"));
        File.CreateSymbolicLink(Path.Combine(routes, "tables", "2", "stray.test"), "../../rows/stray");
        File.CreateSymbolicLink(Path.Combine(routes, "current.new"), "tables/2");
        Directory.CreateDirectory(Path.Combine(routes, "rows", "stray"));

        var table = Table(("app.test", Service(20001)), ("site.test", Site()));
        await CaddySites.Serve(caddy, table);

        Assert.Equal(table, (await Look(caddy)).Table);
        Assert.False(Directory.Exists(Path.Combine(routes, "rows", "stray")));
    }

    [CaddyFact]
    public async Task Nothing_of_tables_that_were_served_long_ago_is_left()
    {
        await using var caddy = await CaddyProcess.Start();
        for (var number = 0; number < 10; number++)
            await CaddySites.Serve(
                caddy,
                Table(
                    ("app.test", Service(20000 + number)),
                    ("site.test", Site($"site-{number}")),
                    ("closed.test", new Route.Maintenance($"{number}"))
                )
            );
        for (var number = 0; number < 4; number++)
            await CaddySites.Serve(caddy, Table(("app.test", Service(20000 + number))));

        foreach (var (directory, count) in new[] { ("tables", 4), ("rows", 4), ("sites", 0), ("pages", 0) })
            Assert.Equal(count, Directory.GetFileSystemEntries(Path.Combine(caddy.Files, "routes", directory)).Length);
    }

    [CaddyFact]
    public async Task A_host_name_that_is_none_leads_nowhere()
    {
        await using var caddy = await CaddyProcess.Start();
        await using var application = await Application.Start("app");
        await CaddySites.Serve(caddy, Table(("app.test", application.Route), ("a.test", application.Route)));

        foreach (
            var host in new[]
            {
                "..",
                "../rows",
                "*",
                "[a-z].test",
                ".app.test",
                "app..test",
                "{env.HOME}",
                "app.test/",
            }
        )
            Assert.True(await StatusOf(caddy.WebPort, host) is 400 or 404, host);
        Assert.Equal(200, await StatusOf(caddy.WebPort, "App.Test.:80"));
    }

    [CaddyFact]
    public async Task All_of_it_may_be_read_by_every_user()
    {
        await using var caddy = await CaddyProcess.Start();
        await CaddySites.Serve(
            caddy,
            Table(("app.test", Service(20000)), ("site.test", Site()), ("closed.test", new Route.Maintenance("")))
        );
        var entries = new DirectoryInfo(Path.Combine(caddy.Files, "routes"))
            .EnumerateFileSystemInfos("*", SearchOption.AllDirectories)
            .Where(entry => entry.LinkTarget is null && entry.Name != "lock");

        foreach (var entry in entries)
            Assert.True(entry.UnixFileMode.HasFlag(UnixFileMode.OtherRead), entry.FullName);
    }

    private static async Task<int> Visit(CaddyProcess caddy, CancellationToken ended)
    {
        var count = 0;
        while (!ended.IsCancellationRequested)
        {
            Assert.Equal(200, (await caddy.Get("app.test")).Status);
            count++;
        }
        return count;
    }

    // As no HTTP library would ask.
    private static async Task<int> StatusOf(Port port, string host)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, port.Number);
        await using var stream = client.GetStream();
        await stream.WriteAsync(
            Encoding.ASCII.GetBytes($"GET / HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n")
        );
        var answer = await new StreamReader(stream).ReadLineAsync();
        return int.Parse(answer!.Split(' ')[1], CultureInfo.InvariantCulture);
    }

    private static async Task<ObservedRouting> Look(CaddyProcess caddy) =>
        Assert.IsType<Observation<ObservedRouting>.Known>(await caddy.Client.Routing(default)).Value;
}
