using System.Diagnostics;

namespace Kennel.Tests.Caddy;

/// <summary>A test against a real Caddy; skipped, with the reason, where there is none.</summary>
public sealed class CaddyFactAttribute : FactAttribute
{
    private static readonly Version Oldest = new(2, 8);

    private static readonly Lazy<(string Program, string? Missing)> Found = new(Look);

    public CaddyFactAttribute() => Skip = Found.Value.Missing;

    /// <summary>The program: <c>$KENNEL_TEST_CADDY</c>, else the one on the path.</summary>
    public static string Program => Found.Value.Program;

    private static (string, string?) Look()
    {
        var program = Environment.GetEnvironmentVariable("KENNEL_TEST_CADDY") ?? "caddy";
        try
        {
            using var process = Process.Start(
                new ProcessStartInfo(program, ["version"]) { RedirectStandardOutput = true, UseShellExecute = false }
            )!;
            var text = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            var number = text.TrimStart('v').Split(' ', '-', '+', '\n')[0];
            return Version.TryParse(number, out var version) && version >= Oldest
                ? (program, null)
                : (program, $"{program} is Caddy {text.Trim()}; {Oldest} or newer is needed");
        }
        catch (System.ComponentModel.Win32Exception error)
        {
            return (program, $"no Caddy here ({program}: {error.Message}); set KENNEL_TEST_CADDY to one");
        }
    }
}
