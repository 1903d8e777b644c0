using Kennel.Core.Domain;

namespace Kennel.Shell.Api;

/// <summary>What a request for a sleeping branch is told.</summary>
internal abstract record DoorAnswer
{
    private DoorAnswer() { }

    /// <summary>The waking came to an end.</summary>
    public sealed record Told(WakeAnswer Answer) : DoorAnswer;

    /// <summary>The request was held for as long as it may; the waking goes on.</summary>
    public sealed record StillWaking : DoorAnswer;

    /// <summary>There is no place for it now.</summary>
    public sealed record Busy : DoorAnswer;
}

/// <summary>
/// All requests for one host name share one waking, a few host names wake at once, some more wait for their turn, and
/// the rest is told to come back. A waking that has begun goes on though nobody waits for it any more: a browser that was
/// given a page comes back for it.
/// </summary>
internal sealed class SharedWakes(IWaker waker, WakeLimits limits, Action<string> complain) : IDisposable
{
    private static readonly TimeSpan RetryAfterTimeout = TimeSpan.FromSeconds(10);

    private readonly Lock guard = new();
    private readonly Dictionary<HostName, SharedWake> underWay = [];
    private readonly SemaphoreSlim turns = new(limits.WakesMax);
    private readonly CancellationTokenSource stopping = new();
    private int requests;

    /// <summary>How many requests are held now.</summary>
    public int Held
    {
        get
        {
            lock (guard)
                return requests;
        }
    }

    /// <summary>Holds a request until there is something to tell it.</summary>
    /// <param name="host">The host name it is for.</param>
    /// <param name="patience">How long at most.</param>
    /// <param name="gone">Whoever asked has gone.</param>
    /// <exception cref="OperationCanceledException">Whoever asked has gone, or Kennel stops.</exception>
    public async Task<DoorAnswer> Wait(HostName host, TimeSpan patience, CancellationToken gone)
    {
        stopping.Token.ThrowIfCancellationRequested();
        if (Join(host) is not { } wake)
            return new DoorAnswer.Busy();
        using var end = CancellationTokenSource.CreateLinkedTokenSource(gone, stopping.Token);
        try
        {
            return await wake.Answer.Task.WaitAsync(patience, end.Token);
        }
        catch (TimeoutException)
        {
            return new DoorAnswer.StillWaking();
        }
        finally
        {
            Leave(wake, gone.IsCancellationRequested);
        }
    }

    /// <summary>Ends all waiting, for good.</summary>
    public async Task Stop()
    {
        await stopping.CancelAsync();
        Task[] ends;
        lock (guard)
            ends = [.. underWay.Values.Select(wake => wake.Answer.Task)];
        await Task.WhenAll(ends).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public void Dispose()
    {
        turns.Dispose();
        stopping.Dispose();
    }

    private SharedWake? Join(HostName host)
    {
        lock (guard)
        {
            if (requests >= limits.RequestsMax)
                return null;
            if (!underWay.TryGetValue(host, out var wake))
            {
                if (underWay.Count >= limits.WakesMax + limits.QueuedMax)
                    return null;
                underWay[host] = wake = new SharedWake(host);
                _ = Run(wake);
            }
            requests++;
            wake.Wishes++;
            return wake;
        }
    }

    // Who got a page still wishes for it; who went away does not, and what nobody wishes for gives up its turn.
    private void Leave(SharedWake wake, bool isGone)
    {
        lock (guard)
        {
            requests--;
            if (!isGone || --wake.Wishes > 0 || wake.HasBegun)
                return;
            Forget(wake);
        }
        wake.Unwished.Cancel();
    }

    private void Forget(SharedWake wake)
    {
        if (underWay.GetValueOrDefault(wake.Host) == wake)
            underWay.Remove(wake.Host);
    }

    private async Task Run(SharedWake wake)
    {
        // Not under the lock of whoever began it.
        await Task.Yield();
        var answer = await Turn(wake);
        lock (guard)
            Forget(wake);
        if (stopping.IsCancellationRequested)
            wake.Answer.TrySetCanceled(stopping.Token);
        else
            wake.Answer.TrySetResult(answer);
    }

    private async Task<DoorAnswer> Turn(SharedWake wake)
    {
        try
        {
            using var end = CancellationTokenSource.CreateLinkedTokenSource(wake.Unwished.Token, stopping.Token);
            if (!await turns.WaitAsync(limits.TurnLimit, end.Token))
                return new DoorAnswer.Busy();
        }
        catch (OperationCanceledException)
        {
            return new DoorAnswer.Busy();
        }
        try
        {
            lock (guard)
                wake.HasBegun = true;
            return new DoorAnswer.Told(await Wake(wake.Host));
        }
        finally
        {
            turns.Release();
        }
    }

    private async Task<WakeAnswer> Wake(HostName host)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stopping.Token);
        limit.CancelAfter(limits.WakeLimit);
        try
        {
            return await waker.Wake(host, limit.Token).WaitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            return new WakeAnswer.Failed(
                $"it is not ready after {limits.WakeLimit.TotalSeconds:0.#} s",
                Some(RetryAfterTimeout)
            );
        }
        catch (Exception error)
        {
            complain($"{host} could not be woken: {error}");
            return new WakeAnswer.Failed("Kennel's log says why", Some(RetryAfterTimeout));
        }
    }

    private sealed class SharedWake(HostName host)
    {
        public HostName Host { get; } = host;

        public TaskCompletionSource<DoorAnswer> Answer { get; } =
            new(TaskCreationOptions.RunContinuationsAsynchronously);

        public CancellationTokenSource Unwished { get; } = new();

        public int Wishes { get; set; }

        public bool HasBegun { get; set; }
    }
}
