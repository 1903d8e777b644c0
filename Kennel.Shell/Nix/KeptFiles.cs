using System.Globalization;
using Kennel.Core.Domain;
using Kennel.Core.Planning;

namespace Kennel.Shell.Nix;

/// <summary>What Kennel keeps on disk for a while. Names that Kennel does not give are not seen, and so never removed.</summary>
internal sealed class KeptFiles(StatePaths paths)
{
    // Thousands of logs need not be looked at in every pass.
    private static readonly TimeSpan LookInterval = TimeSpan.FromMinutes(10);

    private readonly Lock gate = new();
    private (DateTimeOffset At, Task<Observation<Seq<KeptFile>>> Seen)? last;

    public Task<Observation<Seq<KeptFile>>> Look(DateTimeOffset now)
    {
        lock (gate)
        {
            if (last is not { } before || before.At > now || before.At + LookInterval <= now)
                last = (now, BuildFiles.Look(All));
            return last.Value.Seen;
        }
    }

    /// <summary>Makes the next look a new one.</summary>
    public void Forget()
    {
        lock (gate)
            last = null;
    }

    public void Remove(KeptFile file)
    {
        switch (file)
        {
            case KeptFile.Mirror it when Directory.Exists(MirrorPath(it.Project)):
                Directory.Delete(MirrorPath(it.Project), recursive: true);
                break;
            case KeptFile.BuildLog it:
                File.Delete(paths.Log(it.Build));
                break;
            case KeptFile.Backup it:
                File.Delete($"{paths.Base}/{it.Name}");
                break;
            default:
                break;
        }
        Forget();
    }

    private string MirrorPath(ProjectId project) => $"{paths.Mirrors}/{project.Value}.git";

    private Seq<KeptFile> All() =>
        Joined(
                Entries(paths.Mirrors, "*.git")
                    .Bind(entry =>
                        Number(entry, project => new KeptFile.Mirror(new ProjectId(project)) { WrittenAt = At(entry) })
                    ),
                Entries(paths.Logs, "*.log")
                    .Bind(entry =>
                        Number(entry, build => new KeptFile.BuildLog(new BuildId(build)) { WrittenAt = At(entry) })
                    ),
                Entries(paths.Base, $"{Path.GetFileName(paths.Database)}.before-*")
                    .Map(entry => (KeptFile)new KeptFile.Backup(entry.Name) { WrittenAt = At(entry) })
            )
            .Strict();

    private static Seq<FileSystemInfo> Entries(string directory, string pattern) =>
        Directory.Exists(directory)
            ? new DirectoryInfo(directory).EnumerateFileSystemInfos(pattern).ToSeq()
            : Seq<FileSystemInfo>();

    private static Seq<KeptFile> Number(FileSystemInfo entry, Func<long, KeptFile> make) =>
        long.TryParse(
            Path.GetFileNameWithoutExtension(entry.Name),
            NumberStyles.None,
            CultureInfo.InvariantCulture,
            out var number
        )
            ? Seq1(make(number))
            : Seq<KeptFile>();

    private static DateTimeOffset At(FileSystemInfo entry) => new(entry.LastWriteTimeUtc, TimeSpan.Zero);
}
