using Kennel.Core.Domain;

namespace Kennel.Shell.Git;

/// <summary>
/// Work that goes on in the background, one piece at a time for each key. However a piece ends, that is known and told:
/// none is under way for ever.
/// </summary>
/// <param name="running">The state while a piece is under way.</param>
/// <param name="failed">The state when it ended without: why, and the state before it began.</param>
/// <param name="wake">Called when a piece has ended.</param>
internal sealed class BackgroundWork<TKey, TState>(
    TState running,
    Func<Cause, Option<TState>, TState> failed,
    System.Action wake
) : IAsyncDisposable
    where TState : class
{
    private readonly CancellationTokenSource lifetime = new();
    private readonly Lock gate = new();
    private Map<TKey, TState> states = Map<TKey, TState>();
    private Map<TKey, Task> tasks = Map<TKey, Task>();

    /// <summary>What is known of these keys; what ended for others is forgotten.</summary>
    public Map<TKey, TState> Of(Set<TKey> keys)
    {
        lock (gate)
        {
            states = states.Filter((key, state) => IsRunning(state) || keys.Contains(key));
            tasks = tasks.Filter((key, _) => states.ContainsKey(key));
            return states;
        }
    }

    /// <summary>Begins a piece of work, unless one is under way for the key.</summary>
    public void Start(TKey key, Func<CancellationToken, Task<Either<Cause, TState>>> work)
    {
        lock (gate)
        {
            var before = states.Find(key);
            if (before.Exists(IsRunning))
                return;
            states = states.AddOrUpdate(key, running);
            tasks = tasks.AddOrUpdate(key, Task.Run(() => DoAndTell(key, before, work), CancellationToken.None));
        }
    }

    /// <summary>Ends all work.</summary>
    public async ValueTask DisposeAsync()
    {
        await lifetime.CancelAsync();
        Seq<Task> begun;
        lock (gate)
            begun = tasks.Values.ToSeq().Strict();
        await Task.WhenAll(begun);
        lifetime.Dispose();
    }

    private bool IsRunning(TState state) => state.Equals(running);

    private async Task DoAndTell(
        TKey key,
        Option<TState> before,
        Func<CancellationToken, Task<Either<Cause, TState>>> work
    )
    {
        var ended = await Do(work);
        lock (gate)
            states = ended.Match(
                end => states.AddOrUpdate(key, end.IfLeft(cause => failed(cause, before))),
                () => states.Remove(key)
            );
        wake();
    }

    private async Task<Option<Either<Cause, TState>>> Do(Func<CancellationToken, Task<Either<Cause, TState>>> work)
    {
        try
        {
            return Some(await work(lifetime.Token));
        }
        catch (OperationCanceledException) when (lifetime.IsCancellationRequested)
        {
            return None;
        }
        catch (Exception error)
        {
            var system = error is IOException or UnauthorizedAccessException ? "the disk" : "git";
            return Some(Left<Cause, TState>(new Cause.Refused(system, error.Message)));
        }
    }
}
