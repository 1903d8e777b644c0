using System.CommandLine;
using Kennel.Shell.Commands.Text;

namespace Kennel.Shell.Commands;

/// <summary>Everything that people can type.</summary>
public static class CommandTree
{
    // Less than the service's TimeoutStopSec: the daemon finishes what it is doing.
    private static readonly TimeSpan TerminationLimit = TimeSpan.FromSeconds(25);

    /// <summary>Runs a command line to its exit code.</summary>
    public static async Task<int> Run(
        IReadOnlyList<string> arguments,
        CommandParts parts,
        Terminal terminal,
        CancellationToken cancellation
    )
    {
        var parsed = Root(parts, terminal).Parse(arguments);
        if (parsed.Errors.Count > 0)
        {
            terminal.Say(parsed.Errors.ToSeq().Map(error => Line.Of($"error (usage): {Line.Clean(error.Message)}")));
            terminal.Say($"next: {Path(parsed.CommandResult.Command)} --help");
            return ExitCode.Usage;
        }
        // A list of commands shows what each does; its example is shown by its own help.
        foreach (var subcommand in parsed.CommandResult.Command.Subcommands)
        {
            subcommand.Description = subcommand.Description?.Split("\n\n")[0];
        }
        try
        {
            return await parsed.InvokeAsync(
                new InvocationConfiguration
                {
                    EnableDefaultExceptionHandler = false,
                    ProcessTerminationTimeout = TerminationLimit,
                },
                cancellation
            );
        }
        catch (OperationCanceledException)
        {
            terminal.Say("Interrupted; what was asked for goes on in the daemon.");
            return ExitCode.Interrupted;
        }
    }

    /// <summary>The tree of commands.</summary>
    public static RootCommand Root(CommandParts parts, Terminal terminal)
    {
        var root = new RootCommand(
            "Kennel builds repositories with Nix and runs them on this host.\n\nExample: kennel deploy hello main --wait"
        )
        {
            Options.Configuration,
            Options.Json,
            ServeCommand.Serve(parts, terminal),
            ProjectCommands.Project(terminal),
            DeployCommands.Deploy(terminal),
            DeployCommands.Remove(terminal),
            HistoryCommands.Releases(terminal),
            HistoryCommands.RollBack(terminal),
            HistoryCommands.Unpin(terminal),
            HistoryCommands.Redeploy(terminal),
            HistoryCommands.Restart(terminal),
            SecretCommand.Secrets(terminal),
            MarkCommands.Lock(terminal),
            MarkCommands.Unlock(terminal),
            MarkCommands.Maintenance(terminal),
            MarkCommands.Keep(terminal),
            MarkCommands.Unkeep(terminal),
            RestCommands.Hibernate(terminal),
            RestCommands.Wake(terminal),
            DatabaseCommands.Database(terminal),
            PlanCommand.Plan(parts, terminal),
            LookCommands.Reconcile(terminal),
            LookCommands.Status(terminal),
            LookCommands.Deployments(terminal),
            BuildCommands.Builds(terminal),
            BuildCommands.Logs(terminal),
            CancelCommand.Cancel(terminal),
            LookCommands.Deliveries(terminal),
            LookCommands.Why(terminal),
            LookCommands.Inventory(terminal),
            GarbageCommand.Garbage(terminal),
            ServeCommand.BuildStep(parts),
        };
        return root;
    }

    private static string Path(Command command) =>
        command is RootCommand ? "kennel" : $"{Path(command.Parents.OfType<Command>().First())} {command.Name}";
}
