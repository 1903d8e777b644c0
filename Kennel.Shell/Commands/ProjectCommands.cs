using System.CommandLine;
using Kennel.Core.Views;
using Kennel.Shell.Api;
using Kennel.Shell.Commands.Text;

namespace Kennel.Shell.Commands;

/// <summary><c>kennel project add|list|show|set|remove</c>.</summary>
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
        command.Add(Show(terminal));
        command.Add(SetProject.Set(terminal));
        command.Add(RemoveProject.Remove(terminal));
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
        var secret = new System.CommandLine.Option<string?>("--secret-file")
        {
            Description =
                "A file that Kennel can read, with the secret of its webhook; without it and without webhookSecretFile "
                + "Kennel makes one.",
            HelpName = "PATH",
        };
        var environments = new System.CommandLine.Option<string?>("--environments")
        {
            Description =
                "The environments it is deployed to, any of prod,staging,dev,preview; all where none are named.",
            HelpName = "LIST",
        };
        var secrets = new System.CommandLine.Option<string?>("--secrets-project")
        {
            Description = "What it is called in the secret store, where that is not its name.",
            HelpName = "NAME",
        };
        var (hibernate, remove) = (SetProject.HibernateAfter(), SetProject.RemoveAfter());
        var command = new Command(
            "add",
            "Register a repository, and make its webhook in Forgejo or say how to.\n\nExample: kennel project add hello https://git.example.org/club/hello.git"
        );
        command.Add(name);
        command.Add(url);
        command.Add(owner);
        command.Add(branch);
        command.Add(secret);
        command.Add(environments);
        command.Add(secrets);
        command.Add(hibernate);
        command.Add(remove);
        Invocation.Run(
            command,
            terminal,
            (parsed, call) =>
                Add(
                    call,
                    new AddProjectRequest(
                        parsed.GetRequiredValue(name),
                        parsed.GetRequiredValue(url),
                        parsed.GetValue(owner),
                        parsed.GetValue(branch),
                        parsed.GetValue(secret),
                        Optional(parsed.GetValue(environments)).Map(Listed),
                        parsed.GetValue(hibernate),
                        parsed.GetValue(remove),
                        parsed.GetValue(secrets)
                    )
                )
        );
        return command;
    }

    private static async Task<int> Add(Invocation call, AddProjectRequest request) =>
        call.Print(
            await call.Client.Post<ProjectView>("projects", request, call.Cancellation),
            ProjectText.Registered,
            project => WebhookText.Warning(project, "make")
        );

    private static Seq<string> Listed(string? text) =>
        (text ?? string.Empty)
            .Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .ToSeq()
            .Strict();

    private static Command Show(Terminal terminal)
    {
        var name = Options.Project();
        var command = new Command(
            "show",
            "Show a registered repository, where its webhook's secret is, and what the forge told last.\n\n"
                + "Example: kennel project show hello"
        );
        command.Add(name);
        Invocation.Run(
            command,
            terminal,
            async (parsed, call) =>
                call.Print(
                    await call.Client.Get<ProjectDetailsView>(
                        $"projects/{Uri.EscapeDataString(parsed.GetRequiredValue(name))}",
                        call.Cancellation
                    ),
                    ProjectText.Lines
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
                call.Print(await call.Client.Get<Seq<ProjectView>>("projects", call.Cancellation), ProjectText.Lines)
        );
        return command;
    }
}
