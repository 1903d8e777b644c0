using Kennel.Core.Domain;
using Kennel.Core.Planning;
using Kennel.Core.Ports;
using Kennel.Shell.Processes;
using Action = Kennel.Core.Planning.Action;

namespace Kennel.Shell.Postgres;

/// <summary>
/// Dumps as files, each made by <c>pg_dump</c> in the background: under another name until it is complete, so that a dump
/// that is there can be relied on.
/// </summary>
/// <param name="options">Where and how.</param>
/// <param name="clock">Dates failures.</param>
/// <param name="wake">Called when one has ended.</param>
public sealed class DumpFiles(DumpOptions options, TimeProvider clock, System.Action wake) : IDumps, IAsyncDisposable
{
    private const string PartSuffix = ".part";
    private const int LinesShown = 5;

    private readonly CancellationTokenSource lifetime = new();
    private readonly Lock gate = new();
    private Map<DumpName, DumpState> states;
    private Map<DumpName, Task> running;

    /// <inheritdoc/>
    public Task<Observation<Map<DumpName, DumpState>>> Dumps(CancellationToken cancellation)
    {
        try
        {
            // In this order: one that ends in between is seen as a file, and not as running any more.
            var begun = Begun();
            return Task.FromResult(
                Observation.Known(Files().Fold(begun, (all, file) => all.AddOrUpdate(file.Name, file.Done)))
            );
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return Task.FromResult(Observation.Unknown<Map<DumpName, DumpState>>(error.Message));
        }
    }

    /// <inheritdoc/>
    public Task<Effect> StartDump(Action.StartDump action, CancellationToken cancellation)
    {
        lock (gate)
        {
            var isThere = File.Exists(PathOf(action.Dump));
            if (!isThere && !running.ContainsKey(action.Dump))
            {
                var failures = states
                    .Find(action.Dump)
                    .Map(state => state is DumpState.Failed failed ? failed.Failures : 0);
                states = states.AddOrUpdate(action.Dump, new DumpState.Running());
                running = running.Add(
                    action.Dump,
                    Task.Run(() => Run(action, failures.IfNone(0)), CancellationToken.None)
                );
            }
        }
        return Task.FromResult(Effect.Happened);
    }

    /// <inheritdoc/>
    public Task<Effect> RemoveDump(Action.RemoveDump action, CancellationToken cancellation)
    {
        try
        {
            File.Delete(PathOf(action.Dump));
            return Task.FromResult(Effect.Happened);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return Task.FromResult(Effect.Refused("database dumps", error.Message));
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await lifetime.CancelAsync();
        Seq<Task> tasks;
        lock (gate)
            tasks = running.Values.ToSeq().Strict();
        await Task.WhenAll(tasks);
        lifetime.Dispose();
    }

    private Map<DumpName, DumpState> Begun()
    {
        lock (gate)
            return states;
    }

    private Seq<(DumpName Name, DumpState Done)> Files() =>
        new DirectoryInfo(options.Directory)
            .EnumerateFiles("*.dump")
            .ToSeq()
            .Bind(file =>
                DumpName
                    .Parse("", file.Name)
                    .ToSeq()
                    .Map(name =>
                        (name, (DumpState)new DumpState.Done(new DateTimeOffset(file.LastWriteTimeUtc), file.Length))
                    )
            )
            .Strict();

    private async Task Run(Action.StartDump action, int failures)
    {
        var problem = await Dump(action);
        lock (gate)
        {
            running = running.Remove(action.Dump);
            states = problem.Match(
                cause => states.AddOrUpdate(action.Dump, new DumpState.Failed(cause, clock.GetUtcNow(), failures + 1)),
                () => states.Remove(action.Dump)
            );
        }
        wake();
    }

    private async Task<Option<Cause>> Dump(Action.StartDump action)
    {
        var part = PathOf(action.Dump) + PartSuffix;
        try
        {
            Prepare(part);
            var end = await ChildProcess.Run(Command(action, part), lifetime.Token);
            if (end is ChildEnd.Exited { Status: 0 })
            {
                File.Move(part, PathOf(action.Dump), overwrite: true);
                return None;
            }
            File.Delete(part);
            return Some(Told(end));
        }
        catch (OperationCanceledException) when (lifetime.IsCancellationRequested)
        {
            // Kennel stops; what is left of it is overwritten by the next one.
            return None;
        }
        catch (Exception error)
        {
            // Whatever it was: a dump that seems to run is never begun again.
            return Some<Cause>(new Cause.Refused(options.Program, error.Message));
        }
    }

    // Nobody but Kennel may read what is dumped, from the first byte on.
    private static void Prepare(string part)
    {
        using var file = new FileStream(
            part,
            new FileStreamOptions
            {
                Mode = FileMode.Create,
                Access = FileAccess.Write,
                UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
            }
        );
    }

    private ChildCommand Command(Action.StartDump action, string part) =>
        new(
            options.Program,
            Seq(
                "--format=custom",
                $"--host={options.SocketDirectory}",
                $"--username={options.User}",
                "--no-password",
                "--lock-wait-timeout=60s",
                $"--dbname={action.Database}",
                $"--file={part}"
            ),
            options.Directory,
            Map(("PATH", Environment.GetEnvironmentVariable("PATH") ?? "/usr/bin:/bin"), ("LANG", "C.UTF-8")),
            options.Limit
        )
        {
            OutputBytesMax = 4096,
        };

    private Cause Told(ChildEnd end) =>
        end switch
        {
            ChildEnd.Exited it => new Cause.Refused(
                options.Program,
                it.LastErrorLines.IsEmpty
                    ? $"it ended with status {it.Status}"
                    : string.Join("; ", it.LastErrorLines.Rev().Take(LinesShown).Rev())
            ),
            ChildEnd.TimedOut it => new Cause.Unreachable(
                options.Program,
                $"it took longer than {it.Limit.TotalMinutes} min"
            ),
            ChildEnd.NotStarted it => new Cause.Unreachable(options.Program, it.Reason),
            _ => throw new System.Diagnostics.UnreachableException(),
        };

    private string PathOf(DumpName name) => Path.Combine(options.Directory, name.Value);
}
