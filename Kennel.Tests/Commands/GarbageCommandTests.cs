using Kennel.Tests.Api;

namespace Kennel.Tests.Commands;

public sealed class GarbageCommandTests
{
    [Fact]
    public async Task A_dry_run_names_the_orphans_and_gives_none_up()
    {
        await using var daemon = await DaemonOnTrial.Start();
        var said = await daemon.Kennel("gc", "--dry-run");
        Assert.Equal(0, said.ExitCode);
        Assert.Contains("unit kennel-hello-main-api-", said.Output, StringComparison.Ordinal);
        Assert.Empty((await daemon.Store.Read()).GivenUp);
    }

    [Fact]
    public async Task Orphans_are_not_given_up_where_nobody_can_be_asked()
    {
        await using var daemon = await DaemonOnTrial.Start();
        var said = await daemon.Kennel("gc", "--orphans");
        Assert.NotEqual(0, said.ExitCode);
        Assert.Contains("--yes", said.Error, StringComparison.Ordinal);
        Assert.Empty((await daemon.Store.Read()).GivenUp);
    }

    [Fact]
    public async Task With_a_yes_just_the_orphans_that_were_named_are_given_up()
    {
        await using var daemon = await DaemonOnTrial.Start();
        var said = await daemon.Kennel("gc", "--orphans", "--yes");
        Assert.Equal(0, said.ExitCode);
        Assert.Contains(
            (await daemon.Store.Read()).GivenUp,
            name => name.StartsWith("unit ", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task Without_the_option_orphans_stay()
    {
        await using var daemon = await DaemonOnTrial.Start();
        Assert.Equal(0, (await daemon.Kennel("gc")).ExitCode);
        Assert.Empty((await daemon.Store.Read()).GivenUp);
    }
}
