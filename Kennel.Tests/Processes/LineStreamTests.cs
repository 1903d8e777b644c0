using System.Text;
using Kennel.Shell.Processes;

namespace Kennel.Tests.Processes;

public sealed class LineStreamTests
{
    [Theory]
    [InlineData("one\ntwo\n", new[] { "one", "two" })]
    [InlineData("one\r\n\r\nend", new[] { "one", "", "end" })]
    [InlineData("10 %\r20 %\r\n", new[] { "20 %" })]
    [InlineData("\e[31mred\e[0m \e]0;title\adone\b\0\n", new[] { "red done" })]
    [InlineData("tab\tstays\n", new[] { "tab\tstays" })]
    public void Lines_are_what_a_terminal_would_show(string text, string[] lines) => Assert.Equal(lines, Cut(text));

    [Fact]
    public void A_line_that_never_ends_is_broken() =>
        Assert.All(Cut(new string('x', 1_000_000)), line => Assert.True(line.Length <= 8192));

    [Fact]
    public void Bytes_that_are_no_text_do_no_harm()
    {
        var lines = new List<string>();
        using var stream = new LineStream(lines.Add);

        stream.Write([0xff, 0xfe, (byte)'a', (byte)'\n']);

        Assert.Equal("\ufffd\ufffda", Assert.Single(lines));
    }

    private static List<string> Cut(string text)
    {
        var lines = new List<string>();
        using var stream = new LineStream(lines.Add);
        foreach (var part in Encoding.UTF8.GetBytes(text).Chunk(7))
            stream.Write(part);
        stream.Flush();
        return lines;
    }
}
