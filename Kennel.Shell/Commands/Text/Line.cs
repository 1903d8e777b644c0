using System.Text.RegularExpressions;

namespace Kennel.Shell.Commands.Text;

/// <summary>What a piece of text means, which a terminal shows as a colour.</summary>
public enum Tone
{
    Plain,
    Strong,
    Faint,
    Good,
    Busy,
    Bad,
}

/// <summary>A piece of a line.</summary>
public sealed record Span(string Text, Tone Tone = Tone.Plain);

/// <summary>One line for people, without its colours until it meets a terminal.</summary>
public sealed partial record Line(Seq<Span> Spans)
{
    public static readonly Line Empty = new(Seq<Span>());

    /// <summary>The bare text.</summary>
    public override string ToString() => string.Concat(Spans.Map(span => span.Text));

    public static Line Of(string text, Tone tone = Tone.Plain) => new(Seq1(new Span(text, tone)));

    public static Line Of(params Span[] spans) => new(spans.ToSeq());

    public Line Indented(int width) => new(new Span(new string(' ', width)).Cons(Spans));

    /// <summary>
    /// A text that others wrote, made harmless for a terminal: colours are taken out, and other control characters,
    /// and with them escape sequences, become visible.
    /// </summary>
    public static string Clean(string text) =>
        string.Concat(
            Colour()
                .Replace(text, string.Empty)
                .Select(letter =>
                    letter == '\t' ? ' '
                    : char.IsControl(letter) ? '·'
                    : letter
                )
        );

    [GeneratedRegex("\u001b\\[[0-9;]*m")]
    private static partial Regex Colour();
}

/// <summary>Columns of text, aligned by spaces: the same on a terminal and in a pipe.</summary>
public static class Columns
{
    private const string Gap = "  ";

    /// <summary>A header and rows; the last column is not padded.</summary>
    public static Seq<Line> Of(Seq<string> headers, Seq<Seq<Span>> rows)
    {
        var all = headers.Map(header => new Span(header, Tone.Faint)).Cons(rows.Map(Cleaned));
        var widths = headers.Map((index, _) => all.Map(row => row[index].Text.Length).Max()).ToSeq();
        return all.Map(row => new Line(
            row.Map((index, cell) => Padded(cell, widths[index], index + 1 == row.Count)).ToSeq()
        ));
    }

    private static Seq<Span> Cleaned(Seq<Span> row) => row.Map(cell => cell with { Text = Line.Clean(cell.Text) });

    private static Span Padded(Span cell, int width, bool isLast) =>
        isLast ? cell : cell with { Text = cell.Text.PadRight(width) + Gap };
}
