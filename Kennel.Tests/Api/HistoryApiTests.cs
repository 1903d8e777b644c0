using Kennel.Core.Planning;
using Kennel.Shell.Commands;
using Kennel.Tests.Store;
using Action = Kennel.Core.Planning.Action;

namespace Kennel.Tests.Api;

public sealed class HistoryApiTests : IAsyncLifetime
{
    private DaemonOnTrial _daemon = null!;

    public async Task InitializeAsync() => _daemon = await DaemonOnTrial.Start();

    public async Task DisposeAsync() => await _daemon.DisposeAsync();

    [Fact]
    public async Task A_branch_is_rolled_back_pinned_and_unpinned()
    {
        await Live();
        await Live();

        var releases = await _daemon.Kennel("releases", "hello/main");
        var back = await _daemon.Kennel("rollback", "hello/main");
        var deployed = await _daemon.Kennel("deploy", "hello", "main");
        var why = await _daemon.Kennel("why", "hello/main");
        var deployments = await _daemon.Kennel("deployments");
        var status = await _daemon.Kennel("status");
        var again = await _daemon.Kennel("rollback", "hello/main", "1");
        var on = await _daemon.Kennel("unpin", "hello/main");
        var off = await _daemon.Kennel("unpin", "hello/main");

        Assert.Contains("serves", releases.Output);
        Assert.Contains("hello/main goes back to build 1", back.Output);
        Assert.Contains("It runs with today's secrets. Data is left as it is.", back.Output);
        Assert.Contains("waits for kennel unpin hello/main", deployed.Output);
        Assert.Contains("pinned to build 1", why.Output);
        Assert.Contains("(pinned)", deployments.Output);
        Assert.Contains("hello/main: pinned to build 1", status.Output);
        Assert.Equal(ExitCode.Done, again.ExitCode);
        Assert.Contains("goes to build 2", on.Output);
        Assert.Equal(ExitCode.Failed, off.ExitCode);
        Assert.Contains("not-pinned", off.Error);
    }

    [Fact]
    public async Task What_cannot_be_rolled_back_to_is_refused_with_what_to_do()
    {
        await Live();
        var nothing = await _daemon.Kennel("rollback", "hello/main");
        var unknown = await _daemon.Kennel("rollback", "hello/main", "99", "--wait");
        var serving = await _daemon.Kennel("rollback", "hello/main", "1");
        Assert.Equal((ExitCode.Failed, ExitCode.Failed), (nothing.ExitCode, unknown.ExitCode));
        Assert.Contains("nothing-before", nothing.Error);
        Assert.Contains("kennel releases hello/main", unknown.Error);
        Assert.Contains("serves-already", serving.Error);
        Assert.Contains("invalid-title", (await _daemon.Kennel("rollback", "hello")).Error);
    }

    [Fact]
    public async Task A_branch_is_redeployed_and_restarted_without_a_build()
    {
        await Live();
        var again = await _daemon.Kennel("redeploy", "hello/main");
        var builds = await _daemon.Kennel("builds");
        var busy = await _daemon.Kennel("restart", "hello/main");
        Assert.Contains("Build 2 of hello/main (redeploy of build 1) is on trial.", again.Output);
        Assert.Contains("redeploy of build 1", builds.Output);
        Assert.Contains("on-trial", busy.Error);
    }

    [Fact]
    public async Task A_locked_project_says_why_everywhere()
    {
        await Live();
        var locked = await _daemon.Kennel("lock", "hello", "-m", "the exam runs");
        var deploy = await _daemon.Kennel("deploy", "hello", "main");
        var plan = await _daemon.Kennel("plan");
        var status = await _daemon.Kennel("status");
        var why = await _daemon.Kennel("why", "hello/main");
        var unlocked = await _daemon.Kennel("unlock", "hello");
        Assert.Contains("hello is locked: the exam runs", locked.Output);
        Assert.Equal(ExitCode.Failed, deploy.ExitCode);
        foreach (var text in new[] { deploy.Error, plan.Output, status.Output, why.Output })
        {
            Assert.Contains("the exam runs", text);
        }
        Assert.Contains("hello is not locked", unlocked.Output);
        Assert.Equal(ExitCode.Done, (await _daemon.Kennel("deploy", "hello", "main")).ExitCode);
    }

    [Fact]
    public async Task Maintenance_and_keep_are_set_shown_and_taken_back()
    {
        await Live();
        await _daemon.Kennel("maintenance", "on", "hello/main", "-m", "back at noon");
        await _daemon.Kennel("keep", "hello/main");
        var why = await _daemon.Kennel("why", "hello/main");
        Assert.Contains("back at noon", why.Output);
        Assert.Contains("kept however long nobody uses it", why.Output);
        await _daemon.Kennel("maintenance", "off", "hello/main");
        await _daemon.Kennel("unkeep", "hello/main");
        Assert.DoesNotContain("Set by people", (await _daemon.Kennel("why", "hello/main")).Output);
    }

    [Theory]
    [InlineData("{env.SECRET}")]
    [InlineData("two\nlines")]
    [InlineData("")]
    public async Task A_message_for_a_page_is_one_plain_line(string message)
    {
        await Live();
        var answer = await _daemon.Kennel("maintenance", "on", "hello/main", "-m", message);
        Assert.Equal(ExitCode.Failed, answer.ExitCode);
        Assert.Contains("message", answer.Error);
    }

    private async Task Live()
    {
        var store = _daemon.Store;
        if ((await store.Read()).Projects.IsEmpty)
        {
            await store.Register();
        }
        var branch = await store.Serving();
        await store.Done(
            new Action.RecordBuildEnd(
                branch.Deployments[0].TargetRelease.Value().Build,
                BuildState.Done,
                None,
                store.Clock.Now
            )
        );
    }
}
