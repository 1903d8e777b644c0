using System.CommandLine;
using Kennel.Core.Views;
using Kennel.Shell.Commands.Text;

namespace Kennel.Shell.Commands;

/// <summary><c>kennel wake</c> and <c>kennel hibernate</c>.</summary>
internal static class RestCommands
{
    private static readonly TimeSpan LookInterval = TimeSpan.FromMilliseconds(300);

    public static Command Wake(Terminal terminal)
    {
        var wait = new System.CommandLine.Option<bool>("--wait", "-w")
        {
            Description = "Wait until it is awake; fail if its service fails.",
        };
        var command = new Command(
            "wake",
            "Start the services of a branch that hibernates.\n\nExample: kennel wake hello/feature/x --wait"
        );
        command.Add(wait);
        BranchTitle.Run(
            command,
            terminal,
            (parsed, call, title) => Wake(call, title, parsed.GetValue(wait)),
            "kennel wake hello/feature/x"
        );
        return command;
    }

    public static Command Hibernate(Terminal terminal)
    {
        var command = new Command(
            "hibernate",
            "Stop the services of a branch until somebody opens a page of it, pushes to it, or wakes it; its data stays.\n\n"
                + "Example: kennel hibernate hello/feature/x"
        );
        BranchTitle.Run(
            command,
            terminal,
            async (_, call, title) =>
                call.Print(await Ask(call, title, "hibernate"), RestText.Hibernated, RestText.Warning),
            "kennel hibernate hello/feature/x"
        );
        return command;
    }

    private static async Task<int> Wake(Invocation call, BranchTitle title, bool isWaiting) =>
        await (await Ask(call, title, "wake")).Match(
            view =>
                isWaiting && view.WakingSince.IsSome
                    ? Follow(call, view)
                    : Task.FromResult(call.Print<RestView>(view, RestText.Woken)),
            problem => Task.FromResult(call.Fail(problem))
        );

    private static async Task<int> Follow(Invocation call, RestView woken)
    {
        var path = Invocation.Path("why", ("project", woken.Project), ("branch", woken.Branch));
        while (true)
        {
            var answer = await call.Client.Get<WhyView>(path, call.Cancellation);
            var end = answer.Match(why => End(call, woken, why), problem => Some(call.Fail(problem)));
            if (end.IsSome)
                return end.IfNone(ExitCode.Failed);
            await Task.Delay(LookInterval, call.Cancellation);
        }
    }

    private static LanguageExt.Option<int> End(Invocation call, RestView woken, WhyView why)
    {
        if (!why.Deployments.Exists(one => one.State == "waking"))
            return call.Print<WhyView>(why, RestText.Awake);
        return why
            .Evidence.Find(evidence => woken.WakingSince.Exists(since => evidence.At >= since))
            .Map(evidence =>
                call.Fail(
                    "wake-failed",
                    $"{evidence.Unit} failed while it was waking: {evidence.Cause.Sentence}",
                    $"Kennel goes on trying. More: kennel why {woken.Project}/{woken.Branch}"
                )
            );
    }

    private static Task<Either<Api.ApiProblem, RestView>> Ask(Invocation call, BranchTitle title, string what) =>
        call.Client.Post<RestView>(
            Invocation.Path(title.Path(what), ("branch", title.Branch)),
            null,
            call.Cancellation
        );
}
