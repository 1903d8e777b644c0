using Kennel.Core.Domain;
using Kennel.Core.Forge;
using Kennel.Shell.Store;
using Kennel.Tests.Store;
using static Kennel.Tests.Store.StoreOnTrial;

namespace Kennel.Tests.Forge;

public sealed class DeliveryWriterTests
{
    private const int Count = 200;

    [Fact]
    public async Task Deliveries_that_wait_together_are_written_together_and_each_is_answered()
    {
        using var store = new StoreOnTrial();
        await using var writer = new DeliveryWriter(store.Database, 10, _ => { });
        var free = new TaskCompletionSource();
        using var isHeld = new SemaphoreSlim(0);
        var holding = Task.Run(() =>
            store.Database.Write(
                _ => isHeld.Release() + (free.Task.Wait(TimeSpan.FromSeconds(10)) ? 1 : 0),
                _ => true,
                CancellationToken.None
            )
        );
        await isHeld.WaitAsync();

        var first = Enumerable.Range(0, Count).Select(number => Accept(writer, number)).ToList();
        free.SetResult();
        await holding;
        var receipts = await Task.WhenAll(first);

        Assert.All(receipts, receipt => Assert.IsType<Receipt.Kept>(receipt));
        Assert.InRange(writer.TransactionCount, 1, 5);
        Assert.Equal(
            Count,
            await store.Database.Read(
                session => session.Number("SELECT count(*) FROM deliveries WHERE handled_at IS NULL"),
                CancellationToken.None
            )
        );
    }

    [Fact]
    public async Task The_same_delivery_twice_in_one_transaction_is_kept_once()
    {
        using var store = new StoreOnTrial();
        var receipts = await store.Database.Write(
            session => new[] { 1, 1 }.Select(number => DeliveryInbox.Accept(session, Delivery(number))).ToList(),
            _ => true,
            CancellationToken.None
        );

        Assert.Equal([new Receipt.Kept(), new Receipt.Known()], receipts);
    }

    [Fact]
    public async Task The_oldest_handled_deliveries_are_forgotten_and_open_ones_never()
    {
        using var store = new StoreOnTrial();
        await store.Database.Write(
            session =>
            {
                foreach (var number in Enumerable.Range(1, 30))
                    DeliveryInbox.Accept(session, number % 10 == 0 ? Delivery(number) : Nothing(number));
                return DeliveryInbox.Tidy(session, 5);
            },
            _ => true,
            CancellationToken.None
        );

        Assert.Equal(
            ["10", "20", "26", "27", "28", "29", "30"],
            await store.Database.Read(
                session => session.Query("SELECT delivery FROM deliveries ORDER BY id", row => row.GetString(0)),
                CancellationToken.None
            )
        );
    }

    [Fact]
    public async Task What_waits_when_the_daemon_ends_is_still_written()
    {
        using var store = new StoreOnTrial();
        var writer = new DeliveryWriter(store.Database, 10, _ => { });
        var waiting = Enumerable.Range(0, 50).Select(number => Accept(writer, number)).ToList();

        await writer.DisposeAsync();

        Assert.All(await Task.WhenAll(waiting), receipt => Assert.IsType<Receipt.Kept>(receipt));
        Assert.True((await writer.Accept(Delivery(51), CancellationToken.None)).IsLeft);
    }

    [RootFact]
    public async Task On_a_full_disk_a_delivery_is_refused_and_accepted_when_there_is_room_again()
    {
        using var folder = new TemporaryFolder();
        using var disk = new SmallDisk(folder, bytes: 2 << 20);
        using var store = new StoreOnTrial(Database.Open(Path.Combine(disk.Path, "kennel.db"), TimeProvider.System));
        await using var writer = new DeliveryWriter(store.Database, 10, _ => { });
        var large = Delivery(1) with { Body = Bodies.Push() + new string(' ', 200_000) };
        disk.LeaveFree(20_000);

        var refused = await writer.Accept(large, CancellationToken.None);
        disk.LeaveFree(1_000_000);
        var accepted = await writer.Accept(large, CancellationToken.None);

        Assert.Contains("the disk is full", refused.Match(receipt => $"{receipt}", why => why));
        Assert.Equal(new Receipt.Kept(), accepted);
    }

    private static async Task<Receipt> Accept(DeliveryWriter writer, int number) =>
        (await writer.Accept(Delivery(number), CancellationToken.None)).IfLeft(why =>
            throw new InvalidOperationException(why)
        );

    private static NewDelivery Delivery(int number) => Of(number, Bodies.Push($"refs/heads/{number}"));

    private static NewDelivery Nothing(int number) => Of(number, Bodies.Push($"refs/tags/{number}"));

    private static NewDelivery Of(int number, string body) =>
        new(
            $"{number}",
            "push",
            body,
            LanguageExt.Option<ProjectId>.None,
            Must(ForgeEvents.Read("push", body)),
            DateTimeOffset.UnixEpoch
        );
}
