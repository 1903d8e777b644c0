using Kennel.Core.Domain;
using Kennel.Core.Planning;
using Kennel.Core.Ports;
using Kennel.Shell.Processes;

namespace Kennel.Shell.Nix;

/// <summary>
/// Kennel's roots: links in a directory of its own, each known to Nix as an indirect root, so that removing the link
/// gives the store path up.
/// </summary>
/// <param name="paths">Where the links are.</param>
/// <param name="clock">Dates garbage collections.</param>
/// <param name="wake">Called when a garbage collection has ended.</param>
public sealed class NixStore(StatePaths paths, TimeProvider clock, System.Action wake) : INix, IAsyncDisposable
{
    private const string System = "the Nix store";
    private const int LinesShown = 5;
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(60);

    private readonly GarbageCollection collection = new(GarbageCollection.Command(paths.Base), clock, wake);

    /// <inheritdoc/>
    public Task<Observation<Map<RootName, StorePath>>> Roots(CancellationToken cancellation)
    {
        try
        {
            var links = new DirectoryInfo(paths.Roots).EnumerateFileSystemInfos().ToSeq().Bind(Read).Strict();
            return Task.FromResult(Observation.Known(toMap(links)));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return Task.FromResult(Observation.Unknown<Map<RootName, StorePath>>(error.Message));
        }
    }

    /// <inheritdoc/>
    public CollectionState Collection => collection.State;

    /// <inheritdoc/>
    public Task<Effect> CollectGarbage(Core.Planning.Action.CollectGarbage action, CancellationToken cancellation)
    {
        collection.Start();
        return Task.FromResult(Effect.Happened);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => collection.DisposeAsync();

    /// <inheritdoc/>
    public async Task<Effect> AddRoot(Core.Planning.Action.AddRoot action, CancellationToken cancellation)
    {
        var end = await ChildProcess.Run(
            new ChildCommand(
                "nix-store",
                Seq("--realise", action.Path.Value, "--add-root", $"{paths.Roots}/{action.Root}"),
                paths.Roots,
                NixEnvironment.Of(paths.Base),
                Timeout
            ),
            cancellation
        );
        return end switch
        {
            ChildEnd.Exited { Status: 0 } => Effect.Happened,
            ChildEnd.Exited it => Effect.Refused(System, LastWords(it)),
            ChildEnd.TimedOut it => Effect.Unanswered(System, $"no answer within {it.Limit.TotalSeconds} s"),
            ChildEnd.NotStarted it => Effect.Unreachable(System, it.Reason),
            _ => throw new global::System.Diagnostics.UnreachableException(),
        };
    }

    /// <inheritdoc/>
    public Task<Effect> RemoveRoot(Core.Planning.Action.RemoveRoot action, CancellationToken cancellation)
    {
        try
        {
            File.Delete($"{paths.Roots}/{action.Root}");
            return Task.FromResult(Effect.Happened);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return Task.FromResult(Effect.Refused("the disk", error.Message));
        }
    }

    // A link to a path that is gone protects nothing.
    private static Seq<(RootName, StorePath)> Read(FileSystemInfo link)
    {
        var read =
            from name in RootName.Parse("root", link.Name).ToOption()
            from target in Optional(link.LinkTarget)
            from path in StorePath.Parse("root", target).ToOption()
            where Path.Exists(path.Value)
            select (name, path);
        return read.ToSeq();
    }

    private static string LastWords(ChildEnd.Exited end)
    {
        var lines = end.LastErrorLines;
        return lines.IsEmpty
            ? $"nix-store ended with status {end.Status}"
            : string.Join('\n', lines.Skip(Math.Max(0, lines.Count - LinesShown)));
    }
}
