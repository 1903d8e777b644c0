using Kennel.Core.Views;

namespace Kennel.Tests.Host;

public sealed class InterruptionTests
{
    private const string Page = "hello-main." + TestHost.Domain;

    [HostFact]
    public Task After_a_reboot_five_branches_serve_again_and_nothing_is_built_again() =>
        TestHost.With(async host =>
        {
            var hello = await TestRepository.Create(host);
            string[] branches = ["main", "b1", "b2", "b3", "b4"];
            foreach (var branch in branches)
                await hello.Release(branch, Edit.Version(branch));
            await host.UntilSettled();
            var builds = await host.Builds();

            await host.Reboot();

            foreach (var branch in branches)
            {
                await host.UntilServed($"hello-{branch}.{TestHost.Domain}", $"version {branch}");
                await host.UntilServed($"hello-site-{branch}.{TestHost.Domain}", "<html");
            }
            await host.UntilSettled();
            Assert.Equal(builds, await host.Builds());
            Assert.Equal(branches.Length, (await host.Invocations()).Count);
        });

    [HostFact]
    public Task A_restart_of_Kennel_is_noticed_by_nobody() =>
        TestHost.With(async host =>
        {
            var hello = await TestRepository.Create(host);
            await hello.Release("main", Edit.Version("1"));
            var before = await host.Invocations();

            var load = await Load.Start(host, Page);
            await host.Run("systemctl restart kennel; systemctl kill --signal KILL kennel");
            await host.UntilSettled();
            await load.UntilAnswers(200);

            Assert.Equal(["hello, version 1"], await load.StopWithoutFailure());
            Assert.Equal(before, await host.Invocations());
        });

    [HostFact]
    public Task A_build_outlives_a_restart_of_Kennel_and_is_found_again() =>
        TestHost.With(async host =>
        {
            var hello = await TestRepository.Create(host);
            await hello.Push("main", Edit.SlowBuild("1", 8));
            await host.Kennel("deploy", "hello", "main");
            await TestHost.Until("the build runs", async () => (await hello.LastBuild()).State == "building");

            await host.Run("systemctl restart kennel");

            await host.UntilServed(Page, "hello, version 1");
            await TestHost.Until("the build is done", async () => (await hello.LastBuild()).State == "done");
            Assert.Single(await host.Builds());
        });

    [HostFact]
    public Task Routes_are_right_again_after_Caddy_restarted() =>
        TestHost.With(async host =>
        {
            var hello = await TestRepository.Create(host);
            await hello.Release("main", Edit.Version("1"));
            var before = await host.Invocations();

            await host.Run("systemctl restart caddy");
            await host.UntilServed(Page, "hello, version 1");
            await host.Run("systemctl kill --signal KILL caddy; sleep 1; systemctl start caddy");
            await host.UntilServed(Page, "hello, version 1");
            await host.Run("systemctl reload caddy");
            await host.UntilServed(Page, "hello, version 1");

            await host.UntilSettled();
            Assert.Equal(before, await host.Invocations());
        });

    [HostFact]
    public Task Routes_that_somebody_deleted_come_back() =>
        TestHost.With(async host =>
        {
            var hello = await TestRepository.Create(host);
            await hello.Release("main", Edit.Version("1"));

            await host.Run(
                """
                curl --silent --fail --unix-socket /run/caddy-admin/admin.sock --request PATCH \
                    --header 'Content-Type: application/json' --data '[]' \
                    http://localhost/config/apps/http/servers/kennel/routes
                """
            );
            await host.Kennel("reconcile");

            await host.UntilServed(Page, "hello, version 1");
        });

    [HostFact]
    public Task A_unit_that_was_stopped_by_hand_runs_again() =>
        TestHost.With(async host =>
        {
            var hello = await TestRepository.Create(host);
            await hello.Release("main", Edit.Version("1"));
            var before = await host.Invocations();

            await host.Run($"systemctl stop {before.Keys.Single()}");

            await host.UntilServed(Page, "hello, version 1");
            await host.UntilSettled();
            var after = await host.Invocations();
            Assert.Equal(before.Keys, after.Keys);
            Assert.NotEqual(before.Values, after.Values);
        });

    [HostFact]
    public Task An_upgrade_of_Kennel_restarts_nothing_that_is_deployed() =>
        TestHost.With(async host =>
        {
            var hello = await TestRepository.Create(host);
            await hello.Release("main", Edit.Version("1"));
            await hello.Release("topic", Edit.Version("2"));
            await host.UntilSettled();
            var before = await host.Invocations();

            var load = await Load.Start(host, Page);
            await host.Run(
                """
                cp -r /src/artifacts/kennel /root/newer
                echo newer >/root/newer/build-of-another-day
                /src/scripts/install --from /root/newer
                test -e /opt/kennel/current/build-of-another-day
                """
            );
            await host.UntilSettled();

            Assert.Equal(["hello, version 1"], await load.StopWithoutFailure());
            Assert.Equal(before, await host.Invocations());
            await hello.Release("main", Edit.Version("3"));
        });
}
