using System.Globalization;

namespace Kennel.Tests.Host;

/// <summary>Builds that fork daemons: in Nix's sandbox, where builders run, and in the build unit, where devenv runs.</summary>
public sealed class DaemonTests
{
    // Nothing else sleeps for so long. The brackets keep a search from finding itself.
    private const string Daemon = "[s]leep 86397";

    // A daemon as they are written: its parents gone, a session of its own, deaf to signals, what it inherited kept open.
    private const string Fork =
        "setsid /bin/sh -c 'trap \"\" TERM INT HUP; (echo >up; exec sleep 86397) &'; "
        + "until [ -e up ]; do sleep 1; done; echo a daemon runs >&2";

    // Stands in for devenv, whose evaluation may run what it likes.
    private const string Devenv = $$"""
        #!/bin/bash
        {{Fork}}
        [ ! -e hang ] || { trap "" TERM INT HUP; while :; do sleep 600; done; }
        echo '{ "version": 1, "static_sites": { "site": {} } }' >kennel.json
        nix-store --add kennel.json
        """;

    [HostFact]
    public Task Nothing_is_left_of_a_build_that_forked_a_daemon_however_it_ends() =>
        TestHost.With(
            TestForge.Options with
            {
                Files = [.. TestForge.Options.Files, ("/usr/local/bin/devenv", Devenv)],
            },
            async host =>
            {
                await host.Run("chmod +x /usr/local/bin/devenv");
                var hello = await TestRepository.Create(host);
                var forge = new TestForge(host, hello);
                await ExpectEnd(host, hello, forge, "builder", Edit.Site("1", Fork));
                await ExpectEnd(host, hello, forge, "devenv", $"{Edit.Site("2")}\ntouch devenv.nix");
                await ExpectCancel(host, hello, forge, "builder", Edit.Site("3", $"{Fork}; sleep 600"));
                await ExpectCancel(host, hello, forge, "devenv", $"{Edit.Site("4")}\ntouch devenv.nix hang");
            }
        );

    private static async Task ExpectEnd(
        TestHost host,
        TestRepository repository,
        TestForge forge,
        string branch,
        string edit
    )
    {
        await forge.Push(branch, edit);
        await host.UntilSettled();
        var build = await repository.LastBuild();
        Assert.Equal((branch, "done"), (build.Branch, build.State));
        Assert.Contains("a daemon runs", await repository.Log(build), StringComparison.Ordinal);
        await ExpectNothingLeft(host);
    }

    private static async Task ExpectCancel(
        TestHost host,
        TestRepository repository,
        TestForge forge,
        string branch,
        string edit
    )
    {
        await forge.Push(branch, edit);
        await TestHost.Until("the daemon runs", async () => (await Daemons(host)).Length > 0);
        var build = await repository.LastBuild();
        await host.Kennel("cancel", build.Id.ToString(CultureInfo.InvariantCulture), "--wait");
        build = await repository.LastBuild();
        Assert.Equal((branch, "cancelled"), (build.Branch, build.State));
        await ExpectNothingLeft(host);
    }

    // Nix kills what runs in its sandbox as soon as it sees that nobody waits for it any more.
    private static async Task ExpectNothingLeft(TestHost host)
    {
        Assert.Equal(
            "",
            await host.Run(
                "find /sys/fs/cgroup -path '*kennel-build.slice*' -name cgroup.procs -exec cat {} + | sort --unique"
            )
        );
        var left = "";
        await TestHost.Until("no daemon is left", async () => (left = await Daemons(host)).Length == 0, () => left);
    }

    private static async Task<string> Daemons(TestHost host) => (await host.Try($"pgrep --full '{Daemon}'")).Output;
}
