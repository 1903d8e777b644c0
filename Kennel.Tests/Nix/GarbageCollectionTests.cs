using Kennel.Core.Planning;
using Kennel.Shell.Nix;
using Kennel.Shell.Processes;

namespace Kennel.Tests.Nix;

public sealed class GarbageCollectionTests
{
    [Theory]
    [InlineData("true", "")]
    [InlineData("echo no daemon >&2; false", "no daemon")]
    [InlineData("exit 3", "it ended with status 3")]
    public async Task Its_problem_is_what_the_program_says_last(string script, string problem) =>
        Assert.Equal(problem, (await Collect(Shell(script))).Problem.IfNone(""));

    [Fact]
    public async Task Whatever_goes_wrong_is_told_and_not_a_collection_without_end()
    {
        var state = await Collect(Shell("true") with { Timeout = TimeSpan.FromDays(-1) });

        Assert.False(state.IsRunning);
        Assert.True(state.Problem.IsSome);
    }

    private static async Task<CollectionState> Collect(ChildCommand command)
    {
        var ended = new TaskCompletionSource();
        await using var collection = new GarbageCollection(command, TimeProvider.System, ended.SetResult);
        collection.Start();
        await ended.Task.WaitAsync(TimeSpan.FromSeconds(10));
        return collection.State;
    }

    private static ChildCommand Shell(string script) =>
        new("/bin/sh", Seq("-c", script), "/", Map<string, string>(), TimeSpan.FromSeconds(30));
}
