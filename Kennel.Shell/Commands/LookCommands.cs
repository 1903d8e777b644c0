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
        var command = new Command(
            "why",
            "Say why a branch stands as it does, and what to do next.\n\nExample: kennel why hello/main"
        );
        BranchTitle.Run(
            command,
            terminal,
            async (_, call, title) =>
                call.Print(
                    await call.Client.Get<WhyView>(
                        Invocation.Path("why", ("project", title.Project), ("branch", title.Branch)),
                        call.Cancellation
                    ),
                    WhyText.Lines
                ),
            "kennel why hello/main"
        );
        return command;
    }

    private static Command Plain(string name, string description, Terminal terminal, Func<Invocation, Task<int>> run)
    {
        var command = new Command(name, description);
        Invocation.Run(command, terminal, (_, call) => run(call));
        return command;
    }
}
