using System.CommandLine;
using Kennel.Core.Views;
using Kennel.Shell.Api;
using Kennel.Shell.Commands.Text;

namespace Kennel.Shell.Commands;

/// <summary><c>kennel gc</c>: clears away what nothing needs, and orphans when somebody says so.</summary>
internal static class GarbageCommand
{
    public static Command Garbage(Terminal terminal)
    {
        var dryRun = new System.CommandLine.Option<bool>("--dry-run")
        {
            Description = "Show what would go, and the orphans. Changes nothing.",
        };
        var orphans = new System.CommandLine.Option<bool>("--orphans")
        {
            Description =
                "Stop and remove orphans too: everything with Kennel's mark, databases, caches, buckets and DNS records included, that this database does not know. They are named, and you are asked.",
        };
        var yes = new System.CommandLine.Option<bool>("--yes", "-y")
        {
            Description = "Do not ask. Needed with --orphans where nobody can be asked.",
        };
        var command = new Command(
            "gc",
            "Clear away what nothing refers to: roots, mirrors of removed projects, old logs and backups.\n\n"
                + "Example: kennel gc --dry-run"
        )
        {
            dryRun,
            orphans,
            yes,
        };
        Invocation.Run(
            command,
            terminal,
            (parsed, call) =>
                parsed.GetValue(dryRun) ? Show(call) : Clear(call, parsed.GetValue(orphans), parsed.GetValue(yes))
        );
        return command;
    }

    private static async Task<int> Show(Invocation call) => call.Print(await Look(call), GarbageText.Lines);

    private static async Task<int> Clear(Invocation call, bool withOrphans, bool isSure)
    {
        if (!withOrphans)
            return await Clear(call, Seq<string>());
        return await (await Look(call)).Match(
            garbage =>
                garbage.Orphans.IsEmpty || isSure || IsConfirmed(call, garbage.Orphans)
                    ? Clear(call, garbage.Orphans)
                    : Task.FromResult(call.Fail("not-confirmed", "Nothing was removed.", "Type yes, or add --yes.")),
            problem => Task.FromResult(call.Fail(problem))
        );
    }

    private static async Task<int> Clear(Invocation call, Seq<string> orphans)
    {
        var answer = await call.Client.Post<PassView>("gc", new ClearRequest(orphans), call.Cancellation);
        var printed = call.Print(answer, PlanText.Lines);
        var isDone = answer.Match(pass => pass.Steps.ForAll(step => step.Outcome == "done"), _ => false);
        return isDone ? printed : ExitCode.Failed;
    }

    private static bool IsConfirmed(Invocation call, Seq<string> orphans)
    {
        call.Terminal.Say(GarbageText.Orphans(orphans));
        return call.Terminal.MayAsk
            && call.Terminal.Ask("They are stopped and removed for good. Type yes to go on: ") == "yes";
    }

    private static Task<Either<ApiProblem, GarbageView>> Look(Invocation call) =>
        call.Client.Get<GarbageView>("gc", call.Cancellation);
}
