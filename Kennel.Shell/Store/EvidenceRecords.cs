using System.Text;
using Kennel.Core.Domain;

namespace Kennel.Shell.Store;

/// <summary>The table <c>evidence</c>: the last lines of what failed, a bounded number of them.</summary>
internal static class EvidenceRecords
{
    private const int KeptPerBranch = 5;
    private const int LinesMax = 50;
    private const int BytesMax = 16 * 1024;

    internal static void Keep(
        Session session,
        BranchId branch,
        UnitName unit,
        CauseRecord cause,
        DateTimeOffset at,
        Seq<string> lines
    )
    {
        session.Execute(
            """
            INSERT INTO evidence (branch, unit, cause_code, cause_fault, cause_sentence, at, lines)
            VALUES (@branch, @unit, @code, @fault, @sentence, @at, @lines)
            """,
            ("@branch", branch.Value),
            ("@unit", unit.Value),
            ("@code", cause.Code),
            ("@fault", Stored.Word(cause.Fault)),
            ("@sentence", cause.Sentence),
            ("@at", Stored.Time(at)),
            ("@lines", Cut(lines))
        );
        session.Execute(
            """
            DELETE FROM evidence WHERE branch = @branch
                AND id NOT IN (SELECT id FROM evidence WHERE branch = @branch ORDER BY id DESC LIMIT @kept)
            """,
            ("@branch", branch.Value),
            ("@kept", KeptPerBranch)
        );
    }

    /// <summary>The newest lines that fit, the newest one cut if it alone does not; one line of text each.</summary>
    private static string Cut(Seq<string> lines)
    {
        var kept = new List<string>();
        var bytesLeft = BytesMax;
        foreach (var line in lines.Reverse().Take(LinesMax).Select(Clean))
        {
            var bytes = Encoding.UTF8.GetByteCount(line) + 1;
            if (bytes > bytesLeft && kept.Count > 0)
                break;
            kept.Add(bytes > bytesLeft ? line[..(BytesMax / 4)] : line);
            bytesLeft -= bytes;
        }
        kept.Reverse();
        return string.Join('\n', kept);
    }

    private static string Clean(string line) =>
        string.Concat(line.Select(letter => char.IsControl(letter) && letter != '\t' ? '?' : letter));
}
