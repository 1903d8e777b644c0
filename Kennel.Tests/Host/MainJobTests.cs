using Kennel.Core.Views;

namespace Kennel.Tests.Host;

public sealed class MainJobTests
{
    private const string Page = "hello-main." + TestHost.Domain;

    [HostFact]
    public Task A_commit_becomes_a_service_and_a_site_at_their_host_names() =>
        TestHost.With(async host =>
        {
            var hello = await TestRepository.Create(host);
            var commit = await hello.Release("main", Edit.Version("1"));

            Assert.Equal("hello, version 1\n", (await host.Get(Page)).Body);
            Assert.Equal("hello, version 1\n", (await host.Get($"hello-hello-main.{TestHost.Domain}")).Body);
            Assert.Contains(
                "<html",
                (await host.Get($"hello-site-main.{TestHost.Domain}")).Body,
                StringComparison.Ordinal
            );
            Assert.Equal(404, (await host.Get($"hello-other.{TestHost.Domain}")).Status);
            var deployments = await hello.Deployments();
            Assert.Equal(Seq("live", "live"), deployments.Map(it => it.State));
            Assert.All(deployments, it => Assert.Equal(commit, it.Serving.Map(release => release.Commit).IfNone("")));
        });

    [HostFact]
    public Task Once_live_a_host_is_at_rest_and_the_plan_is_empty() =>
        TestHost.With(async host =>
        {
            await (await TestRepository.Create(host)).Release("main", Edit.Version("1"));
            await host.UntilSettled();
            var (invocations, caddy) = (await host.Invocations(), await host.CaddyConfiguration());
            var routes = await host.Routes();
            var database = await host.Run("stat --format %Y.%s /var/lib/kennel/kennel.db* | sort");

            await host.Kennel("plan", "--detailed-exitcode");
            await host.Kennel("reconcile");
            await host.Kennel("reconcile");

            Assert.Equal(invocations, await host.Invocations());
            Assert.Equal(caddy, await host.CaddyConfiguration());
            Assert.Equal(routes, await host.Routes());
            Assert.Equal(database, await host.Run("stat --format %Y.%s /var/lib/kennel/kennel.db* | sort"));
        });

    [HostFact]
    public Task No_request_fails_while_a_new_commit_goes_live() =>
        TestHost.With(async host =>
        {
            var hello = await TestRepository.Create(host);
            await hello.Release("main", Edit.Version("1"));

            var load = await Load.Start(host, Page);
            await hello.Release("main", Edit.Version("2"));
            await hello.Release("main", Edit.Version("3"));
            await host.UntilSettled();
            var served = await load.StopWithoutFailure();

            Assert.Equal(
                ["hello, version 1", "hello, version 2", "hello, version 3"],
                served.Order(StringComparer.Ordinal)
            );
            Assert.Single(await host.Invocations());
        });

    [HostFact]
    public Task The_same_commit_again_restarts_nothing() =>
        TestHost.With(async host =>
        {
            var hello = await TestRepository.Create(host);
            await hello.Release("main", Edit.Version("1"));
            var before = await host.Invocations();

            await hello.Deploy("main");
            await host.UntilSettled();

            Assert.Equal(before, await host.Invocations());
        });

    [HostFact]
    public Task A_broken_commit_is_rejected_and_the_old_one_serves_on() =>
        TestHost.With(async host =>
        {
            var hello = await TestRepository.Create(host);
            await hello.Release("main", Edit.Version("1"));
            var before = await host.Invocations();

            var load = await Load.Start(host, Page);
            await hello.Push("main", Edit.Unhealthy("2"));
            var build = await hello.DeployBad("main");
            await host.UntilSettled();

            Assert.Equal(["hello, version 1"], await load.StopWithoutFailure());
            Assert.Equal("never-ready", Code(build));
            Assert.Equal(before, await host.Invocations());
            Assert.Contains((await hello.Deployments()), it => it is { Component: "hello", State: "behind" });

            await hello.Release("main", Edit.Version("3"));
            Assert.Equal("hello, version 3\n", (await host.Get(Page)).Body);
        });

    [HostFact]
    public Task Another_branch_lives_beside_the_first_and_its_removal_leaves_nothing_of_it() =>
        TestHost.With(async host =>
        {
            var hello = await TestRepository.Create(host);
            await hello.Release("main", Edit.Version("1"));
            await host.UntilSettled();
            var before = await host.Inventory();

            await hello.Release("topic", Edit.Version("topic"));
            Assert.Equal("hello, version topic\n", (await host.Get($"hello-topic.{TestHost.Domain}")).Body);
            await hello.Remove("topic");

            Assert.Equal(before, await host.Inventory());
            Assert.Equal(404, (await host.Get($"hello-topic.{TestHost.Domain}")).Status);
            Assert.Equal("hello, version 1\n", (await host.Get(Page)).Body);
        });

    [HostFact]
    public Task A_removed_project_leaves_nothing_behind() =>
        TestHost.With(async host =>
        {
            var hello = await TestRepository.Create(host);
            await hello.Release("main", Edit.Version("1"));
            await hello.Release("topic", Edit.Version("2"));

            await host.Kennel("project", "remove", "hello", "--yes");
            await TestHost.Until(
                "the project is gone",
                async () => (await host.Ask<Seq<ProjectView>>("projects")).IsEmpty
            );

            await host.ExpectNothingLeft();
        });

    [HostFact]
    public Task A_branch_that_comes_back_after_its_removal_is_live_again() =>
        TestHost.With(async host =>
        {
            var hello = await TestRepository.Create(host);
            await hello.Release("topic", Edit.Version("1"));
            await host.Kennel("remove", "hello", "topic");

            await hello.Release("topic", Edit.Version("2"));
            await host.UntilSettled();

            Assert.Equal("hello, version 2\n", (await host.Get($"hello-topic.{TestHost.Domain}")).Body);
            Assert.Single(await host.Invocations());
        });

    private static string Code(BuildView build) => build.Cause.Map(cause => cause.Code).IfNone("");
}
