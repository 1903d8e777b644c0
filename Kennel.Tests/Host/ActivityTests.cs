using Kennel.Core.Views;

namespace Kennel.Tests.Host;

public sealed class ActivityTests
{
    private const string UnitsOfTheLog = "kennel-activity.socket kennel_activity.service";

    [HostFact]
    public Task The_access_log_arrives_as_installed_so_that_it_is_known_what_is_used() =>
        TestHost.With(
            new HostOptions { Configuration = Proven },
            async host =>
            {
                await TestHost.Until(
                    "the socket is handed over",
                    async () =>
                        (await host.Try("ss --udp --listening --processes --numeric | grep ':9514.*kennel'")).ExitStatus
                        == 0
                );
                await Task.Delay(TimeSpan.FromSeconds(10));

                Assert.Empty((await host.Ask<StatusView>("status")).Unseen);
            }
        );

    [HostFact]
    public Task A_Caddy_without_the_log_is_told_of_in_the_status() =>
        TestHost.With(
            new HostOptions { Configuration = Proven },
            async host =>
            {
                await host.Run(
                    "curl --silent --fail --unix-socket /run/caddy-admin/admin.sock --request DELETE http://localhost/config/apps/http/servers/kennel/logs"
                );

                await TestHost.Until(
                    "the status says so",
                    async () =>
                        (await host.Ask<StatusView>("status")).Unseen.Exists(it =>
                            it.Reason.Contains("udp/127.0.0.1:9514", StringComparison.Ordinal)
                        )
                );
            }
        );

    [HostFact]
    public Task A_stopped_Kennel_stays_stopped_and_nobody_prints_what_Caddy_cannot_send() =>
        TestHost.With(async host =>
        {
            await host.UntilSettled();
            await host.Run("systemctl stop kennel");
            var lines = await LinesOfCaddy(host);

            for (var number = 0; number < 20; number++)
                Assert.Equal(404, (await host.Get("nobody.test")).Status);

            Assert.Equal("inactive", (await host.Try("systemctl is-active kennel")).Output.Trim());
            Assert.Equal("active\nactive", (await host.Run($"systemctl is-active {UnitsOfTheLog}")).Trim());
            Assert.Equal(lines, await LinesOfCaddy(host));
            await host.Run("systemctl start kennel");
            await host.UntilSettled();
            await host.Run(
                "systemctl stop kennel && systemctl restart kennel-activity.socket && systemctl start kennel"
            );
            await host.UntilSettled();
        });

    [HostFact]
    public Task Caddy_reaches_the_socket_at_which_it_asks_about_what_sleeps() =>
        TestHost.With(async host =>
        {
            await host.UntilSettled();

            var told = await host.Run(
                "setpriv --reuid caddy --regid caddy --init-groups curl --silent --unix-socket /run/kennel/wake.sock http://nobody.test/wake"
            );

            Assert.Equal("Kennel: nothing is deployed at nobody.test.\n", told);
            var refused = await host.Try(
                "setpriv --reuid caddy --regid caddy --init-groups curl --silent --unix-socket /run/kennel/kennel.sock http://kennel/v1/status"
            );
            Assert.NotEqual(0, refused.ExitStatus);
        });

    private static string Proven =>
        new HostOptions().Configuration.Replace(
            "\"ports\"",
            "\"activity\": { \"proveSeconds\": 1 }, \"ports\"",
            StringComparison.Ordinal
        );

    private static Task<string> LinesOfCaddy(TestHost host) =>
        host.Run("journalctl --unit caddy --output cat | wc --lines");
}
