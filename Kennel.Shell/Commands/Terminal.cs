using System.Text.Json;
using Kennel.Shell.Api;
using Kennel.Shell.Commands.Text;
using Spectre.Console;

namespace Kennel.Shell.Commands;

/// <summary>Where a command's words go: colours on a terminal, bare text everywhere else.</summary>
public sealed class Terminal
{
    private const int WidthMax = 10_000;

    private readonly TextReader _input;
    private readonly TextWriter _output;
    private readonly TextWriter _error;
    private readonly Option<IAnsiConsole> _outputConsole;
    private readonly Option<IAnsiConsole> _errorConsole;

    private Terminal(TextReader input, TextWriter output, TextWriter error, bool isInput, bool isOutput, bool isError)
    {
        (_input, _output, _error, MayAsk) = (input, output, error, isInput && isError);
        _outputConsole = ConsoleOf(output, isOutput);
        _errorConsole = ConsoleOf(error, isError);
    }

    /// <summary>Whether a person is there to answer.</summary>
    public bool MayAsk { get; private init; }

    /// <summary>The process's own streams.</summary>
    public static Terminal OfProcess() =>
        new(
            Console.In,
            Console.Out,
            Console.Error,
            !Console.IsInputRedirected,
            !Console.IsOutputRedirected,
            !Console.IsErrorRedirected
        );

    /// <summary>Streams that are no terminals.</summary>
    public static Terminal OfStreams(TextReader input, TextWriter output, TextWriter error) =>
        new(input, output, error, isInput: false, isOutput: false, isError: false);

    /// <summary>Streams with a person at the other end who can be asked, and no colours.</summary>
    public static Terminal OfPerson(TextReader input, TextWriter output, TextWriter error) =>
        new(input, output, error, isInput: false, isOutput: false, isError: false) { MayAsk = true };

    // Not by Iter: that of a concatenated Seq goes through it more than once.
    public void Write(Seq<Line> lines)
    {
        foreach (var line in lines)
        {
            Write(_output, _outputConsole, line);
        }
    }

    public void Write(string line) => Write(Seq1(Line.Of(line)));

    public void WriteJson<T>(T value) => _output.WriteLine(JsonSerializer.Serialize(value, Json.Indented));

    /// <summary>One value on one line, for streams.</summary>
    public void WriteJsonLine<T>(T value) => _output.WriteLine(JsonSerializer.Serialize(value, Json.Compact));

    public void SayJson<T>(T value) => _error.WriteLine(JsonSerializer.Serialize(value, Json.Indented));

    /// <summary>Says on standard error.</summary>
    public void Say(Seq<Line> lines)
    {
        foreach (var line in lines)
        {
            Write(_error, _errorConsole, line);
        }
    }

    public void Say(string line) => Say(Seq1(Line.Of(line)));

    /// <summary>Asks a person and gives what was typed.</summary>
    public string Ask(string question)
    {
        _error.Write(question);
        _error.Flush();
        return _input.ReadLine()?.Trim() ?? string.Empty;
    }

    private static Option<IAnsiConsole> ConsoleOf(TextWriter writer, bool isTerminal)
    {
        if (!isTerminal)
        {
            return None;
        }
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(writer) });
        // The terminal itself breaks long lines: a copied command line stays whole.
        console.Profile.Width = WidthMax;
        return Some(console);
    }

    private static void Write(TextWriter writer, Option<IAnsiConsole> console, Line line) =>
        console.Match(
            it =>
            {
                foreach (var span in line.Spans)
                {
                    it.Write(new Spectre.Console.Text(span.Text, StyleOf(span.Tone)));
                }
                it.WriteLine();
            },
            () => writer.WriteLine(line.ToString().TrimEnd())
        );

    private static Style StyleOf(Tone tone) =>
        tone switch
        {
            Tone.Plain => Style.Plain,
            Tone.Strong => new Style(decoration: Decoration.Bold),
            Tone.Faint => new Style(decoration: Decoration.Dim),
            Tone.Good => new Style(Color.Green),
            Tone.Busy => new Style(Color.Yellow),
            Tone.Bad => new Style(Color.Red),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
}
