using System.Globalization;
using Kennel.Core.Domain;
using Kennel.Core.Planning;
using Kennel.Core.Ports;

namespace Kennel.Shell.Nix;

/// <summary>
/// The directories of builds. A build's unit runs under a user of its own and writes there, so what is found in one is
/// a stranger's.
/// </summary>
public sealed class BuildFiles(StatePaths paths) : IFiles
{
    private const string System = "the disk";
    private const string BootFile = "/proc/sys/kernel/random/boot_id";

    private const UnixFileMode ForEverybody =
        UnixFileMode.UserRead
        | UnixFileMode.UserWrite
        | UnixFileMode.UserExecute
        | UnixFileMode.GroupRead
        | UnixFileMode.GroupWrite
        | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead
        | UnixFileMode.OtherWrite
        | UnixFileMode.OtherExecute;

    private readonly KeptFiles kept = new(paths);

    /// <inheritdoc/>
    public Task<Observation<BootId>> Boot(CancellationToken cancellation) =>
        Look(() =>
            BootId
                .Parse(BootFile, File.ReadAllText(BootFile).Trim())
                .IfFail(problems => throw new IOException(string.Join("; ", problems)))
        );

    /// <inheritdoc/>
    public Task<Observation<Set<string>>> StateDirectories(CancellationToken cancellation) =>
        Look(() =>
            Directory.Exists(paths.ServiceState)
                ? toSet(
                    new DirectoryInfo(paths.ServiceState).EnumerateFileSystemInfos().Select(directory => directory.Name)
                )
                : Set<string>()
        );

    /// <inheritdoc/>
    public Task<Observation<Map<BuildId, Option<BuildResult>>>> BuildDirectories(CancellationToken cancellation) =>
        Look(() =>
            toMap(new DirectoryInfo(paths.Builds).EnumerateDirectories().ToSeq().Bind(Number).Map(Result).Strict())
        );

    /// <inheritdoc/>
    public Task<Observation<Seq<KeptFile>>> KeptFiles(DateTimeOffset now, CancellationToken cancellation) =>
        kept.Look(now);

    /// <summary>Makes the next look at what is kept a new one.</summary>
    public void LookAfresh() => kept.Forget();

    /// <inheritdoc/>
    public Task<Effect> RemoveFile(Core.Planning.Action.RemoveFile action, CancellationToken cancellation) =>
        Change(() => kept.Remove(action.File));

    /// <inheritdoc/>
    public Task<Observation<Option<string>>> DomainsFile(string path, CancellationToken cancellation) =>
        Look(() => Shell.DomainsFile.Read(path));

    /// <inheritdoc/>
    public Task<Effect> WriteDomainsFile(
        Core.Planning.Action.WriteDomainsFile action,
        CancellationToken cancellation
    ) => Change(() => Shell.DomainsFile.Write(action.Path, DomainsFilePlanner.Text(action.Domains)));

    /// <inheritdoc/>
    public Task<Observation<Seq<FreeSpace>>> FreeSpace(CancellationToken cancellation) =>
        Look(() =>
            Seq(paths.Store, paths.Base, paths.Builds)
                .Filter(Directory.Exists)
                .Map(SpaceAt)
                .DistinctBy(space => (space.FreeBytes, space.SizeBytes))
                .ToSeq()
                .Strict()
        );

    /// <inheritdoc/>
    public Task<Effect> MakeBuildDirectory(
        Core.Planning.Action.MakeBuildDirectory action,
        CancellationToken cancellation
    ) =>
        Change(() =>
        {
            // What an earlier start of the same build left must not be taken for this one's result.
            Remove(paths.Build(action.Build));
            Directory.CreateDirectory(paths.Build(action.Build));
            File.SetUnixFileMode(paths.Build(action.Build), ForEverybody);
            using var log = new FileStream(
                paths.Log(action.Build),
                new FileStreamOptions
                {
                    Mode = FileMode.Append,
                    Access = FileAccess.Write,
                    Share = FileShare.ReadWrite,
                    UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead,
                }
            );
        });

    /// <inheritdoc/>
    public Task<Effect> RemoveBuildDirectory(
        Core.Planning.Action.RemoveBuildDirectory action,
        CancellationToken cancellation
    ) => Change(() => Remove(paths.Build(action.Build)));

    private static FreeSpace SpaceAt(string path)
    {
        var drive = new DriveInfo(path);
        return new FreeSpace(path, drive.AvailableFreeSpace, drive.TotalSize);
    }

    private static Seq<BuildId> Number(DirectoryInfo directory) =>
        long.TryParse(directory.Name, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? Seq1(new BuildId(number))
            : Seq<BuildId>();

    private (BuildId, Option<BuildResult>) Result(BuildId build) =>
        (build, ResultFile.Read($"{paths.Build(build)}/{BuildResultText.FileName}"));

    private static void Remove(string directory)
    {
        if (!Directory.Exists(directory))
            return;
        try
        {
            Directory.Delete(directory, recursive: true);
        }
        catch (UnauthorizedAccessException error)
        {
            throw new IOException(
                $"{directory} holds directories that its build locked; remove it as root: rm -rf {directory}",
                error
            );
        }
    }

    internal static Task<Observation<T>> Look<T>(Func<T> look)
    {
        try
        {
            return Task.FromResult(Observation.Known(look()));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return Task.FromResult(Observation.Unknown<T>(error.Message));
        }
    }

    private static Task<Effect> Change(global::System.Action change)
    {
        try
        {
            change();
            return Task.FromResult(Effect.Happened);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return Task.FromResult(Effect.Refused(System, error.Message));
        }
    }
}
