using System.CommandLine;
using Kennel.Core.Views;
using Kennel.Shell.Api;
using Kennel.Shell.Commands.Text;

namespace Kennel.Shell.Commands;

/// <summary><c>kennel lock</c>, <c>unlock</c>, <c>maintenance</c>, <c>keep</c> and <c>unkeep</c>.</summary>
internal static class MarkCommands
{
    public static Command Lock(Terminal terminal)
    {
        var project = Options.Project();
        var reason = new System.CommandLine.Option<string>("--message", "-m")
        {
            Description = "Why, in one line; whoever is held up reads it.",
            HelpName = "WHY",
            Required = true,
        };
        var command = new Command(
            "lock",
            "Freeze a project: what serves is kept running; nothing is built, switched or removed, and nothing expires.\n\n"
                + "Example: kennel lock hello -m 'the exam runs until noon'"
        )
        {
            project,
            reason,
        };
        Invocation.Run(
            command,
            terminal,
            async (parsed, call) =>
                call.Print(
                    await call.Client.Post<LockView>(
                        Path(parsed.GetRequiredValue(project), "lock"),
                        new LockRequest(parsed.GetRequiredValue(reason)),
                        call.Cancellation
                    ),
                    MarkText.Lines
                )
        );
        return command;
    }

    public static Command Unlock(Terminal terminal)
    {
        var project = Options.Project();
        var command = new Command("unlock", "Unlock a project: what waited goes on.\n\nExample: kennel unlock hello")
        {
            project,
        };
        Invocation.Run(
            command,
            terminal,
            async (parsed, call) =>
                call.Print(
                    await call.Client.Post<LockView>(
                        Path(parsed.GetRequiredValue(project), "unlock"),
                        null,
                        call.Cancellation
                    ),
                    MarkText.Lines
                )
        );
        return command;
    }

    public static Command Maintenance(Terminal terminal) =>
        new("maintenance", "Show a page instead of a branch while it is worked on. Its processes go on running.")
        {
            MaintenanceOn(terminal),
            MaintenanceOff(terminal),
        };

    public static Command Keep(Terminal terminal) =>
        Keep(
            terminal,
            "keep",
            "Keep a branch however long nobody uses it: it neither sleeps nor is removed.\n\n"
                + "Example: kennel keep hello/feature/x",
            isKept: true
        );

    public static Command Unkeep(Terminal terminal) =>
        Keep(
            terminal,
            "unkeep",
            "Let a branch expire like others again.\n\nExample: kennel unkeep hello/feature/x",
            isKept: false
        );

    private static Command MaintenanceOn(Terminal terminal)
    {
        var message = new System.CommandLine.Option<string?>("--message", "-m")
        {
            Description = "What the page says besides, in one line without braces.",
            HelpName = "MESSAGE",
        };
        var command = new Command("on", "Show the page.\n\nExample: kennel maintenance on hello/main -m 'back at noon'")
        {
            message,
        };
        BranchTitle.Run(
            command,
            terminal,
            (parsed, call, title) =>
                Post(call, title, "maintenance", new MaintenanceRequest(title.Branch, true, parsed.GetValue(message)))
        );
        return command;
    }

    private static Command MaintenanceOff(Terminal terminal)
    {
        var command = new Command("off", "Show the branch again.\n\nExample: kennel maintenance off hello/main");
        BranchTitle.Run(
            command,
            terminal,
            (_, call, title) => Post(call, title, "maintenance", new MaintenanceRequest(title.Branch, false))
        );
        return command;
    }

    private static Command Keep(Terminal terminal, string name, string description, bool isKept)
    {
        var command = new Command(name, description);
        BranchTitle.Run(
            command,
            terminal,
            (_, call, title) => Post(call, title, "keep", new KeepRequest(title.Branch, isKept))
        );
        return command;
    }

    private static async Task<int> Post(Invocation call, BranchTitle title, string action, object request) =>
        call.Print(
            await call.Client.Post<BranchMarksView>(title.Path(action), request, call.Cancellation),
            MarkText.Lines
        );

    private static string Path(string project, string action) => $"projects/{Uri.EscapeDataString(project)}/{action}";
}
