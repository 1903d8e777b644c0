using System.Globalization;
using Kennel.Core.Views;

namespace Kennel.Tests.Host;

public sealed class HistoryTests
{
    private const string Page = "hello-main." + TestHost.Domain;

    [HostFact]
    public Task A_roll_back_after_garbage_collection_serves_without_building_and_no_request_fails() =>
        TestHost.With(async host =>
        {
            var hello = await TestRepository.Create(host);
            await hello.Release("main", Edit.Version("1"));
            await hello.Release("main", Edit.Version("2"));
            await host.UntilSettled();
            await host.Run("nix-collect-garbage", TimeSpan.FromMinutes(5));

            var load = await Load.Start(host, Page);
            var told = await host.Kennel("rollback", "hello/main", "--wait");
            await host.UntilSettled();
            await load.UntilAnswers(40);
            var served = await load.StopWithoutFailure();

            Assert.Contains("hello, version 1", served);
            Assert.Equal("hello, version 1\n", (await host.Get(Page)).Body);
            Assert.Contains("serves build", told, StringComparison.Ordinal);
            Assert.Equal(2, (await host.Builds()).Count);
        });

    [HostFact]
    public Task While_a_branch_is_pinned_commits_are_built_and_wait_until_it_is_unpinned() =>
        TestHost.With(async host =>
        {
            var hello = await TestRepository.Create(host);
            await hello.Release("main", Edit.Version("1"));
            await hello.Release("main", Edit.Version("2"));
            await host.Kennel("rollback", "hello/main", "--wait");

            await hello.Push("main", Edit.Version("3"));
            (await host.TryKennel("deploy", "hello", "main", "--wait")).Expect(1);
            Assert.Equal("built", (await hello.LastBuild()).State);
            Assert.Equal("hello, version 1\n", (await host.Get(Page)).Body);
            await host.Run("nix-collect-garbage", TimeSpan.FromMinutes(5));
            Assert.Contains("unpin hello/main", await host.Kennel("plan"), StringComparison.Ordinal);

            await host.Kennel("unpin", "hello/main", "--wait");
            await host.UntilSettled();
            Assert.Equal("hello, version 3\n", (await host.Get(Page)).Body);
            Assert.Equal("done", (await hello.LastBuild()).State);
        });

    [HostFact]
    public Task A_restart_under_requests_starts_all_anew_and_no_request_fails() =>
        TestHost.With(async host =>
        {
            var hello = await TestRepository.Create(host);
            await hello.Release("main", Edit.Version("1"));
            await host.UntilSettled();
            var before = await host.Invocations();

            var load = await Load.Start(host, Page);
            await host.Kennel("restart", "hello/main", "--wait");
            await host.UntilSettled();

            Assert.Equal(["hello, version 1"], await load.StopWithoutFailure());
            Assert.Empty((await host.Invocations()).Values.Intersect(before.Values));
            Assert.Single(await host.Invocations());
            Assert.StartsWith(
                "restart of build ",
                (await hello.LastBuild()).Repeats.IfNone(""),
                StringComparison.Ordinal
            );
        });

    [HostFact]
    public Task A_locked_project_stays_as_it_is_and_what_serves_is_kept_running() =>
        TestHost.With(async host =>
        {
            var hello = await TestRepository.Create(host);
            await hello.Release("main", Edit.Version("1"));
            await host.UntilSettled();
            await host.Kennel("lock", "hello", "-m", "the exam runs");

            var refused = await host.TryKennel("redeploy", "hello/main");
            Assert.Equal(1, refused.ExitStatus);
            await host.Kennel("remove", "hello", "main");
            await host.Run("systemctl stop 'kennel-hello-main-*'");
            await host.UntilServed(Page, "hello, version 1");
            Assert.Contains("the exam runs", await host.Kennel("plan"), StringComparison.Ordinal);

            await host.Kennel("unlock", "hello");
            await TestHost.Until("the branch is gone", async () => (await host.Get(Page)).Status == 404);
        });

    [HostFact]
    public Task In_maintenance_a_page_is_shown_and_the_processes_go_on() =>
        TestHost.With(async host =>
        {
            var hello = await TestRepository.Create(host);
            await hello.Release("main", Edit.Version("1"));
            await host.UntilSettled();
            var before = await host.Invocations();

            await host.Kennel("maintenance", "on", "hello/main", "-m", "back at noon");
            await TestHost.Until("the page is shown", async () => (await host.Get(Page)).Status == 503);
            Assert.Contains("back at noon", (await host.Get(Page)).Body, StringComparison.Ordinal);
            await host.Kennel("maintenance", "off", "hello/main");
            await host.UntilServed(Page, "hello, version 1");

            Assert.Equal(before, await host.Invocations());
        });

    [HostFact]
    public Task Releases_tell_what_can_be_rolled_back_to() =>
        TestHost.With(async host =>
        {
            var hello = await TestRepository.Create(host);
            await hello.Release("main", Edit.Version("1"));
            await hello.Release("main", Edit.Version("2"));
            var releases = await host.Ask<Seq<PastBuildView>>("releases?project=hello&branch=main");
            Assert.Equal([false, true], releases.Map(past => past.CanRollBack).ToArray());
            var first = releases.Last.Build.ToString(CultureInfo.InvariantCulture);
            await host.Kennel("rollback", "hello/main", first, "--wait");
            Assert.Equal("hello, version 1\n", (await host.Get(Page)).Body);
        });
}
