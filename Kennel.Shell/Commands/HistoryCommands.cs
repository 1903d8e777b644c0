using System.CommandLine;
using Kennel.Core.Views;
using Kennel.Shell.Api;
using Kennel.Shell.Commands.Text;

namespace Kennel.Shell.Commands;

/// <summary><c>kennel releases</c>, <c>rollback</c>, <c>unpin</c>, <c>redeploy</c> and <c>restart</c>.</summary>
internal static class HistoryCommands
{
    public static Command Releases(Terminal terminal)
    {
        var command = new Command(
            "releases",
            "List the builds of a branch that became releases, newest first, and which it can be rolled back to.\n\n"
                + "Example: kennel releases hello/main"
        );
        BranchTitle.Run(
            command,
            terminal,
            async (_, call, title) =>
                call.Print(
                    await call.Client.Get<Seq<PastBuildView>>(
                        Invocation.Path("releases", ("project", title.Project), ("branch", title.Branch)),
                        call.Cancellation
                    ),
                    HistoryText.Lines
                )
        );
        return command;
    }

    public static Command RollBack(Terminal terminal)
    {
        var build = new Argument<long?>("BUILD")
        {
            Description = "The build to go back to; the one that was good before what serves where none is named.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var wait = Waiting();
        var command = new Command(
            "rollback",
            "Serve an earlier build again, without building, and pin the branch to it: later pushes are built and wait "
                + "for kennel unpin. It gets today's secrets; data is left as it is.\n\nExample: kennel rollback hello/main 7 --wait"
        )
        {
            build,
            wait,
        };
        BranchTitle.Run(
            command,
            terminal,
            async (parsed, call, title) =>
                await Aimed(
                    call,
                    await call.Client.Post<AimedView>(
                        title.Path("rollback"),
                        new RollBackRequest(title.Branch, parsed.GetValue(build)),
                        call.Cancellation
                    ),
                    HistoryText.RolledBack,
                    parsed.GetValue(wait)
                )
        );
        return command;
    }

    public static Command Unpin(Terminal terminal)
    {
        var wait = Waiting();
        var command = new Command(
            "unpin",
            "Give up the pin of a roll back and deploy the newest build.\n\nExample: kennel unpin hello/main --wait"
        )
        {
            wait,
        };
        BranchTitle.Run(
            command,
            terminal,
            async (parsed, call, title) =>
                await Aimed(
                    call,
                    await call.Client.Post<AimedView>(
                        title.Path("unpin"),
                        new BranchRequest(title.Branch),
                        call.Cancellation
                    ),
                    HistoryText.Unpinned,
                    parsed.GetValue(wait)
                )
        );
        return command;
    }

    public static Command Redeploy(Terminal terminal) =>
        Repeat(
            terminal,
            "redeploy",
            "Deploy once more what a branch aims at, without building: all of it is started anew and tried.\n\n"
                + "Example: kennel redeploy hello/main --wait"
        );

    public static Command Restart(Terminal terminal) =>
        Repeat(
            terminal,
            "restart",
            "Start what serves anew, without downtime: the old processes go when the new ones are ready.\n\n"
                + "Example: kennel restart hello/main --wait"
        );

    private static Command Repeat(Terminal terminal, string name, string description)
    {
        var wait = Waiting();
        var command = new Command(name, description) { wait };
        BranchTitle.Run(
            command,
            terminal,
            async (parsed, call, title) =>
            {
                var made = await call.Client.Post<BuildView>(
                    title.Path(name),
                    new BranchRequest(title.Branch),
                    call.Cancellation
                );
                return parsed.GetValue(wait)
                    ? await made.Match(
                        build => new DeployWait(call, build).Follow(),
                        problem => Task.FromResult(call.Fail(problem))
                    )
                    : call.Print(made, HistoryText.Repeated);
            }
        );
        return command;
    }

    private static Task<int> Aimed(
        Invocation call,
        Either<ApiProblem, AimedView> answer,
        Func<AimedView, Seq<Line>> text,
        bool isWaiting
    ) =>
        isWaiting
            ? answer.Match(
                aimed =>
                {
                    call.Terminal.Say(text(aimed));
                    return new SwitchWait(call, aimed).Follow();
                },
                problem => Task.FromResult(call.Fail(problem))
            )
            : Task.FromResult(call.Print(answer, text));

    private static System.CommandLine.Option<bool> Waiting() =>
        new("--wait", "-w") { Description = "Follow it until it serves; fail if it does not get there." };
}
