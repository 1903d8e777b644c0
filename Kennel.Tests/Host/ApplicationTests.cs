using Kennel.Core.Views;

namespace Kennel.Tests.Host;

public sealed class ApplicationTests
{
    private const string Page = "hello-main." + TestHost.Domain;

    [HostFact]
    public Task An_application_that_exits_with_0_is_rejected() =>
        RejectedBesideAGoodOne(Edit.Program("2", "#!/bin/sh\nexit 0"), "crashed", "never-ready");

    [HostFact]
    public Task An_application_that_crashes_is_rejected_and_its_last_words_are_kept() =>
        TestHost.With(async host =>
        {
            var hello = await TestRepository.Create(host);
            await hello.Push("main", Edit.Program("1", "#!/bin/sh\necho these are my last words\nexit 3"));
            var build = await hello.DeployBad("main");

            Assert.Contains(Code(build), new[] { "crashed", "never-ready" });
            Assert.Contains(
                "these are my last words",
                await host.Kennel("why", "hello/main"),
                StringComparison.Ordinal
            );
            Assert.Equal(404, (await host.Get(Page)).Status);
        });

    [HostFact]
    public Task An_application_that_listens_on_another_port_is_told_so() =>
        RejectedBesideAGoodOne(
            $"{Edit.Version("2")}\nsed -i 's|ENV{{PORT}} // 8080|ENV{{NO_PORT}} // 8080|' hello",
            "wrong-port"
        );

    [HostFact]
    public Task An_application_without_a_program_is_not_built() =>
        RejectedBesideAGoodOne(
            $"{Edit.Version("2")}\nsed -i 's|>$out/bin/hello|>$out/hello; rmdir $out/bin|; s|chmod +x $out/bin/hello|:|' flake.nix",
            "no-binary"
        );

    [HostFact]
    public Task An_accepted_application_that_begins_to_crash_is_started_again_when_it_can_run() =>
        TestHost.With(async host =>
        {
            var hello = await TestRepository.Create(host);
            await host.Run("mkdir -p /srv/switch && chmod 755 /srv/switch && touch /srv/switch/on");
            await hello.Release(
                "main",
                $"{Edit.Version("1")}\nsed -i '/^use strict/i die \"switched off\\\\n\" unless -e \"/srv/switch/on\";' hello"
            );

            await host.Run("rm /srv/switch/on; systemctl kill --signal KILL 'kennel-hello-main-hello-*'");
            await host.UntilState("main", "hello", "down");
            await host.Run("touch /srv/switch/on");

            await host.UntilServed(Page, "hello, version 1");
            Assert.Equal("done", (await hello.LastBuild()).State);
        });

    [HostFact]
    public Task One_project_that_never_gets_ready_holds_up_no_other() =>
        TestHost.With(async host =>
        {
            var bad = await TestRepository.Create(host, "bad");
            var good = await TestRepository.Create(host, "good");
            await bad.Push("main", Edit.Unhealthy("1"));
            await good.Push("main", Edit.Version("1"));

            await host.Kennel("deploy", "bad", "main");
            await good.Deploy("main");

            Assert.NotEqual("done", (await bad.LastBuild()).State);
            await host.UntilServed($"good-main.{TestHost.Domain}", "hello, version 1");
        });

    private static Task RejectedBesideAGoodOne(string edit, params string[] codes) =>
        TestHost.With(async host =>
        {
            var hello = await TestRepository.Create(host);
            await hello.Release("main", Edit.Version("1"));
            var before = await host.Invocations();

            await hello.Push("main", edit);
            var build = await hello.DeployBad("main");
            await host.UntilSettled();

            Assert.Contains(Code(build), codes);
            Assert.Equal("hello, version 1\n", (await host.Get(Page)).Body);
            Assert.Equal(before, await host.Invocations());
        });

    private static string Code(BuildView build) => build.Cause.Map(cause => cause.Code).IfNone("");
}
