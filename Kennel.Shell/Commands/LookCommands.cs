using System.CommandLine;
using Kennel.Core.Views;
using Kennel.Shell.Commands.Text;

namespace Kennel.Shell.Commands;

/// <summary>The commands that look at the host: status, deployments, deliveries, why, inventory, reconcile.</summary>
internal static class LookCommands
{
    public static Command Status(Terminal terminal) =>
        Plain(
            "status",
            "Show the host at a glance, and what needs somebody.\n\nExample: kennel status",
            terminal,
            async call => call.Print(await call.Client.Get<StatusView>("status", call.Cancellation), StatusText.Lines)
        );

    public static Command Inventory(Terminal terminal) =>
        Plain(
            "inventory",
            "List all that carries Kennel's mark on this host, by owner; orphans are named.\n\nExample: kennel inventory",
            terminal,
            async call =>
                call.Print(await call.Client.Get<InventoryView>("inventory", call.Cancellation), InventoryText.Lines)
        );

    public static Command Reconcile(Terminal terminal) =>
        Plain(
            "reconcile",
            "Run a pass now and show what it did.\n\nExample: kennel reconcile",
            terminal,
            async call =>
            {
                var answer = await call.Client.Post<PassView>("reconcile", null, call.Cancellation);
                var printed = call.Print(answer, PlanText.Lines);
                var isDone = answer.Match(pass => pass.Steps.ForAll(step => step.Outcome == "done"), _ => false);
                return isDone ? printed : ExitCode.Failed;
            }
        );

    public static Command Deployments(Terminal terminal)
    {
        var project = Options.OptionalProject();
        var command = new Command(
            "deployments",
            "List what is deployed and how it stands.\n\nExample: kennel deployments hello"
        );
        command.Add(project);
        Invocation.Run(
            command,
            terminal,
            async (parsed, call) =>
                call.Print(
                    await call.Client.Get<Seq<DeploymentView>>(
                        Invocation.Path("deployments", ("project", parsed.GetValue(project))),
                        call.Cancellation
                    ),
                    DeploymentText.Lines
                )
        );
        return command;
    }

    public static Command Deliveries(Terminal terminal)
    {
        var project = Options.OptionalProject();
        var command = new Command(
            "deliveries",
            "List what the forge delivered and what it led to, newest first.\n\nExample: kennel deliveries hello"
        );
        command.Add(project);
        Invocation.Run(
            command,
            terminal,
            async (parsed, call) =>
                call.Print(
                    await call.Client.Get<Seq<DeliveryView>>(
                        Invocation.Path("deliveries", ("project", parsed.GetValue(project))),
                        call.Cancellation
                    ),
                    DeliveryText.Lines
                )
        );
        return command;
    }

    public static Command Why(Terminal terminal)
    {
        var title = new Argument<string>("PROJECT/BRANCH")
        {
            Description = "The first slash separates: hello/feature/x is branch feature/x of hello.",
        };
        var command = new Command(
            "why",
            "Say why a branch stands as it does, and what to do next.\n\nExample: kennel why hello/main"
        );
        command.Add(title);
        Invocation.Run(command, terminal, (parsed, call) => Why(call, parsed.GetRequiredValue(title)));
        return command;
    }

    private static async Task<int> Why(Invocation call, string title)
    {
        var slash = title.IndexOf('/');
        if (slash <= 0 || slash == title.Length - 1)
        {
            return call.Fail("invalid-title", $"{title} is not PROJECT/BRANCH.", "For example: kennel why hello/main");
        }
        var path = Invocation.Path("why", ("project", title[..slash]), ("branch", title[(slash + 1)..]));
        return call.Print(await call.Client.Get<WhyView>(path, call.Cancellation), WhyText.Lines);
    }

    private static Command Plain(string name, string description, Terminal terminal, Func<Invocation, Task<int>> run)
    {
        var command = new Command(name, description);
        Invocation.Run(command, terminal, (_, call) => run(call));
        return command;
    }
}
