using System.CommandLine;
using Kennel.Core.Views;
using Kennel.Shell.Api;
using Kennel.Shell.Commands.Text;

namespace Kennel.Shell.Commands;

/// <summary><c>kennel project set</c>, and the options that a registration shares with it.</summary>
internal static class SetProject
{
    private const string Durations = "such as 12h or 7d; 0 for never; \"default\" for the host's";

    public static System.CommandLine.Option<string?> HibernateAfter() =>
        new("--hibernate-after")
        {
            Description = $"After how long without a push or a visitor its branches hibernate, {Durations}.",
            HelpName = "DURATION",
        };

    public static System.CommandLine.Option<string?> RemoveAfter() =>
        new("--remove-after")
        {
            Description = $"After how long without a push or a visitor they are removed, {Durations}.",
            HelpName = "DURATION",
        };

    public static Command Set(Terminal terminal)
    {
        var name = Options.Project();
        var (hibernate, remove) = (HibernateAfter(), RemoveAfter());
        var command = new Command(
            "set",
            "Change after how long branches of a project that nobody uses hibernate and are removed.\n\n"
                + "Example: kennel project set hello --hibernate-after 3d --remove-after 14d"
        );
        command.Add(name);
        command.Add(hibernate);
        command.Add(remove);
        Invocation.Run(
            command,
            terminal,
            (parsed, call) =>
                Set(
                    call,
                    parsed.GetRequiredValue(name),
                    new PeriodRequest(parsed.GetValue(hibernate), parsed.GetValue(remove))
                )
        );
        return command;
    }

    private static async Task<int> Set(Invocation call, string name, PeriodRequest request) =>
        request == new PeriodRequest()
            ? call.Fail(
                "nothing-to-set",
                "Nothing was named that is to change.",
                "For example: kennel project set hello --hibernate-after 3d"
            )
            : call.Print(
                await call.Client.Patch<ProjectView>(
                    $"projects/{Uri.EscapeDataString(name)}",
                    request,
                    call.Cancellation
                ),
                project => Seq1(Line.Of($"Set. What holds for it now: kennel project show {project.Name}"))
            );
}
