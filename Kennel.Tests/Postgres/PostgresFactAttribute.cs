using System.Diagnostics;

namespace Kennel.Tests.Postgres;

/// <summary>A test against a real PostgreSQL; skipped, with the reason, where there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PostgresFactAttribute : FactAttribute
{
    private const string Installed = "/usr/lib/postgresql";
    private const int OldestVersion = 16;

    public PostgresFactAttribute() => Skip = WhyNot();

    /// <summary>The directory of its programs: <c>$KENNEL_TEST_POSTGRES</c>, else the newest that is installed.</summary>
    public static string Programs =>
        Environment.GetEnvironmentVariable("KENNEL_TEST_POSTGRES")
        ?? (
            Directory.Exists(Installed)
                ? Directory.GetDirectories(Installed).Order(StringComparer.Ordinal).Last() + "/bin"
                : Installed
        );

    // "postgres (PostgreSQL) 17.11 (Debian 17.11-0+deb13u1)"
    private static int Version()
    {
        if (!File.Exists(Path.Combine(Programs, "postgres")))
            return 0;
        using var process = Process.Start(
            new ProcessStartInfo(Path.Combine(Programs, "postgres"), ["--version"])
            {
                RedirectStandardOutput = true,
                UseShellExecute = false,
            }
        )!;
        var words = process.StandardOutput.ReadToEnd().Split(' ', '.');
        process.WaitForExit();
        return words.Length > 2 && int.TryParse(words[2], out var version) ? version : 0;
    }

    private static string? WhyNot() =>
        Version() < OldestVersion
            ? $"no PostgreSQL {OldestVersion} or newer in {Programs}; set KENNEL_TEST_POSTGRES to the directory of its programs"
        : !Environment.IsPrivilegedProcess ? "PostgreSQL is started as another user than root, which needs root"
        : null;
}
