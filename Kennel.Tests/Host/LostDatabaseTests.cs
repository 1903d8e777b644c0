namespace Kennel.Tests.Host;

public sealed class LostDatabaseTests
{
    [HostFact]
    public Task With_1_deployment_live_nothing_stops_when_the_database_is_lost() => Lose(1, 1);

    [HostFact]
    public Task With_4_deployments_live_nothing_stops_when_the_database_is_lost() => Lose(2, 2);

    [HostFact]
    public Task With_40_deployments_live_nothing_stops_when_the_database_is_lost() => Lose(4, 10);

    [HostFact]
    public Task A_damaged_database_is_set_aside_and_nothing_stops() =>
        TestHost.With(async host =>
        {
            await (await TestRepository.Create(host)).Release("main", Edit.Version("1"));
            await host.UntilSettled();
            var before = await host.Invocations();

            await host.Run(
                """
                systemctl stop kennel
                rm -f /var/lib/kennel/kennel.db-*
                dd if=/dev/urandom of=/var/lib/kennel/kennel.db bs=4096 count=4 conv=notrunc status=none
                sha256sum /var/lib/kennel/kennel.db | cut -d ' ' -f 1 >/root/damaged
                systemctl start kennel || true
                """
            );
            await host.UntilServed($"hello-main.{TestHost.Domain}", "hello, version 1");

            Assert.Equal(before, await host.Invocations());
            await host.Run(
                "find /var/lib/kennel -name 'kennel.db*' -type f -exec sha256sum {} + | grep -Ff /root/damaged"
            );
        });

    [HostFact]
    public Task A_database_of_a_newer_Kennel_is_refused_and_not_touched() =>
        TestHost.With(async host =>
        {
            await (await TestRepository.Create(host)).Release("main", Edit.Version("1"));
            await host.UntilSettled();
            var before = await host.Invocations();

            await host.Run(
                "systemctl stop kennel; sqlite3 /var/lib/kennel/kennel.db 'PRAGMA user_version = 9999; PRAGMA wal_checkpoint(TRUNCATE);'; chown kennel: /var/lib/kennel/kennel.db*"
            );
            var stored = await host.Run("sqlite3 /var/lib/kennel/kennel.db .dump | sha256sum");
            var started = await host.Try("timeout 30 systemctl start kennel");

            Assert.NotEqual(0, started.ExitStatus);
            Assert.Contains(
                "9999",
                await host.Run("journalctl --unit kennel --lines 50 --no-pager"),
                StringComparison.Ordinal
            );
            Assert.Equal(stored, await host.Run("sqlite3 /var/lib/kennel/kennel.db .dump | sha256sum"));
            Assert.Equal(before, await host.Invocations());
            await host.UntilServed($"hello-main.{TestHost.Domain}", "hello, version 1");
        });

    private static Task Lose(int branches, int services) =>
        TestHost.With(async host =>
        {
            var many = await TestRepository.Create(host, "many");
            for (var branch = 0; branch < branches; branch++)
                await many.Release($"b{branch}", Edit.Services(services, $"b{branch}"));
            await host.UntilSettled();
            var pages = (await many.Deployments()).Bind(it => it.Urls.Map(url => new Uri(url).Host));
            var before = await host.Invocations();
            Assert.Equal(branches * services, before.Count);

            await host.Run("systemctl stop kennel; rm /var/lib/kennel/kennel.db*; systemctl start kennel");
            await host.Kennel("reconcile");
            await host.Kennel("reconcile");

            Assert.Equal(before, await host.Invocations());
            foreach (var page in pages)
                Assert.Equal(200, (await host.Get(page)).Status);
            await ExpectOrphans(host, before.Keys, pages);
            await ExpectNewDeploysToWork(host, before);
        });

    private static async Task ExpectOrphans(TestHost host, IEnumerable<string> units, Seq<string> pages)
    {
        var orphans = (await host.Inventory()).Where(item => item.Owner.IsNone).Select(item => item.Name).ToList();
        Assert.All(units, unit => Assert.Contains(unit, orphans));
        Assert.All(pages, page => Assert.Contains(page, orphans));
        var status = await host.Kennel("status");
        Assert.All(units, unit => Assert.Contains(unit, status, StringComparison.Ordinal));
    }

    private static async Task ExpectNewDeploysToWork(TestHost host, IReadOnlyDictionary<string, string> before)
    {
        var hello = await TestRepository.Create(host);
        await hello.Release("main", Edit.ServiceOnly("1"));
        await host.UntilServed($"hello-main.{TestHost.Domain}", "hello, version 1");
        var after = await host.Invocations();
        Assert.All(before, pair => Assert.Equal(pair.Value, after[pair.Key]));
    }
}
