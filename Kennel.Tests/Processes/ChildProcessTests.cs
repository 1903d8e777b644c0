using System.Diagnostics;
using Kennel.Shell.Processes;

namespace Kennel.Tests.Processes;

public sealed class ChildProcessTests
{
    [Fact]
    public async Task It_has_no_environment_but_the_given_one_and_no_input()
    {
        var end = await Shell("read line; env | grep -v -e ^PWD= -e ^SHLVL= -e ^_=; exit 7");

        Assert.Equal((7, "A=b\n"), end is ChildEnd.Exited it ? (it.Status, it.Output) : default);
    }

    [Fact]
    public async Task Output_without_end_is_read_and_only_its_beginning_kept()
    {
        var end = Assert.IsType<ChildEnd.Exited>(await Shell("/usr/bin/head -c 30000000 /dev/zero; echo late >&2"));

        Assert.Equal(2 << 20, end.Output.Length);
        Assert.False(end.IsOutputComplete);
        Assert.Equal(["late"], end.LastErrorLines.AsEnumerable());
    }

    [Theory]
    [InlineData("/usr/bin/head -c 2097152 /dev/zero", true)]
    [InlineData("/usr/bin/head -c 2097153 /dev/zero", false)]
    [InlineData("/bin/sleep 20 & echo here", false)]
    [InlineData("/bin/sleep 20 >/dev/null & echo here", true)]
    public async Task Output_is_complete_unless_some_was_dropped_or_not_waited_for(string script, bool isComplete) =>
        Assert.Equal(isComplete, Assert.IsType<ChildEnd.Exited>(await Shell(script)).IsOutputComplete);

    [Fact]
    public async Task Whoever_takes_too_long_is_killed_with_all_descendants()
    {
        var marker = $"{Random.Shared.Next(100_000, 999_999)}";

        var end = await Shell($"/bin/sleep 600.{marker} & /bin/sleep 601.{marker}", TimeSpan.FromSeconds(1));

        Assert.IsType<ChildEnd.TimedOut>(end);
        await Task.Delay(200);
        Assert.DoesNotContain(Process.GetProcessesByName("sleep"), sleep => Arguments(sleep).Contains(marker));
    }

    [Fact]
    public async Task A_descendant_that_holds_the_pipes_open_is_not_waited_for()
    {
        var watch = Stopwatch.StartNew();

        var end = await Shell("/bin/sleep 20 & echo here");

        Assert.Equal("here\n", Assert.IsType<ChildEnd.Exited>(end).Output);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(15));
    }

    [Fact]
    public async Task Cancelling_kills_it()
    {
        using var cancellation = new CancellationTokenSource(TimeSpan.FromMilliseconds(300));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            Shell("/bin/sleep 60", cancellation: cancellation.Token)
        );
    }

    [Fact]
    public async Task A_program_that_is_not_there_is_said_to_be()
    {
        var command = new ChildCommand(
            "no-such-program",
            Seq<string>(),
            "/",
            Map<string, string>(),
            TimeSpan.FromSeconds(9)
        );

        var end = Assert.IsType<ChildEnd.NotStarted>(await ChildProcess.Run(command, CancellationToken.None));

        Assert.Contains("no-such-program", end.Reason);
    }

    private static Task<ChildEnd> Shell(
        string script,
        TimeSpan? timeout = null,
        CancellationToken cancellation = default
    ) =>
        ChildProcess.Run(
            new ChildCommand("/bin/sh", Seq("-c", script), "/", Map(("A", "b")), timeout ?? TimeSpan.FromSeconds(30)),
            cancellation
        );

    private static string Arguments(Process process)
    {
        try
        {
            return File.ReadAllText($"/proc/{process.Id}/cmdline");
        }
        catch (IOException)
        {
            return "";
        }
    }
}
