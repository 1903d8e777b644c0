namespace Kennel.Tests.Host;

public sealed class PushTests
{
    [HostFact]
    public Task A_push_deploys_a_pull_request_gets_its_preview_and_both_go_when_they_end() =>
        TestHost.With(
            TestForge.Options,
            async host =>
            {
                var hello = await TestRepository.Create(host);
                var forge = new TestForge(host, hello);
                await forge.Push("main", Edit.Version("1"));
                await host.UntilServed(HostLooks.HostName("hello", "main"), "hello, version 1");

                await forge.PushToPullRequest(7, "opened", "topic", Edit.Version("2"));
                await host.UntilServed(HostLooks.HostName("hello", "pr-7"), "hello, version 2");
                await host.UntilServed(HostLooks.HostName("hello", "topic"), "hello, version 2");
                var commit = await forge.PushToPullRequest(7, "synchronized", "topic", Edit.Version("3"));
                await host.UntilServed(HostLooks.HostName("hello", "pr-7"), "hello, version 3");
                await host.UntilServed(HostLooks.HostName("hello", "topic"), "hello, version 3");
                await host.UntilSettled();
                Assert.Equal(3, (await host.Run("ls /var/lib/kennel/logs")).Split('\n').Length - 1);

                await forge.Close(7, "merged", "topic", commit);
                await forge.Delete("topic");
                await host.UntilSettled();
                Assert.True((await hello.Deployments()).ForAll(it => it.Branch == "main"));
                Assert.DoesNotContain("pr-7", string.Join('\n', await host.Files()), StringComparison.Ordinal);
                Assert.Equal(404, (await host.Get(HostLooks.HostName("hello", "pr-7"))).Status);
                Assert.Equal(200, (await host.Get(HostLooks.HostName("hello", "main"))).Status);
            }
        );

    [HostFact]
    public Task What_comes_late_twice_forged_or_from_a_stranger_changes_nothing() =>
        TestHost.With(
            TestForge.Options,
            async host =>
            {
                var hello = await TestRepository.Create(host);
                var forge = new TestForge(host, hello);
                var first = await forge.Push("main", Edit.Version("1"));
                await host.UntilServed(HostLooks.HostName("hello", "main"), "hello, version 1");
                var second = await forge.Push("main", Edit.Version("2"));
                await host.UntilServed(HostLooks.HostName("hello", "main"), "hello, version 2");
                await host.UntilSettled();
                var units = await host.Invocations();
                var builds = (await host.Builds()).Count;

                await forge.Deliver("push", "main", first);
                await forge.Deliver("--delivery", "the-same", "push", "main", second);
                await forge.Deliver("--delivery", "the-same", "push", "main", second);
                await forge.Deliver("delete", "main");
                await forge.Deliver("--fork", "pull-request", "9", "opened", "main", second);
                await forge.Deliver("--updated-at", "2026-01-02T10:00:00Z", "pull-request", "8", "closed", "x", second);
                await forge.Deliver("--updated-at", "2026-01-02T09:00:00Z", "pull-request", "8", "opened", "x", second);
                await host.Write("/etc/kennel/other-secret", "another secret\n");
                var forged = await forge.TryDeliver("--secret-file", "/etc/kennel/other-secret", "delete", "main");
                Assert.StartsWith("401 ", forged.Output, StringComparison.Ordinal);
                await host.UntilSettled();

                Assert.Equal(units, await host.Invocations());
                Assert.Equal(builds, (await host.Builds()).Count);
                Assert.Contains("another repository", await host.Kennel("why", "hello/#9"), StringComparison.Ordinal);

                await hello.GoBackTo("main", first);
                await forge.Deliver("push", "main", first);
                await host.UntilServed(HostLooks.HostName("hello", "main"), "hello, version 1");
            }
        );

    [HostFact]
    public Task The_head_commit_may_ask_not_to_be_built() =>
        TestHost.With(
            TestForge.Options,
            async host =>
            {
                var hello = await TestRepository.Create(host);
                var forge = new TestForge(host, hello);
                var commit = await hello.Push("main", Edit.Version("1"), message: "later [skip ci]");
                await forge.Deliver("push", "main", commit);
                await host.UntilSettled();

                var build = await hello.LastBuild();
                Assert.Equal("cancelled", build.State);
                Assert.Equal("skipped", build.Cause.Map(cause => cause.Code).IfNone(""));
            }
        );
}
