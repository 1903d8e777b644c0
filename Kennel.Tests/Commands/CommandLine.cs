using Kennel.Core.Planning;
using Kennel.Shell.Api;
using Kennel.Shell.Commands;
using Kennel.Tests.Views;

namespace Kennel.Tests.Commands;

/// <summary>The command line as a script sees it: streams and an exit code.</summary>
internal sealed record CommandLine(int ExitCode, string Output, string Error)
{
    /// <summary>Parts that do nothing but let themselves be looked at.</summary>
    public static CommandParts Parts(Plan? plan = null) =>
        new(
            (_, _) => Task.FromResult(0),
            (_, _) =>
                Task.FromResult(Right<ApiProblem, Look>(Scene.Look(Scene.Live()) with { Plan = plan ?? Scene.NoPlan })),
            (arguments, _) => Task.FromResult(arguments.Count)
        );

    public static async Task<CommandLine> Run(CommandParts parts, params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var terminal = Terminal.OfStreams(TextReader.Null, output, error);
        var code = await CommandTree.Run(arguments, parts, terminal, CancellationToken.None);
        return new CommandLine(code, output.ToString(), error.ToString());
    }

    /// <summary>A configuration file that names this socket.</summary>
    public static string Configure(string directory, string socket)
    {
        var path = Path.Combine(directory, "config.json");
        File.WriteAllText(path, $$"""{ "socket": "{{socket}}", "stateDirectory": "{{directory}}" }""");
        return path;
    }
}
