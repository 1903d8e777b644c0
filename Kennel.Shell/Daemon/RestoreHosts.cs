using Kennel.Core.Units;

namespace Kennel.Shell.Daemon;

/// <summary>What this machine restores dumps with.</summary>
internal static class RestoreHosts
{
    private const string Program = "pg_restore";

    /// <summary>Looks for the program once, where Kennel itself finds programs; a unit needs its whole path.</summary>
    public static RestoreHost Of(StatePaths paths) => new(Found(), paths.Backups);

    private static string Found() =>
        (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(':')
            .Where(Path.IsPathRooted)
            .Select(directory => Path.Combine(directory, Program))
            .FirstOrDefault(File.Exists, RestoreHost.Default.Program);
}
