using System.Globalization;
using Kennel.Core.Domain;
using Medallion.Shell;

namespace Kennel.Shell.Systemd;

/// <summary>What units logged, by journalctl.</summary>
public sealed class Journal(TimeSpan timeout)
{
    private const int LineLengthMax = 2_000;

    /// <summary>The last lines of a unit, oldest first; where they cannot be read, one line that says so.</summary>
    public async Task<Seq<string>> LastLines(UnitName unit, int linesMax, CancellationToken cancellation)
    {
        try
        {
            var command = Command.Run(
                "journalctl",
                Arguments(unit, linesMax),
                options => options.Timeout(timeout).CancellationToken(cancellation).ThrowOnError(false)
            );
            var result = await command.Task;
            return result.Success ? Lines(result.StandardOutput) : Unreadable(result.StandardError);
        }
        catch (Exception problem) when (problem is TimeoutException or System.ComponentModel.Win32Exception)
        {
            return Unreadable(problem.Message);
        }
    }

    private static string[] Arguments(UnitName unit, int linesMax) =>
        [
            "--unit",
            unit.Value,
            "--lines",
            linesMax.ToString(CultureInfo.InvariantCulture),
            "--output",
            "cat",
            "--no-pager",
            "--quiet",
        ];

    private static Seq<string> Lines(string output) =>
        output
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Length <= LineLengthMax ? line : line[..LineLengthMax] + "…")
            .ToSeq();

    private static Seq<string> Unreadable(string why) => Seq1($"(the journal could not be read: {why.Trim()})");
}
