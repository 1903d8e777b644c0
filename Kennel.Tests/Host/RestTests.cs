using System.Globalization;

namespace Kennel.Tests.Host;

public sealed class RestTests
{
    private const string Page = "hello-topic." + TestHost.Domain;
    private const int BodyBytes = 1 << 20;

    private static readonly HostOptions Impatient = Expiring(8);
    private static readonly HostOptions Patient = Expiring(0);

    [HostFact]
    public Task Fifty_first_requests_wake_a_branch_and_all_are_answered_whole() =>
        TestHost.With(
            Impatient,
            async host =>
            {
                var hello = await TestRepository.Create(host);
                await hello.Release("topic", Edit.Counter("1"));
                await host.UntilState("topic", "hello", "hibernated");
                await UntilNothingRuns(host);
                Assert.Contains(
                    "It hibernates since",
                    await host.Kennel("why", "hello/topic"),
                    StringComparison.Ordinal
                );

                var answers = await Ask(host, count: 25);

                Assert.Equal(25, answers.Count(answer => answer == "200 GET 0 bytes"));
                Assert.Equal(25, answers.Count(answer => answer == $"200 POST {BodyBytes} bytes"));
            }
        );

    [HostFact]
    public Task A_branch_that_sleeps_and_wakes_keeps_its_data_and_its_site_is_never_away() =>
        TestHost.With(
            Patient,
            async host =>
            {
                var hello = await TestRepository.Create(host);
                await hello.Release("topic", Edit.Version("1"));
                await host.UntilSettled();
                var files = await host.Files();
                var load = await Load.Start(host, "hello-site-topic." + TestHost.Domain);

                for (var round = 0; round < 3; round++)
                {
                    await host.Kennel("hibernate", "hello/topic");
                    await UntilNothingRuns(host);
                    Assert.Equal(files, await host.Files());
                    await host.Run("nix-collect-garbage >/dev/null 2>&1");
                    await host.Kennel("wake", "hello/topic", "--wait");
                    await host.UntilServed(Page, "hello, version 1");
                }

                await load.StopWithoutFailure();
                Assert.Single(await host.Builds());
            }
        );

    [HostFact]
    public Task A_reboot_while_it_wakes_is_survived() =>
        TestHost.With(
            Patient,
            async host =>
            {
                var hello = await TestRepository.Create(host);
                await hello.Release("topic", Edit.Counter("1"));
                await host.UntilSettled();
                await host.Kennel("hibernate", "hello/topic");
                await UntilNothingRuns(host);

                await host.Kennel("wake", "hello/topic");
                await host.Reboot();

                await host.UntilState("topic", "hello", "live");
                Assert.Equal(200, (await host.Get(Page)).Status);
            }
        );

    [HostFact]
    public Task A_crawler_keeps_nothing_awake_and_wakes_nothing() =>
        TestHost.With(
            Impatient,
            async host =>
            {
                var hello = await TestRepository.Create(host);
                await hello.Release("topic", Edit.Version("1"));
                var crawl = host.Run(
                    $"""
                    while [ ! -e /run/enough ]; do
                        curl --silent --max-time 5 --output /dev/null --header 'Host: {Page}' \
                            --user-agent 'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)' http://127.0.0.1/ || true
                        sleep 0.5
                    done
                    """
                );
                await host.UntilState("topic", "hello", "hibernated");
                await UntilNothingRuns(host);
                await Task.Delay(TimeSpan.FromSeconds(5));
                await host.UntilState("topic", "hello", "hibernated");
                await host.Run("touch /run/enough");
                await crawl;
                Assert.Equal(200, (await host.Get(Page)).Status);
            }
        );

    [HostFact]
    public Task Somebody_who_uses_it_keeps_a_branch_awake_and_nobody_loses_it() =>
        TestHost.With(
            Patient,
            async host =>
            {
                var hello = await TestRepository.Create(host);
                await hello.Release("main", Edit.Version("1"));
                await hello.Release("topic", Edit.Version("1"));
                var load = await Load.Start(host, Page);
                await host.Kennel("project", "set", "hello", "--hibernate-after", "5s", "--remove-after", "10s");
                await Task.Delay(TimeSpan.FromSeconds(30));
                await load.StopWithoutFailure();

                await TestHost.Until(
                    "only the default branch is left",
                    async () => (await hello.Deployments()).ForAll(it => it.Branch == "main")
                );
                Assert.Equal(200, (await host.Get("hello-main." + TestHost.Domain)).Status);
                Assert.Contains("version 1", (await host.Get("hello-main." + TestHost.Domain)).Body);
            }
        );

    private static async Task<IReadOnlyList<string>> Ask(TestHost host, int count)
    {
        var asked = await host.Run(
            $$"""
            cd "$(mktemp --directory)"
            head --bytes {{BodyBytes}} /dev/zero >body
            ask() {
                curl --silent --max-time 60 --output "answer$1" --write-out '%{http_code} ' --header 'Host: {{Page}}' \
                    "${@:2}" http://127.0.0.1/ >"status$1" || true
            }
            for number in $(seq {{count.ToString(CultureInfo.InvariantCulture)}}); do
                ask "g$number" &
                ask "p$number" --header 'Content-Type: application/octet-stream' --data-binary @body &
            done
            wait
            for status in status*; do cat "$status" "answer${status#status}"; done
            """
        );
        return asked.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    private static Task UntilNothingRuns(TestHost host) =>
        TestHost.Until("no unit of it is left", async () => (await host.Units()).Count == 0);

    private static HostOptions Expiring(int hibernateAfterSeconds) =>
        new()
        {
            Configuration = $$"""
                {
                  "domains": { "ephemeral": "kennel.localhost" },
                  "caddy": { "adminUrl": "unix//run/caddy-admin/admin.sock", "port": 80 },
                  "git": { "allowedProtocols": ["file"] },
                  "releases": { "readyDeadlineSeconds": 8, "stayUpSeconds": 1, "drainSeconds": 2 },
                  "ports": { "coolingSeconds": 1 },
                  "reconcile": { "intervalSeconds": 1 },
                  "expiry": { "hibernateAfterSeconds": {{hibernateAfterSeconds}}, "removeAfterSeconds": 0 }
                }
                """,
        };
}
