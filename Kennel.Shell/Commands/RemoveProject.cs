using System.CommandLine;
using Kennel.Core.Views;
using Kennel.Shell.Commands.Text;

namespace Kennel.Shell.Commands;

/// <summary><c>kennel project remove</c>: it asks first, for it takes data along.</summary>
internal static class RemoveProject
{
    public static Command Remove(Terminal terminal)
    {
        var name = Options.Project();
        var yes = new System.CommandLine.Option<bool>("--yes", "-y")
        {
            Description = "Do not ask. Needed where nobody can be asked.",
        };
        var command = new Command(
            "remove",
            "Remove a project with all its deployments and their data. On a terminal you are asked for its name.\n\n"
                + "Example: kennel project remove hello --yes"
        );
        command.Add(name);
        command.Add(yes);
        Invocation.Run(
            command,
            terminal,
            (parsed, call) => Remove(call, parsed.GetRequiredValue(name), parsed.GetValue(yes))
        );
        return command;
    }

    private static async Task<int> Remove(Invocation call, string name, bool isSure)
    {
        if (!isSure && !call.Terminal.MayAsk)
        {
            call.Fail("not-confirmed", $"Removing {name} needs a yes, and nobody can be asked here.", "Add --yes.");
            return ExitCode.Usage;
        }
        if (!isSure && call.Terminal.Ask(Question(name)) != name)
        {
            return call.Fail("not-confirmed", "Nothing was removed.", $"Type {name}, or add --yes.");
        }
        var path = $"projects/{Uri.EscapeDataString(name)}";
        var removed = await call.Client.Delete<ProjectView>(path, call.Cancellation);
        return call.Print(removed, ProjectText.Removed, project => WebhookText.Warning(project, "delete"));
    }

    private static string Question(string name) =>
        $"{name} goes with all its deployments and their data. Type its name to go on: ";
}
