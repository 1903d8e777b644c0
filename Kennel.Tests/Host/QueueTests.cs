using System.Globalization;
using Kennel.Core.Views;

namespace Kennel.Tests.Host;

public sealed class QueueTests
{
    // A build that takes no notice of being told to end, and leaves a process of its own behind.
    private const string Stubborn = "trap \"\" TERM INT HUP; (trap \"\" TERM INT HUP; sleep 600) & sleep 600";

    [HostFact]
    public Task A_newer_commit_supersedes_a_running_build_and_a_person_can_cancel_one() =>
        TestHost.With(
            TestForge.Options,
            async host =>
            {
                var hello = await TestRepository.Create(host);
                var forge = new TestForge(host, hello);
                await forge.Push("main", Edit.Site("1", Stubborn));
                var stuck = await Running(hello);
                await forge.Push("main", Edit.Site("2"));
                await host.UntilServed(HostLooks.HostName("hello", "main"), "2");
                await ExpectCancelled(host, stuck, "superseded");

                await forge.Push("main", Edit.Site("3", Stubborn));
                var hanging = await Running(hello);
                await host.Kennel("cancel", $"{hanging.Id}", "--wait");
                await ExpectCancelled(host, hanging, "cancelled");
                await host.UntilSettled();
                Assert.Equal("2\n", (await host.Get(HostLooks.HostName("hello", "main"))).Body);

                await forge.Push("topic", Edit.Site("4", Stubborn));
                var orphan = await Running(hello);
                await forge.Delete("topic");
                await host.UntilSettled();
                Assert.DoesNotContain(
                    await host.Units(),
                    unit => unit.Contains("kennel-build-", StringComparison.Ordinal)
                );
                Assert.DoesNotContain(await host.Builds(), build => build.Id == orphan.Id);
            }
        );

    [HostFact]
    public Task A_silent_build_ends_at_its_limit_and_the_log_of_a_noisy_one_is_cut() =>
        TestHost.With(
            TestForge.Options with
            {
                Configuration = TestForge.Configured("\"builder\": { \"silentSeconds\": 15, \"logBytes\": 100000 },"),
                // Stands in for devenv: it prints 1 GiB and fails.
                Files =
                [
                    .. TestForge.Options.Files,
                    (
                        "/usr/local/bin/devenv",
                        "#!/bin/bash\nyes \"$(printf 'on and on %.0s' {1..100})\" | head -c 1073741824 >&2\nexit 1\n"
                    ),
                ],
            },
            async host =>
            {
                await host.Run("chmod +x /usr/local/bin/devenv");
                var hello = await TestRepository.Create(host);
                var forge = new TestForge(host, hello);
                await forge.Push("main", Edit.Site("silent", Stubborn));
                await forge.Push("noisy", "touch devenv.nix");
                await host.UntilSettled();

                var builds = await host.Builds();
                var silent = Assert.Single(builds, build => build.Branch == "main");
                Assert.Equal("timed-out", silent.Cause.Map(cause => cause.Code).IfNone(silent.State));
                var noisy = Assert.Single(builds, build => build.Branch == "noisy");
                Assert.Equal("evaluation-failed", noisy.Cause.Map(cause => cause.Code).IfNone(noisy.State));
                Assert.InRange((await hello.Log(noisy)).Length, 10_000, 110_000);
            }
        );

    [HostFact]
    public Task While_a_disk_is_nearly_full_new_builds_wait_visibly_and_what_serves_goes_on() =>
        TestHost.With(
            TestForge.Options,
            async host =>
            {
                var hello = await TestRepository.Create(host);
                var forge = new TestForge(host, hello);
                await forge.Push("main", Edit.Site("1"));
                await host.UntilServed(HostLooks.HostName("hello", "main"), "1");
                await host.UntilSettled();
                var full = TestForge.Configured(
                    "\"builder\": { \"minFreeDisk\": 1000000000000000, \"minFreeDiskPercent\": 100 },"
                );
                await host.Write("/etc/kennel/config.json", full);
                await host.Run("systemctl restart kennel");

                await forge.Push("main", Edit.Site("2"));
                await TestHost.Until(
                    "the build waits for room",
                    async () => (await host.Ask<PlanView>("plan")).Notes.Exists(note => note.Code == "room")
                );
                Assert.Equal("1\n", (await host.Get(HostLooks.HostName("hello", "main"))).Body);
                Assert.Equal("1", (await host.Run("journalctl --unit kennel | grep -c collect-garbage")).Trim());
                await TestHost.Until(
                    "garbage was collected",
                    async () => (await host.Try("pgrep --full 'nix-store --gc'")).ExitStatus == 1
                );
                Assert.DoesNotContain((await host.Ask<PlanView>("plan")).Notes, IsFailedCollection);

                await host.Write("/etc/kennel/config.json", TestForge.Options.Configuration);
                await host.Run("systemctl restart kennel");
                await host.UntilServed(HostLooks.HostName("hello", "main"), "2");
            }
        );

    private static bool IsFailedCollection(NoteView note) =>
        note.What.Contains("garbage collection failed", StringComparison.Ordinal);

    private static async Task<BuildView> Running(TestRepository repository)
    {
        var last = Option<BuildView>.None;
        await TestHost.Until(
            "the newest build runs",
            async () => (last = await repository.NewestBuild()).Exists(build => build.State == "building"),
            () => $"{last}"
        );
        return last.IfNone(() => throw new InvalidOperationException("no build"));
    }

    private static async Task ExpectCancelled(TestHost host, BuildView build, string code)
    {
        var ended = await host.Ask<BuildView>($"builds/{build.Id.ToString(CultureInfo.InvariantCulture)}");
        Assert.Equal("cancelled", ended.State);
        Assert.Equal(code, ended.Cause.Map(cause => cause.Code).IfNone(""));
        Assert.DoesNotContain(
            await host.Units(),
            unit => unit.StartsWith($"kennel-build-{build.Id}.service", StringComparison.Ordinal)
        );
    }
}
