using System.Text.RegularExpressions;

namespace Kennel.Tests.Tidy;

/// <summary>Finds functions by their indentation, which CSharpier makes dependable.</summary>
internal static partial class Functions
{
    private const int Step = 4;
    private static readonly string[] Literals = ["Seq(", "Seq<", "[", "\"\"\"", "$"];

    /// <summary>The first line of each function and its number of lines.</summary>
    public static IEnumerable<(string Name, int Lines)> Of(SourceFile file) =>
        In(file.Lines, 0, file.Lines.Count, Step);

    private static IEnumerable<(string Name, int Lines)> In(IReadOnlyList<string> lines, int from, int to, int indent)
    {
        var starts = Enumerable.Range(from, to - from).Where(line => IsStart(lines, line, indent)).Append(to).ToList();
        return starts.Zip(starts.Skip(1)).SelectMany(member => Member(lines, member.Item1, member.Item2, indent));
    }

    private static IEnumerable<(string Name, int Lines)> Member(
        IReadOnlyList<string> lines,
        int start,
        int next,
        int indent
    )
    {
        var head = Enumerable
            .Range(start, next - start)
            .First(line =>
                !lines[line].TrimStart().StartsWith("//", StringComparison.Ordinal)
                && !lines[line].TrimStart().StartsWith('[')
            );
        var end = Enumerable
            .Range(head, next - head)
            .Last(line => lines[line].Trim().Length > 0 && Indent(lines[line]) >= indent);
        return IsType().IsMatch(lines[head]) ? In(lines, head + 1, next, indent + Step)
            : IsTable(lines, head) ? []
            : [(lines[head].Trim(), end - head + 1)];
    }

    // Data is no flow of control: a list of values, or a field with its value, may be as long as it must.
    private static bool IsTable(IReadOnlyList<string> lines, int head) =>
        IsField().IsMatch(lines[head])
        || (
            lines[head].EndsWith("=>", StringComparison.Ordinal) && Literals.Any(lines[head + 1].TrimStart().StartsWith)
        );

    private static bool IsStart(IReadOnlyList<string> lines, int line, int indent) =>
        lines[line].Length > 0
        && Indent(lines[line]) == indent
        && lines[line][indent] is not ('{' or '}' or ')' or ']')
        && (lines[line - 1].Trim() is "" or "{");

    private static int Indent(string line) => line.Length - line.TrimStart().Length;

    [GeneratedRegex(
        @"^\s*(?:(?:public|private|internal|protected|static|sealed|abstract|partial|readonly)\s+)*(?:class|record|struct|interface|enum)\s"
    )]
    private static partial Regex IsType();

    [GeneratedRegex(@"^\s*(?:public|private|internal|protected)[^(]*(?: readonly | const )[^(]*=")]
    private static partial Regex IsField();
}
