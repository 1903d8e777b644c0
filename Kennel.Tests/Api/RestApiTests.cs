using Kennel.Core.Planning;
using Kennel.Shell.Commands;
using Kennel.Tests.Store;
using Action = Kennel.Core.Planning.Action;

namespace Kennel.Tests.Api;

public sealed class RestApiTests
{
    [Fact]
    public async Task A_branch_is_put_to_sleep_and_woken_by_hand()
    {
        await using var daemon = await DaemonOnTrial.Start();
        await Live(daemon.Store);
        var asleep = await daemon.Kennel("hibernate", "hello/main");
        var why = await daemon.Kennel("why", "hello/main");
        var woken = await daemon.Kennel("wake", "hello/main");
        var again = await daemon.Kennel("wake", "hello/main", "--json");

        Assert.Contains("hello/main hibernates.", asleep.Output);
        Assert.Contains("main is production: its next visitor waits", asleep.Error);
        Assert.Contains("It hibernates since", why.Output);
        Assert.Contains("hello/main is waking.", woken.Output);
        Assert.Contains("\"wakingSince\":", again.Output);
        Assert.True(daemon.Wakes >= 2);
        Assert.Empty(daemon.Complaints);
    }

    [Fact]
    public async Task To_wait_for_what_does_not_hibernate_takes_no_time()
    {
        await using var daemon = await DaemonOnTrial.Start();
        await Live(daemon.Store);
        var run = await daemon.Kennel("wake", "hello/main", "--wait");
        Assert.Equal(("hello/main does not hibernate.\n", ExitCode.Done), (run.Output, run.ExitCode));
    }

    [Fact]
    public async Task What_is_not_deployed_cannot_sleep()
    {
        await using var daemon = await DaemonOnTrial.Start();
        await daemon.Store.Register();
        var run = await daemon.Kennel("hibernate", "hello/topic");
        var title = await daemon.Kennel("wake", "hello");
        Assert.Contains("unknown-branch", run.Error);
        Assert.Contains("hello is not PROJECT/BRANCH", title.Error);
    }

    [Fact]
    public async Task Periods_are_set_and_shown()
    {
        await using var daemon = await DaemonOnTrial.Start();
        await daemon.Store.Register();
        var before = await daemon.Kennel("project", "show", "hello");
        var set = await daemon.Kennel("project", "set", "hello", "--hibernate-after", "3d", "--remove-after", "0");
        var after = await daemon.Kennel("project", "show", "hello");

        Assert.Contains("hibernation    after 7 days (as the host says)\n", before.Output);
        Assert.Equal(ExitCode.Done, set.ExitCode);
        Assert.Contains("hibernation    after 3 days\n", after.Output);
        Assert.Contains("removal        never\n", after.Output);
    }

    [Fact]
    public async Task Periods_that_are_none_are_all_told_and_none_at_all_too()
    {
        await using var daemon = await DaemonOnTrial.Start();
        await daemon.Store.Register();
        var wrong = await daemon.Kennel("project", "set", "hello", "--hibernate-after", "soon", "--remove-after", "7");
        var none = await daemon.Kennel("project", "set", "hello");

        Assert.Contains("hibernateAfter: got \"soon\"", wrong.Error);
        Assert.Contains("removeAfter: got \"7\"", wrong.Error);
        Assert.Contains("nothing-to-set", none.Error);
    }

    private static async Task Live(StoreOnTrial store)
    {
        await store.Register();
        await store.Serving();
        var build = (await store.Read()).Builds[0].Id;
        await store.Done(new Action.RecordBuildEnd(build, BuildState.Done, None, store.Clock.Now));
    }
}
