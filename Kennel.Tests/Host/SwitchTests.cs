using System.Globalization;
using System.Text.RegularExpressions;

namespace Kennel.Tests.Host;

public sealed partial class SwitchTests
{
    private const int Redeploys = 20;
    private const string Page = "hello-main." + TestHost.Domain;
    private const string OtherPage = "other-main." + TestHost.Domain;

    private static readonly HostOptions Quick = new()
    {
        Configuration = """
            {
              "domains": { "ephemeral": "kennel.localhost" },
              "caddy": { "adminUrl": "unix//run/caddy-admin/admin.sock", "port": 80 },
              "git": { "allowedProtocols": ["file"] },
              "releases": { "readyDeadlineSeconds": 20, "stayUpSeconds": 0, "drainSeconds": 5 },
              "ports": { "coolingSeconds": 1 }
            }
            """,
    };

    [HostFact]
    public Task Twenty_redeploys_answer_every_request_well_and_cut_nothing_of_another_deployment() =>
        TestHost.With(
            Quick,
            async host =>
            {
                var hello = await TestRepository.Create(host);
                await hello.Release("main", Edit.Version("1"));
                await (await TestRepository.Create(host, "other")).Release("main", Streamer.At("1"));
                await host.UntilSettled();

                var slow = host.Run(
                    $"curl --silent --show-error --fail --max-time 600 --header 'Host: {OtherPage}' http://127.0.0.1/slow",
                    TimeSpan.FromMinutes(12)
                );
                await host.Run(Ticks);
                var load = host.Run(
                    $"wrk --threads 1 --connections 8 --duration 600s --timeout 20s --header 'Host: {Page}' http://127.0.0.1/ >/tmp/wrk & echo $! >/tmp/wrk.pid; wait $!; cat /tmp/wrk",
                    TimeSpan.FromMinutes(12)
                );
                await TestHost.Until("wrk runs", async () => (await host.Try("test -s /tmp/wrk.pid")).ExitStatus == 0);
                for (var count = 0; count < Redeploys; count++)
                    await host.Kennel("redeploy", "hello/main", "--wait");
                await host.Run("kill -INT \"$(cat /tmp/wrk.pid)\"");
                var report = await load;

                ExpectEveryAnswer(report);
                Assert.Equal(Streamer.SlowLines, Line().Count(await slow));
                await ExpectUnbrokenTicks(host);
                await host.UntilSettled();
                Assert.Equal(2, (await host.Invocations()).Count);
            }
        );

    private static void ExpectEveryAnswer(string report)
    {
        var asked = long.Parse(Requests().Match(report).Groups[1].Value, CultureInfo.InvariantCulture);
        Assert.True(asked > 1000, report);
        Assert.DoesNotContain("Non-2xx", report, StringComparison.Ordinal);
        Assert.DoesNotContain("Socket errors", report, StringComparison.Ordinal);
    }

    [GeneratedRegex("([0-9]+) requests in")]
    private static partial Regex Requests();

    // A client of an upgraded connection: what comes after the answer's head goes to a file.
    private static string Ticks =>
        $$"""
            cat >/srv/ticks <<'CLIENT'
            exec 3<>/dev/tcp/127.0.0.1/80
            printf 'GET /ticks HTTP/1.1\r\nHost: {{OtherPage}}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Key: MDEyMzQ1Njc4OWFiY2RlZg==\r\nSec-WebSocket-Version: 13\r\n\r\n' >&3
            cat <&3 >/srv/ticks.log
            echo ended >>/srv/ticks.log
            CLIENT
            setsid bash /srv/ticks </dev/null >/dev/null 2>&1 &
            for try in $(seq 50); do grep -qs 'tick 1' /srv/ticks.log && exit 0; sleep 0.2; done
            exit 1
            """;

    private static async Task ExpectUnbrokenTicks(TestHost host)
    {
        var before = await host.Run("grep -c ^tick /srv/ticks.log");
        await TestHost.Until("it ticks on", async () => await host.Run("grep -c ^tick /srv/ticks.log") != before);
        Assert.DoesNotContain("ended", await host.Run("tail -n 1 /srv/ticks.log"), StringComparison.Ordinal);
        Assert.True(int.Parse(before, CultureInfo.InvariantCulture) > 10);
    }

    [GeneratedRegex("^line [0-9]{4}$", RegexOptions.Multiline)]
    private static partial Regex Line();
}
