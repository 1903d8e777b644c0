namespace Kennel.Shell.Postgres;

/// <summary>Waits in the background for a server that could not be looked at, and says when it answers again.</summary>
/// <param name="answers">Whether it answers.</param>
/// <param name="returned">Called once it does.</param>
internal sealed class ReturnWatch(Func<CancellationToken, Task<bool>> answers, Action returned) : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    private readonly CancellationTokenSource lifetime = new();
    private readonly Lock gate = new();
    private Task waiting = Task.CompletedTask;

    /// <summary>Begins, unless it waits already.</summary>
    internal void Begin()
    {
        lock (gate)
        {
            if (waiting.IsCompleted && !lifetime.IsCancellationRequested)
                waiting = Task.Run(Wait, CancellationToken.None);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await lifetime.CancelAsync();
        await waiting;
        lifetime.Dispose();
    }

    private async Task Wait()
    {
        try
        {
            do await Task.Delay(Pause, lifetime.Token);
            while (!await answers(lifetime.Token));
            returned();
        }
        catch (OperationCanceledException) when (lifetime.IsCancellationRequested)
        {
            // Kennel stops.
        }
    }
}
