namespace Kennel.Tests.Store;

public sealed class DeliveryRowsTests : IDisposable
{
    private readonly StoreOnTrial _store = new();

    public void Dispose() => _store.Dispose();

    [Fact]
    public async Task Deliveries_are_listed_newest_first_of_all_of_a_project_or_of_a_branch()
    {
        await _store.Register();
        await _store.Arrive("push", "refs/heads/main", "deploy main");
        await _store.Arrive("pull_request", "refs/pull/42/head", null);
        await _store.Arrive("push", null, "not registered: x", project: null);

        var all = await _store.Intents.Deliveries(None, 10, CancellationToken.None);
        var ofHello = await _store.Intents.Deliveries(StoreOnTrial.Hello, 10, CancellationToken.None);
        var ofMain = await _store.Intents.Deliveries(StoreOnTrial.Hello, StoreOnTrial.Main, 10, CancellationToken.None);

        Assert.Equal([3, 2, 1], all.Map(row => row.Id.Value).ToArray());
        Assert.Equal(
            [(Some(StoreOnTrial.BranchOf("#42")), None), (Some(StoreOnTrial.Main), Some("deploy main"))],
            ofHello.Map(row => (row.Branch, row.Meaning)).ToArray()
        );
        Assert.Equal([1], ofMain.Map(row => row.Id.Value).ToArray());
        Assert.Equal(_store.Clock.Now, all[0].ReceivedAt);
        Assert.Single(await _store.Intents.Deliveries(None, 1, CancellationToken.None));
    }
}
