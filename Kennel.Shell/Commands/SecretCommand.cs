using System.CommandLine;
using Kennel.Core.Views;
using Kennel.Shell.Commands.Text;

namespace Kennel.Shell.Commands;

/// <summary><c>kennel secrets</c>.</summary>
internal static class SecretCommand
{
    public static Command Secrets(Terminal terminal)
    {
        var command = new Command(
            "secrets",
            "List the secrets of a branch: names, where they come from and whether they are there. No value is ever shown.\n\n"
                + "Example: kennel secrets hello/main"
        );
        BranchTitle.Run(
            command,
            terminal,
            async (_, call, title) =>
                call.Print(
                    await call.Client.Get<SecretsView>(
                        Invocation.Path("secrets", ("project", title.Project), ("branch", title.Branch)),
                        call.Cancellation
                    ),
                    SecretText.Lines
                )
        );
        return command;
    }
}
