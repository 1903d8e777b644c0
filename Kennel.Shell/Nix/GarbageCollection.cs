using Kennel.Core.Planning;
using Kennel.Shell.Processes;

namespace Kennel.Shell.Nix;

/// <summary>Removes what no root protects from the Nix store, in the background.</summary>
/// <param name="command">The program that does it.</param>
/// <param name="clock">Dates its end.</param>
/// <param name="wake">Called at its end.</param>
internal sealed class GarbageCollection(ChildCommand command, TimeProvider clock, System.Action wake) : IAsyncDisposable
{
    private static readonly TimeSpan Timeout = TimeSpan.FromHours(1);

    private readonly CancellationTokenSource lifetime = new();
    private readonly Lock gate = new();
    private CollectionState state = CollectionState.Never;
    private Task running = Task.CompletedTask;

    /// <summary>Nix's program for it.</summary>
    /// <param name="directory">Where it runs.</param>
    public static ChildCommand Command(string directory) =>
        new("nix-store", Seq1("--gc"), directory, NixEnvironment.Of(directory), Timeout) { OutputBytesMax = 4096 };

    /// <summary>How far it is.</summary>
    public CollectionState State
    {
        get
        {
            lock (gate)
                return state;
        }
    }

    /// <summary>Begins, unless one runs.</summary>
    public void Start()
    {
        lock (gate)
        {
            if (state.IsRunning)
                return;
            state = state with { IsRunning = true };
            running = Task.Run(Run, CancellationToken.None);
        }
    }

    /// <summary>Ends it.</summary>
    public async ValueTask DisposeAsync()
    {
        await lifetime.CancelAsync();
        await running;
        lifetime.Dispose();
    }

    private async Task Run()
    {
        var problem = await Collect();
        lock (gate)
            state = new CollectionState(IsRunning: false, clock.GetUtcNow(), problem);
        wake();
    }

    private async Task<Option<string>> Collect()
    {
        try
        {
            var end = await ChildProcess.Run(command, lifetime.Token);
            return end switch
            {
                ChildEnd.Exited { Status: 0 } => None,
                ChildEnd.Exited it => it.LastErrorLines.LastOrNone().IfNone($"it ended with status {it.Status}"),
                ChildEnd.TimedOut it => $"it took longer than {it.Limit.TotalMinutes} min",
                ChildEnd.NotStarted it => it.Reason,
                _ => throw new System.Diagnostics.UnreachableException(),
            };
        }
        catch (OperationCanceledException) when (lifetime.IsCancellationRequested)
        {
            // Kennel stops; the next one begins anew if it still has to.
            return None;
        }
        catch (Exception error)
        {
            // Whatever it was: a collection that seems to run is never followed by another.
            return error.Message;
        }
    }
}
