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
        var title = Title();
        var wait = new System.CommandLine.Option<bool>("--wait", "-w")
        {
            Description = "Wait until it is awake; fail if its service fails.",
        };
        var command = new Command(
            "wake",
            "Start the services of a branch that hibernates.\n\nExample: kennel wake hello/feature/x --wait"
        );
        command.Add(title);
        command.Add(wait);
        Invocation.Run(
            command,
            terminal,
            (parsed, call) => Wake(call, parsed.GetRequiredValue(title), parsed.GetValue(wait))
        );
        return command;
    }

    public static Command Hibernate(Terminal terminal)
    {
        var title = Title();
        var command = new Command(
            "hibernate",
            "Stop the services of a branch until somebody opens a page of it, pushes to it, or wakes it; its data stays.\n\n"
                + "Example: kennel hibernate hello/feature/x"
        );
        command.Add(title);
        Invocation.Run(
            command,
            terminal,
            async (parsed, call) =>
                await Ask(
                    parsed.GetRequiredValue(title),
                    call,
                    "hibernate",
                    answer => Task.FromResult(call.Print(answer, RestText.Hibernated, RestText.Warning))
                )
        );
        return command;
    }

    private static Task<int> Wake(Invocation call, string title, bool isWaiting) =>
        Ask(
            title,
            call,
            "wake",
            answer =>
                answer.Match(
                    view =>
                        isWaiting && view.WakingSince.IsSome
                            ? Follow(call, view)
                            : Task.FromResult(call.Print(answer, RestText.Woken)),
                    problem => Task.FromResult(call.Fail(problem))
                )
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

    private static async Task<int> Ask(
        string title,
        Invocation call,
        string what,
        Func<Either<Api.ApiProblem, RestView>, Task<int>> show
    )
    {
        var slash = title.IndexOf('/');
        if (slash <= 0 || slash == title.Length - 1)
            return call.Fail(
                "invalid-title",
                $"{title} is not PROJECT/BRANCH.",
                $"For example: kennel {what} hello/feature/x"
            );
        var path = Invocation.Path(
            $"projects/{Uri.EscapeDataString(title[..slash])}/{what}",
            ("branch", title[(slash + 1)..])
        );
        return await show(await call.Client.Post<RestView>(path, null, call.Cancellation));
    }

    private static Argument<string> Title() =>
        new("PROJECT/BRANCH")
        {
            Description = "The first slash separates: hello/feature/x is branch feature/x of hello.",
        };
}
