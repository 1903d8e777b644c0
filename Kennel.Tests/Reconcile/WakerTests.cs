using Kennel.Core.Domain;
using Kennel.Core.Planning;
using Kennel.Shell.Api;
using Kennel.Shell.Reconcile;
using Kennel.Tests.Store;
using Action = Kennel.Core.Planning.Action;

namespace Kennel.Tests.Reconcile;

public sealed class WakerTests : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private readonly StoreOnTrial store = new();
    private readonly Wishes wishes = new();

    public void Dispose() => store.Dispose();

    private Waker Waker => new(store.State, store.Intents, wishes, store.Clock);

    [Fact]
    public async Task Many_who_ask_at_once_wake_it_once_and_all_get_its_address_when_it_is_awake()
    {
        var host = await Asleep();
        var asked = Enumerable.Range(0, 50).Select(_ => Ask(host)).ToArray();
        await wishes.First.Task.WaitAsync(Limit);
        Assert.DoesNotContain(asked, one => one.IsCompleted);

        var branch = await store.OnlyBranch();
        var unit = branch.Deployments[0].Unit(branch.Deployments[0].ServingRelease.Value());
        await store.Done(new Action.LeasePort(StoreOnTrial.PortOf(20000), unit, branch.Id));
        await store.Done(new Action.RecordAwake(branch.Id, store.Clock.Now));

        var ready = new WakeAnswer.Ready(StoreOnTrial.PortOf(20000));
        Assert.All(await Task.WhenAll(asked), answer => Assert.Equal(ready, answer));
        Assert.Equal(ready, await Ask(host));
    }

    [Fact]
    public async Task One_that_fails_while_it_wakes_is_told_with_its_cause_and_when_to_ask_again()
    {
        var host = await Asleep();
        var asked = Ask(host);
        await wishes.First.Task.WaitAsync(Limit);
        store.Clock.Now = store.Clock.Now.AddSeconds(1);
        var branch = await store.OnlyBranch();
        var unit = branch.Deployments[0].Unit(branch.Deployments[0].ServingRelease.Value());
        await store.Done(new Action.RecordCrash(branch.Id, unit, 3, StoreOnTrial.Crash, store.Clock.Now));

        var failed = Assert.IsType<WakeAnswer.Failed>(await asked);
        Assert.Equal(StoreOnTrial.Crash.Describe().Sentence, failed.Reason);
        Assert.Equal(Some(TimeSpan.FromSeconds(4)), failed.RetryAfter);
    }

    [Fact]
    public async Task A_name_behind_which_nothing_runs_wakes_nothing()
    {
        await store.Register();
        var host = StoreOnTrial.Must(HostName.Parse("", "hello-main.example.org"));
        Assert.IsType<WakeAnswer.NotDeployed>(await Ask(host));
        Assert.False(wishes.First.Task.IsCompleted);
    }

    [Fact]
    public async Task Who_does_not_want_to_wait_any_more_is_let_go_and_the_branch_goes_on_waking()
    {
        var host = await Asleep();
        using var patience = new CancellationTokenSource();
        var asked = Waker.Wake(host, patience.Token);
        await wishes.First.Task.WaitAsync(Limit);
        await patience.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asked.WaitAsync(Limit));
        Assert.IsType<Core.Lifecycle.Rest.Waking>((await store.OnlyBranch()).Life.Rest);
    }

    private Task<WakeAnswer> Ask(HostName host) => Waker.Wake(host, CancellationToken.None).WaitAsync(Limit);

    private async Task<HostName> Asleep()
    {
        await store.Register();
        var branch = await store.Serving();
        var build = (await store.Read()).Builds[0].Id;
        await store.Done(new Action.RecordBuildEnd(build, BuildState.Done, None, store.Clock.Now));
        StoreOnTrial.Must(await store.Intents.Hibernate(StoreOnTrial.Hello, StoreOnTrial.Main, CancellationToken.None));
        return branch.Deployments[0].Releases[0].Hosts.Head();
    }

    /// <summary>A reconciler that only hears that there is a reason to look.</summary>
    private sealed class Wishes : IReconciler
    {
        public TaskCompletionSource First { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public void Wake() => First.TrySetResult();

        public Task<Look> Look(CancellationToken cancellation) => throw new NotSupportedException();

        public Task<PassSummary> PassNow(CancellationToken cancellation) => throw new NotSupportedException();
    }
}
