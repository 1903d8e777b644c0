using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Kennel.Tests.Secrets;

/// <summary>
/// The <c>secretspec.toml</c> of real projects and of secretspec itself, as JSON. A host lets Nix turn TOML into JSON; the
/// tests use Python where it is at hand.
/// </summary>
internal static class TomlFiles
{
    private const string Program = "import json,sys,tomllib; print(json.dumps(tomllib.load(open(sys.argv[1],'rb'))))";

    public static string Directory => Path.GetFullPath(Path.Combine(Repository(), "../shared/specs"));

    public static IEnumerable<string> All =>
        new[] { "secretspec", "real-projects" }
            .SelectMany(folder =>
                System.IO.Directory.EnumerateFiles(
                    Path.Combine(Directory, folder),
                    "*.toml",
                    SearchOption.AllDirectories
                )
            )
            .Where(file => File.ReadAllText(file).Contains("[project]", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal);

    /// <summary>A file as JSON; nothing without Python.</summary>
    public static LanguageExt.Option<string> Json(string file)
    {
        try
        {
            using var python = Process.Start(
                new ProcessStartInfo("python3", ["-c", Program, file])
                {
                    RedirectStandardOutput = true,
                    RedirectStandardError = true,
                    UseShellExecute = false,
                }
            )!;
            var text = python.StandardOutput.ReadToEnd();
            python.WaitForExit();
            return python.ExitCode == 0 ? text : None;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return None;
        }
    }

    private static string Repository([CallerFilePath] string file = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file)!, "../.."));
}

internal sealed class TomlFactAttribute : FactAttribute
{
    public TomlFactAttribute()
    {
        if (!System.IO.Directory.Exists(TomlFiles.Directory))
            Skip = "no ../shared/specs";
        else if (TomlFiles.Json(TomlFiles.All.First()).IsNone)
            Skip = "no python3 with tomllib";
    }
}
