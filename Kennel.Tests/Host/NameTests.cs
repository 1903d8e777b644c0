using Kennel.Core.Views;

namespace Kennel.Tests.Host;

public sealed class NameTests
{
    [HostFact]
    public Task Branches_whose_names_look_alike_keep_apart() =>
        TestHost.With(async host =>
        {
            var hello = await TestRepository.Create(host);
            string[] branches =
            [
                "feature/x",
                "feature-x",
                "Feature-X",
                "ü",
                "pr-7",
                new string('a', 200),
                "a-" + new string('b', 230),
            ];
            foreach (var (branch, index) in branches.Select((branch, index) => (branch, index)))
                await hello.Release(branch, Edit.ServiceOnly($"n{index}"));
            await host.UntilSettled();

            var deployments = await hello.Deployments();
            var names = deployments.Bind(it => it.Urls);

            Assert.Equal(branches.Length, deployments.Count);
            Assert.Equal(names.Count, names.Distinct().Count());
            Assert.Equal(branches.Length, (await host.Invocations()).Count);
            foreach (var (branch, index) in branches.Select((branch, index) => (branch, index)))
                await ExpectAll(host, deployments.Filter(it => it.Branch == branch), $"hello, version n{index}\n");

            foreach (var branch in branches)
                await host.Kennel("remove", "hello", branch);
            await host.UntilSettled();
            await host.ExpectNothingLeft();
        });

    [HostFact]
    public Task Projects_whose_names_run_into_their_branches_keep_apart() =>
        TestHost.With(async host =>
        {
            var first = await TestRepository.Create(host, "a-b");
            var second = await TestRepository.Create(host, "a");
            await first.Release("c", Edit.ServiceOnly("first"));
            await second.Release("b-c", Edit.ServiceOnly("second"));

            await ExpectAll(host, await first.Deployments(), "hello, version first\n");
            await ExpectAll(host, await second.Deployments(), "hello, version second\n");
            await second.Remove("b-c");
            await ExpectAll(host, await first.Deployments(), "hello, version first\n");
        });

    [HostFact]
    public Task A_preview_cannot_squat_the_names_of_a_default_branch() =>
        TestHost.With(async host =>
        {
            var short_ = await TestRepository.Create(host, "a");
            await TestRepository.Create(host, "a-b");
            await short_.Release("b-main", Edit.ServiceOnly("squatter"));

            Assert.Equal(404, (await host.Get($"a-b-main.{TestHost.Domain}")).Status);
            await ExpectAll(host, await short_.Deployments(), "hello, version squatter\n");
        });

    [HostFact]
    public Task Names_that_git_or_Kennel_forbid_are_refused_with_a_reason() =>
        TestHost.With(async host =>
        {
            await TestRepository.Create(host);
            foreach (
                var branch in new[] { "..", "a..b", "-x", "/x", "x/", "a b", "a~1", "@", "#0", "#x", "x.lock", "" }
            )
            {
                var refused = await host.TryKennel("deploy", "hello", "--", branch);
                Assert.NotEqual(0, refused.ExitStatus);
                Assert.NotEmpty(refused.Error);
            }
            foreach (var project in new[] { "build", "Clean", "..", "a/b", "-a", "ü", "", new string('a', 101) })
            {
                var refused = await host.TryKennel("project", "add", "--", project, "/srv/hello.git");
                Assert.NotEqual(0, refused.ExitStatus);
                Assert.NotEmpty(refused.Error);
            }
            Assert.Empty(await host.Builds());
        });

    private static async Task ExpectAll(TestHost host, Seq<DeploymentView> deployments, string body)
    {
        Assert.NotEmpty(deployments.Bind(it => it.Urls));
        foreach (var url in deployments.Bind(it => it.Urls))
            Assert.Equal(body, (await host.Get(new Uri(url).Host)).Body);
    }
}
