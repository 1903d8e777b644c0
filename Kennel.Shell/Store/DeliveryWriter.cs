using System.Threading.Channels;

namespace Kennel.Shell.Store;

/// <summary>
/// Writes deliveries. Whatever waits at the same time is written in one transaction, for each one costs a disk's
/// answer; everybody is told when his own delivery is safe.
/// </summary>
internal sealed class DeliveryWriter : IAsyncDisposable
{
    private const int WaitingMax = 256;
    private const int BatchMax = 128;
    private const int TidyInterval = 500;

    private readonly Database database;
    private readonly int rowsKept;
    private readonly Action<string> complain;
    private readonly Channel<Waiting> waiting = Channel.CreateBounded<Waiting>(
        new BoundedChannelOptions(WaitingMax) { SingleReader = true }
    );

    private readonly Task work;
    private int untilTidy;

    /// <summary>Begins to write.</summary>
    /// <param name="database">The database.</param>
    /// <param name="rowsKept">How many of the newest deliveries are kept once they are handled.</param>
    /// <param name="complain">Takes what went wrong inside, for the log.</param>
    internal DeliveryWriter(Database database, int rowsKept, Action<string> complain)
    {
        (this.database, this.rowsKept, this.complain) = (database, rowsKept, complain);
        work = Task.Run(Run);
    }

    /// <summary>How many transactions were made.</summary>
    internal long TransactionCount { get; private set; }

    /// <summary>Keeps a delivery; returns when it is on the disk, or says why it cannot be.</summary>
    internal async Task<Either<string, Receipt>> Accept(NewDelivery delivery, CancellationToken cancellation)
    {
        var one = new Waiting(delivery);
        try
        {
            await waiting.Writer.WriteAsync(one, cancellation);
        }
        catch (ChannelClosedException)
        {
            return "Kennel is stopping";
        }
        return await one.Answer.Task;
    }

    public async ValueTask DisposeAsync()
    {
        waiting.Writer.TryComplete();
        await work;
    }

    private async Task Run()
    {
        while (await waiting.Reader.WaitToReadAsync())
        {
            var batch = new List<Waiting>();
            while (batch.Count < BatchMax && waiting.Reader.TryRead(out var one))
                batch.Add(one);
            await Write(batch);
        }
    }

    private async Task Write(IReadOnlyList<Waiting> batch)
    {
        try
        {
            var receipts = await database.Write(session => Accept(session, batch), _ => true, CancellationToken.None);
            TransactionCount++;
            foreach (var (one, receipt) in batch.Zip(receipts))
                one.Answer.TrySetResult(receipt);
        }
        catch (StoreException error) when (error is not (StoreConflictException or DamagedRowException))
        {
            Fail(batch, error.Message);
        }
        catch (Exception) when (batch.Count > 1)
        {
            // One of them cannot be kept; the others shall not suffer from it.
            foreach (var one in batch)
                await Write([one]);
        }
        catch (Exception error)
        {
            complain($"A delivery could not be kept: {error}");
            Fail(batch, error.Message);
        }
    }

    private List<Receipt> Accept(Session session, IReadOnlyList<Waiting> batch)
    {
        var receipts = batch.Select(one => DeliveryInbox.Accept(session, one.Delivery)).ToList();
        untilTidy -= batch.Count;
        if (untilTidy <= 0)
        {
            DeliveryInbox.Tidy(session, rowsKept);
            untilTidy = TidyInterval;
        }
        return receipts;
    }

    private static void Fail(IReadOnlyList<Waiting> batch, string why)
    {
        foreach (var one in batch)
            one.Answer.TrySetResult(why);
    }

    private sealed record Waiting(NewDelivery Delivery)
    {
        internal TaskCompletionSource<Either<string, Receipt>> Answer { get; } =
            new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
