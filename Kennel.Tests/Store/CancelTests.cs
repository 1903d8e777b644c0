using Kennel.Core.Domain;
using Kennel.Core.Planning;
using Kennel.Shell.Store;
using Action = Kennel.Core.Planning.Action;

namespace Kennel.Tests.Store;

public sealed class CancelTests : IDisposable
{
    private readonly StoreOnTrial _store = new();

    public void Dispose() => _store.Dispose();

    private Task<Either<Refusal, BuildRow>> Cancel(BuildId build) =>
        _store.Intents.Cancel(build, "a person", CancellationToken.None);

    [Fact]
    public async Task A_queued_build_is_cancelled_at_once()
    {
        await _store.Register();

        var build = StoreOnTrial.Must(await Cancel(await _store.Deploy()));

        Assert.Equal(BuildState.Cancelled, build.State);
        Assert.Equal(new Cause.CancelledByPerson("a person").Describe(), build.Cause.Value());
        Assert.Equal(_store.Clock.Now, build.EndedAt.Value());
    }

    [Fact]
    public async Task A_running_build_is_marked_once()
    {
        await _store.Register();
        var build = await _store.Building();

        Assert.Equal(BuildState.Building, StoreOnTrial.Must(await Cancel(build)).State);
        StoreOnTrial.Must(await _store.Intents.Cancel(build, "somebody else", CancellationToken.None));

        Assert.Equal(Some("a person"), Assert.Single((await _store.Read()).Builds).CancelledBy);
    }

    [Fact]
    public async Task What_is_built_or_ended_is_refused_with_its_state()
    {
        await _store.Register();
        var built = await _store.Built();
        Assert.Equal("build-built", CodeOf(await Cancel(built)));
        await _store.Done(new Action.RecordBuildEnd(built, BuildState.Failed, new Cause.NoFlake(), _store.Clock.Now));

        var refusal = (await Cancel(built)).Match(_ => throw new InvalidOperationException(), it => it);

        Assert.Equal("build-ended", refusal.Code);
        Assert.Contains("failed", refusal.What, StringComparison.Ordinal);
        Assert.Equal("unknown-build", CodeOf(await Cancel(new BuildId(99))));
    }

    private static string CodeOf<T>(Either<Refusal, T> answer) => answer.Match(_ => "granted", refusal => refusal.Code);
}
