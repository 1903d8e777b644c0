using System.CommandLine;
using Kennel.Core.Views;
using Kennel.Shell.Api;
using Kennel.Shell.Commands.Text;

namespace Kennel.Shell.Commands;

/// <summary><c>kennel project add|list|remove</c>.</summary>
internal static class ProjectCommands
{
    public static Command Project(Terminal terminal)
    {
        var command = new Command(
            "project",
            "Register repositories, list them, or let them go.\n\nExample: kennel project list"
        );
        command.Add(Add(terminal));
        command.Add(List(terminal));
        command.Add(Remove(terminal));
        return command;
    }

    private static Command Add(Terminal terminal)
    {
        var name = new Argument<string>("NAME") { Description = "The name that host names are made from." };
        var url = new Argument<string>("CLONE-URL") { Description = "Where git fetches it from; no password in it." };
        var owner = new System.CommandLine.Option<string?>("--owner")
        {
            Description = "Its owner in the forge.",
            HelpName = "OWNER",
        };
        var branch = new System.CommandLine.Option<string>("--default-branch")
        {
            Description = "The branch that is production.",
            HelpName = "BRANCH",
            DefaultValueFactory = _ => "main",
        };
        var command = new Command(
            "add",
            "Register a repository.\n\nExample: kennel project add hello https://git.example.org/club/hello.git"
        );
        command.Add(name);
        command.Add(url);
        command.Add(owner);
        command.Add(branch);
        Invocation.Run(
            command,
            terminal,
            async (parsed, call) =>
                call.Print(
                    await call.Client.Post<ProjectView>(
                        "projects",
                        new AddProjectRequest(
                            parsed.GetRequiredValue(name),
                            parsed.GetRequiredValue(url),
                            parsed.GetValue(owner),
                            parsed.GetValue(branch)
                        ),
                        call.Cancellation
                    ),
                    project =>
                        Seq(
                            Line.Of($"Registered {project.Name}."),
                            Line.Of($"Deploy it with: kennel deploy {project.Name} {project.DefaultBranch}", Tone.Faint)
                        )
                )
        );
        return command;
    }

    private static Command List(Terminal terminal)
    {
        var command = new Command("list", "List the registered repositories.\n\nExample: kennel project list --json");
        Invocation.Run(
            command,
            terminal,
            async (_, call) =>
                call.Print(await call.Client.Get<Seq<ProjectView>>("projects", call.Cancellation), BuildText.Lines)
        );
        return command;
    }

    private static Command Remove(Terminal terminal)
    {
        var name = Options.Project();
        var yes = new System.CommandLine.Option<bool>("--yes", "-y") { Description = "Do not ask." };
        var command = new Command(
            "remove",
            "Remove a project with all its deployments and their data.\n\nExample: kennel project remove hello --yes"
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
            return call.Fail(
                "not-confirmed",
                $"Removing {name} needs a yes, and nobody can be asked here.",
                "Add --yes."
            );
        }
        if (!isSure && !call.Terminal.Ask($"Remove {name} with all its deployments and their data?"))
        {
            return call.Fail("not-confirmed", "Nothing was removed.", "Answer y, or add --yes.");
        }
        return call.Print(
            await call.Client.Delete<ProjectView>($"projects/{Uri.EscapeDataString(name)}", call.Cancellation),
            project => Seq1(Line.Of($"{project.Name} is being removed; kennel plan shows what is left to do."))
        );
    }
}
