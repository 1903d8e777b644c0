using System.CommandLine;
using Kennel.Core.Views;
using Kennel.Shell.Commands.Text;

namespace Kennel.Shell.Commands;

/// <summary><c>kennel builds</c> and <c>kennel logs</c>.</summary>
internal static class BuildCommands
{
    public static Command Builds(Terminal terminal)
    {
        var project = Options.OptionalProject();
        var command = new Command("builds", "List builds, newest first.\n\nExample: kennel builds hello");
        command.Add(project);
        command.Add(Show(terminal));
        Invocation.Run(
            command,
            terminal,
            async (parsed, call) =>
                call.Print(
                    await call.Client.Get<Seq<BuildView>>(
                        Invocation.Path("builds", ("project", parsed.GetValue(project))),
                        call.Cancellation
                    ),
                    BuildText.Lines
                )
        );
        return command;
    }

    public static Command Logs(Terminal terminal)
    {
        var build = new System.CommandLine.Option<long>("--build", "-b")
        {
            Description = "The build's number.",
            HelpName = "ID",
            Required = true,
        };
        var follow = Options.Follow();
        var command = new Command("logs", "Print the output of a build.\n\nExample: kennel logs --build 7 -f");
        command.Add(build);
        command.Add(follow);
        Invocation.Run(
            command,
            terminal,
            (parsed, call) => Logs(call, parsed.GetRequiredValue(build), parsed.GetValue(follow))
        );
        return command;
    }

    private static Command Show(Terminal terminal)
    {
        var build = new Argument<long>("ID") { Description = "The build's number." };
        var command = new Command("show", "Show one build.\n\nExample: kennel builds show 7");
        command.Add(build);
        Invocation.Run(
            command,
            terminal,
            async (parsed, call) =>
                call.Print(
                    await call.Client.Get<BuildView>($"builds/{parsed.GetRequiredValue(build)}", call.Cancellation),
                    BuildText.Lines
                )
        );
        return command;
    }

    private static async Task<int> Logs(Invocation call, long build, bool isFollowing)
    {
        var path = Invocation.Path($"builds/{build}/log", ("follow", isFollowing ? "true" : null));
        var copied = await call.Client.Lines(
            path,
            line =>
            {
                if (call.IsJson)
                {
                    call.Terminal.WriteJsonLine(new LogLine(line));
                }
                else
                {
                    call.Terminal.Write(Line.Clean(line));
                }
            },
            call.Cancellation
        );
        return copied.Match(_ => ExitCode.Done, call.Fail);
    }

    /// <summary>One line of output: with --json each is an object of its own line.</summary>
    private sealed record LogLine(string Line);
}
