using System.CommandLine;
using Kennel.Core.Views;
using Kennel.Shell.Api;
using Kennel.Shell.Commands.Text;

namespace Kennel.Shell.Commands;

/// <summary><c>kennel plan</c>: what a pass would do. It works without the daemon too.</summary>
internal static class PlanCommand
{
    public static Command Plan(CommandParts parts, Terminal terminal)
    {
        var detailed = new System.CommandLine.Option<bool>("--detailed-exitcode")
        {
            Description = "Exit with 0 when there is nothing to do, 2 when there are changes, 1 on errors.",
        };
        var command = new Command(
            "plan",
            "Show what a pass would do and why, and what waits or is blocked. Changes nothing.\n\n"
                + "Example: kennel plan --detailed-exitcode"
        );
        command.Add(detailed);
        Invocation.Run(
            command,
            terminal,
            async (parsed, call) =>
            {
                var answer = await Plan(parts, call);
                var printed = call.Print(answer, PlanText.Lines);
                var hasChanges = answer.Match(plan => plan.HasChanges, _ => false);
                return parsed.GetValue(detailed) && hasChanges ? ExitCode.Changes : printed;
            }
        );
        return command;
    }

    private static async Task<Either<ApiProblem, PlanView>> Plan(CommandParts parts, Invocation call)
    {
        var answer = await call.Client.Get<PlanView>("plan", call.Cancellation);
        if (!answer.Match(_ => false, problem => problem.Code == ApiProblem.Unreachable))
        {
            return answer;
        }
        call.Terminal.Say("The daemon is not running (systemctl status kennel); this is what it would do:");
        return (await parts.Look(call.Configuration, call.Cancellation)).Map(PlanView.Of);
    }
}
