using System.CommandLine;
using Kennel.Core.Views;
using Kennel.Shell.Api;
using Kennel.Shell.Commands.Text;

namespace Kennel.Shell.Commands;

/// <summary><c>kennel db dump|restore|reset|shell</c>.</summary>
internal static class DatabaseCommands
{
    private const string Example = "hello/main";

    public static Command Database(Terminal terminal) =>
        new("db", "Look after the database of a branch.\n\nExample: kennel db dump hello/main")
        {
            Dump(terminal),
            Restore(terminal),
            Reset(terminal),
            Shell(terminal),
        };

    private static Command Dump(Terminal terminal)
    {
        var command = new Command(
            "dump",
            "Dump the database of a branch to a file that pg_restore reads, and wait until it is complete. The newest "
                + "dumps of a database are kept (backups.keep).\n\nExample: kennel db dump hello/main"
        );
        BranchTitle.Run(
            command,
            terminal,
            async (_, call, title) =>
                call.Print(await DumpWait.Make(call, title), made => DatabaseText.Dumped(made.View, made.Dump)),
            Example
        );
        return command;
    }

    private static Command Restore(Terminal terminal)
    {
        var file = new Argument<string>("DUMP") { Description = "A file, or the name of a dump that Kennel keeps." };
        var yes = Yes();
        var command = new Command(
            "restore",
            "Put what a dump has in the place of what the database of a branch has, all of it or nothing, as the branch's "
                + "own user. Tables that the dump does not have stay. Production and staging are dumped first. It needs "
                + "pg_restore, and the right to run it as another user, which root has.\n\n"
                + "Example: kennel db restore hello/main kennel_hello_main.build-7-c8f25a7074.dump --yes"
        )
        {
            file,
            yes,
        };
        BranchTitle.Run(
            command,
            terminal,
            (parsed, call, title) =>
                Sure(
                    call,
                    title,
                    parsed.GetValue(yes),
                    "What the database of {0} has is replaced",
                    () => Restore(call, title, parsed.GetRequiredValue(file))
                ),
            Example
        );
        return command;
    }

    private static Command Reset(Terminal terminal)
    {
        var yes = Yes();
        var command = new Command(
            "reset",
            "Drop the database of a branch, make it anew and empty, and redeploy the branch on it. Production and staging "
                + "are dumped first.\n\nExample: kennel db reset hello/feature/x --yes"
        )
        {
            yes,
        };
        BranchTitle.Run(
            command,
            terminal,
            (parsed, call, title) =>
                Sure(
                    call,
                    title,
                    parsed.GetValue(yes),
                    "All that the database of {0} has goes",
                    async () =>
                        call.Print(
                            await call.Client.Post<DatabaseView>(
                                title.Path("database/reset"),
                                new BranchRequest(title.Branch),
                                call.Cancellation
                            ),
                            DatabaseText.Reset
                        )
                ),
            Example
        );
        return command;
    }

    private static Command Shell(Terminal terminal)
    {
        var command = new Command(
            "shell",
            "Run psql in the database of a branch, as the branch's own user. It needs psql, and the right to run it as "
                + "another user, which root has.\n\nExample: kennel db shell hello/main"
        );
        BranchTitle.Run(
            command,
            terminal,
            async (_, call, title) =>
                await (await DumpWait.Look(call, title)).Match(
                    view => Run(call, RoleProgram.Shell(view, call.Terminal.MayAsk), None, () => ExitCode.Done),
                    problem => Task.FromResult(call.Fail(problem))
                ),
            Example
        );
        return command;
    }

    private static async Task<int> Restore(Invocation call, BranchTitle title, string file)
    {
        var seen = await DumpWait.Look(call, title);
        var kept = await seen.Match(
            async view => view.IsPrecious ? (await DumpWait.Make(call, title)).Map(_ => view) : view,
            problem => Task.FromResult(Left<ApiProblem, DatabaseView>(problem))
        );
        return await kept.Match(
            view =>
                Run(
                    call,
                    RoleProgram.Restore(view),
                    Some(file.Contains('/', StringComparison.Ordinal) ? file : $"{view.DumpDirectory}/{file}"),
                    () => call.Print(Right<ApiProblem, DatabaseView>(view), DatabaseText.Restored)
                ),
            problem => Task.FromResult(call.Fail(problem))
        );
    }

    private static async Task<int> Run(
        Invocation call,
        RoleProgram program,
        LanguageExt.Option<string> input,
        Func<int> done
    ) =>
        (await program.Run(input, call.Cancellation)).Match(
            status => status == 0 ? done() : ExitCode.Failed,
            problem =>
                call.Fail("not-started", problem, "See that the file and systemd-run are there, and run this as root.")
        );

    private static async Task<int> Sure(
        Invocation call,
        BranchTitle title,
        bool isSure,
        string what,
        Func<Task<int>> go
    )
    {
        var told = string.Format(System.Globalization.CultureInfo.InvariantCulture, what, title);
        if (!isSure && !call.Terminal.MayAsk)
        {
            call.Fail("not-confirmed", $"{told}, which needs a yes, and nobody can be asked here.", "Add --yes.");
            return ExitCode.Usage;
        }
        return isSure || call.Terminal.Ask($"{told}. Type {title} to go on: ") == $"{title}"
            ? await go()
            : call.Fail("not-confirmed", "Nothing was changed.", $"Type {title}, or add --yes.");
    }

    private static System.CommandLine.Option<bool> Yes() =>
        new("--yes", "-y") { Description = "Do not ask. Needed where nobody can be asked." };
}
