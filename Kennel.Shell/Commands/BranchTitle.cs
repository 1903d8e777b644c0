using System.CommandLine;

namespace Kennel.Shell.Commands;

/// <summary>A branch as people name it in one word: <c>PROJECT/BRANCH</c>.</summary>
internal sealed record BranchTitle(string Project, string Branch)
{
    public override string ToString() => $"{Project}/{Branch}";

    /// <summary>The path of what is asked of its project.</summary>
    public string Path(string action) => $"projects/{Uri.EscapeDataString(Project)}/{action}";

    /// <summary>Lets a command about one branch run; what is no title is refused.</summary>
    public static void Run(
        Command command,
        Terminal terminal,
        Func<ParseResult, Invocation, BranchTitle, Task<int>> run,
        string example = "hello/main"
    )
    {
        var argument = new Argument<string>("PROJECT/BRANCH")
        {
            Description = "The first slash separates: hello/feature/x is branch feature/x of hello.",
        };
        command.Arguments.Insert(0, argument);
        Invocation.Run(
            command,
            terminal,
            (parsed, call) => Run(call, parsed.GetRequiredValue(argument), example, title => run(parsed, call, title))
        );
    }

    private static async Task<int> Run(Invocation call, string text, string example, Func<BranchTitle, Task<int>> run)
    {
        var slash = text.IndexOf('/');
        return slash <= 0 || slash == text.Length - 1
            ? call.Fail("invalid-title", $"{text} is not PROJECT/BRANCH.", $"For example: {example}")
            : await run(new BranchTitle(text[..slash], text[(slash + 1)..]));
    }
}
