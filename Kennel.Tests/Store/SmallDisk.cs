using System.Diagnostics;

namespace Kennel.Tests.Store;

/// <summary>A fact that needs to be root, skipped with the reason where it is not.</summary>
internal sealed class RootFactAttribute : FactAttribute
{
    public RootFactAttribute()
    {
        if (Environment.UserName != "root")
            Skip = "needs root, to mount a small disk";
    }
}

/// <summary>A file system of a few bytes in memory.</summary>
internal sealed class SmallDisk : IDisposable
{
    private const int BlockBytes = 4096;

    internal SmallDisk(TemporaryFolder parent, int bytes)
    {
        Path = Directory.CreateDirectory(System.IO.Path.Combine(parent.Path, "disk")).FullName;
        Run("mount", "-t", "tmpfs", "-o", $"size={bytes}", "tmpfs", Path);
    }

    internal string Path { get; }

    /// <summary>Fills the disk up to this many bytes.</summary>
    internal void LeaveFree(int bytes)
    {
        var filler = System.IO.Path.Combine(Path, "filler");
        File.Delete(filler);
        var free = new DriveInfo(Path).AvailableFreeSpace;
        var size = Math.Max(0, free - bytes) / BlockBytes * BlockBytes;
        File.WriteAllBytes(filler, new byte[size]);
    }

    public void Dispose() => Run("umount", "-l", Path);

    private static void Run(string program, params string[] arguments)
    {
        using var process = Process.Start(program, arguments);
        process.WaitForExit();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{program} ended with {process.ExitCode}");
    }
}
