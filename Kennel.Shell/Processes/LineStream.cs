using System.Text;
using System.Text.RegularExpressions;

namespace Kennel.Shell.Processes;

/// <summary>
/// Cuts what is written to it into lines fit to be shown: no terminal codes, no control characters, and a line that
/// never ends is broken, so that memory stays bounded.
/// </summary>
internal sealed partial class LineStream(Action<string> onLine) : SinkStream
{
    private const int LineBytesMax = 8 << 10;
    private readonly Lock gate = new();
    private readonly MemoryStream line = new();

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        lock (gate)
        {
            while (!buffer.IsEmpty)
                buffer = buffer[Take(buffer)..];
        }
    }

    /// <summary>Gives up the last line, if it had no end.</summary>
    public override void Flush()
    {
        lock (gate)
        {
            if (line.Length > 0)
                End();
        }
    }

    private int Take(ReadOnlySpan<byte> buffer)
    {
        var room = buffer[..Math.Min(buffer.Length, LineBytesMax - (int)line.Length)];
        var end = room.IndexOf((byte)'\n');
        line.Write(end < 0 ? room : room[..end]);
        if (end >= 0 || line.Length >= LineBytesMax)
            End();
        return end < 0 ? room.Length : end + 1;
    }

    private void End()
    {
        var text = Encoding.UTF8.GetString(line.GetBuffer(), 0, (int)line.Length);
        line.SetLength(0);
        onLine(Clean(text));
    }

    // Whoever returns to the line's start overwrites it: what counts is what a terminal would show in the end.
    private static string Clean(string text)
    {
        if (!text.Any(char.IsControl))
            return text;
        var plain = TerminalCode().Replace(text.TrimEnd('\r'), "");
        var shown = plain[(plain.LastIndexOf('\r') + 1)..];
        return string.Concat(shown.Where(letter => letter == '\t' || !char.IsControl(letter)));
    }

    [GeneratedRegex(@"\e(?:\[[0-?]*[ -/]*[@-~]|\][^\a\e]*(?:\a|\e\\)?|[ -/]*[0-~])?")]
    private static partial Regex TerminalCode();
}
