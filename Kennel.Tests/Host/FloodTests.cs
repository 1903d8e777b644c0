using Kennel.Core.Views;

namespace Kennel.Tests.Host;

public sealed class FloodTests
{
    private const int ProjectsMax = 20;
    private const int KillsMax = 5;

    [HostFact]
    public Task Two_hundred_deliveries_at_once_end_alike_with_Kennel_killed_five_times_and_without() =>
        TestHost.With(
            TestForge.Options with
            {
                Files =
                [
                    .. TestForge.Options.Files,
                    ("/etc/systemd/system/kennel.service.d/restart.conf", "[Service]\nRestartSec=100ms\n"),
                ],
            },
            async host =>
            {
                var flood = new Flood(host);
                await flood.Prepare(TenEach("calm", 10));
                for (var number = 1; number <= ProjectsMax; number++)
                    await flood.Register($"p{number}");
                var calm = await Round(host, flood, "calm", kills: 0);
                await flood.Prepare(TenEach("killed", 11));
                var killed = await Round(host, flood, "killed", KillsMax);

                Assert.Equal(calm, killed);
            }
        );

    [HostFact]
    public Task Fifty_pull_requests_in_any_order_leave_nothing() =>
        TestHost.With(
            TestForge.Options,
            async host =>
            {
                var flood = new Flood(host);
                await flood.Prepare(
                    """
                    make hello
                    c=$(commit hello main) && push hello HEAD:main
                    for n in $(seq 50); do
                        for second in 1 2 3; do
                            [ $second = 1 ] && action=opened || action=synchronized
                            c=$(commit hello "$n $second") && push hello "HEAD:b$n" "HEAD:refs/pull/$n/head"
                            note --updated-at "2026-01-02T10:00:0${second}Z" pull-request $n $action b$n $c
                        done
                        note --updated-at 2026-01-02T10:00:04Z pull-request $n closed b$n $c
                    done
                    """
                );
                await flood.Register("hello");

                await flood.Send();
                await host.UntilSettled();

                await host.ExpectNothingLeft();
                await flood.ExpectEachAccountedFor();
            }
        );

    /// <summary>Ten deliveries for each project; what is left is the same in whatever order they come.</summary>
    private static string TenEach(string text, int hour) =>
        $$"""
            for n in $(seq {{ProjectsMax}}); do
                p=p$n; as="--repository club/$p --id $n"
                make $p
                git -C $p checkout --quiet -B main
                main=$(commit $p {{text}}) && push $p HEAD:main
                topic=$(commit $p '{{text}} topic') && push $p HEAD:topic HEAD:refs/pull/1/head
                push $p :topic
                note $as push main $main
                note $as --delivery {{text}}-$n push main $main
                note $as --delivery {{text}}-$n push main $main
                note $as push topic $topic
                note $as delete topic
                for second in 1 2 3; do
                    action=$(echo opened synchronized closed | cut -d ' ' -f $second)
                    note $as --updated-at {{$"2026-01-02T{hour}"}}:00:0${second}Z pull-request 1 $action topic $topic
                done
                note $as --updated-at {{$"2026-01-02T{hour}"}}:00:02Z pull-request 1 synchronized topic $topic
                note $as push main $main
            done
            """;

    private static async Task<string> Round(TestHost host, Flood flood, string text, int kills)
    {
        var sent = flood.Send();
        for (var kill = 0; kill < kills; kill++)
            await host.Run("sleep 0.7; systemctl kill --signal KILL kennel");
        await sent;
        await host.UntilSettled();
        await flood.ExpectEachAccountedFor();
        for (var number = 1; number <= ProjectsMax; number++)
            Assert.Equal($"{text}\n", (await host.Get(HostLooks.HostName($"p{number}", "main"))).Body);
        var standing = (await host.Ask<Seq<DeploymentView>>("deployments")).Map(it =>
            $"{it.Project} {it.Branch} {it.Component} {it.State}"
        );
        var left = await host.Run("ls /var/lib/kennel/builds | wc -l");
        return string.Join('\n', standing.Order(StringComparer.Ordinal)) + left;
    }
}
