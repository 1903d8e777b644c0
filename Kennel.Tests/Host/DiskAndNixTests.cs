namespace Kennel.Tests.Host;

public sealed class DiskAndNixTests
{
    private const string Page = "hello-main." + TestHost.Domain;
    private const string CollectGarbage = "nix-collect-garbage >/dev/null 2>&1";

    [HostFact]
    public Task A_full_disk_fails_a_deploy_clearly_and_the_old_release_serves_on() =>
        TestHost.With(
            new HostOptions { DiskSize = "2G" },
            async host =>
            {
                var hello = await TestRepository.Create(host);
                await hello.Release("main", Edit.Version("1"));
                await host.UntilSettled();
                var before = await host.Invocations();

                await hello.Push("main", Edit.Version("2"));
                await host.Run(
                    """
                    fallocate --length "$(df --output=avail --block-size=1 /nix | tail -n 1)" /nix/filling ||
                        dd if=/dev/zero of=/nix/filling bs=1M status=none || true
                    dd if=/dev/zero of=/var/lib/kennel/filling bs=4k status=none || true
                    """
                );
                var deployed = await host.TryKennel("deploy", "hello", "main", "--wait");

                Assert.NotEqual(0, deployed.ExitStatus);
                Assert.Matches("(?i)space|disk|full", deployed.Output + deployed.Error);
                Assert.Equal("hello, version 1\n", (await host.Get(Page)).Body);
                Assert.Equal(before, await host.Invocations());

                await host.Run("rm -f /nix/filling /var/lib/kennel/filling");
                await TestHost.Until(
                    "a deploy is accepted again",
                    async () => (await host.TryKennel("deploy", "hello", "main", "--wait")).ExitStatus == 0
                );
                await host.UntilServed(Page, "hello, version 2");
            }
        );

    [HostFact]
    public Task Without_the_nix_daemon_a_deploy_fails_clearly_and_the_old_release_serves_on() =>
        TestHost.With(async host =>
        {
            var hello = await TestRepository.Create(host);
            await hello.Release("main", Edit.Version("1"));
            var before = await host.Invocations();

            await host.Run("systemctl stop nix-daemon.socket nix-daemon.service");
            await hello.Push("main", Edit.Version("2"));
            var build = await hello.DeployBad("main");
            await host.Run("systemctl restart kennel");
            await host.UntilSettled();

            Assert.Equal("failed", build.State);
            Assert.Contains(
                "daemon",
                await hello.Log(build) + build.Cause.Map(it => it.Sentence),
                StringComparison.OrdinalIgnoreCase
            );
            Assert.Equal("hello, version 1\n", (await host.Get(Page)).Body);
            Assert.Equal(before, await host.Invocations());

            await host.Run("systemctl start nix-daemon.socket");
            await hello.Deploy("main");
            await host.UntilServed(Page, "hello, version 2");
        });

    [HostFact]
    public Task Garbage_collection_between_any_two_steps_takes_nothing_that_is_needed() =>
        TestHost.With(async host =>
        {
            var hello = await TestRepository.Create(host);
            await host.Run(
                $"systemd-run --quiet --unit collector bash -c 'while :; do {CollectGarbage}; sleep 0.2; done'"
            );
            await hello.Release("main", Edit.Version("1"));
            await hello.Release("main", Edit.Version("2"));
            await hello.Release("topic", Edit.Version("3"));
            await hello.Push("main", Edit.Unhealthy("4"));
            await hello.DeployBad("main");
            await host.Run("systemctl restart kennel");
            await host.UntilSettled();
            await host.Run("systemctl stop collector");
            await host.Run(CollectGarbage);

            await host.Reboot();

            await host.UntilServed(Page, "hello, version 2");
            await host.UntilServed($"hello-topic.{TestHost.Domain}", "hello, version 3");
            await host.UntilServed($"hello-site-main.{TestHost.Domain}", "<html");
        });

    [HostFact]
    public Task What_was_removed_can_be_collected() =>
        TestHost.With(async host =>
        {
            var hello = await TestRepository.Create(host);
            await hello.Release("topic", Edit.Version("only-here"));
            Assert.NotEmpty(await Outputs(host));

            await hello.Remove("topic");
            await host.Run(CollectGarbage);

            Assert.Empty(await Outputs(host));
        });

    private static Task<string> Outputs(TestHost host) =>
        host.Run("find /nix/store -maxdepth 1 -name '*-only-here' | sort");
}
