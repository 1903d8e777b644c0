using System.Text.RegularExpressions;

namespace Kennel.Tests.Tidy;

public sealed partial class SourceTests
{
    private const int FileLinesMax = 400;
    private const int FunctionLinesMax = 70;
    private static readonly string[] Written =
    [
        "Kennel.Core",
        "Kennel.Shell",
        "Kennel.Tests",
        "Kennel.PropertyTests",
        "Kennel.Benchmarks",
        "scripts",
        "packaging",
        "examples",
        "docs",
    ];

    [Fact]
    public void No_file_is_long() =>
        Expect.None(
            Sources
                .Code.Where(file => file.Lines.Count > FileLinesMax)
                .Select(file => $"{file.Path} has {file.Lines.Count} lines"),
            $"A file holds one idea and has at most {FileLinesMax} lines: move an idea into a file of its own"
        );

    [Fact]
    public void No_function_is_long() =>
        Expect.None(
            Sources.Code.SelectMany(file =>
                Functions
                    .Of(file)
                    .Where(function => function.Lines >= FunctionLinesMax)
                    .Select(function => $"{file.Path}: {function.Name} has {function.Lines} lines")
            ),
            $"A function has fewer than {FunctionLinesMax} lines: keep the flow of control and move calculations out"
        );

    [Fact]
    public void Nothing_is_left_to_be_done() =>
        Expect.None(
            Written
                .SelectMany(Sources.Read)
                .SelectMany(file =>
                    file.Lines.Where(line => LeftOver().IsMatch(line)).Select(line => $"{file.Path}: {line.Trim()}")
                ),
            "Do it, or write an issue; a mark in the source is found by nobody"
        );

    [Fact]
    public void No_folder_is_a_heap_of_unrelated_things() =>
        Expect.None(
            Sources.Folders().Where(folder => Heap().IsMatch(Path.GetFileName(folder))),
            "A folder is called after what is in it: put each thing where it belongs"
        );

    [Fact]
    public void No_type_has_a_name_that_says_nothing() =>
        Expect.None(
            Sources.Code.SelectMany(file =>
                EmptyName().Matches(file.Text).Select(match => $"{file.Path}: {match.Value}")
            ),
            "Call a type after what it is or does"
        );

    [GeneratedRegex(@"\b(TO" + @"DO|FIX" + @"ME|HA" + @"CK|XX" + @"X)\b")]
    private static partial Regex LeftOver();

    [GeneratedRegex(@"\A(?:helpers?|utils?|utilities|common|misc|shared|stuff)\z", RegexOptions.IgnoreCase)]
    private static partial Regex Heap();

    [GeneratedRegex(@"\b(?:class|record|struct|interface|enum)\s+\w*(?:Manager|Helpers?|Utils?|Utilities)\b")]
    private static partial Regex EmptyName();
}
