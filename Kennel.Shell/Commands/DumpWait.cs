using Kennel.Core.Views;
using Kennel.Shell.Api;

namespace Kennel.Shell.Commands;

/// <summary>A dump that was waited for.</summary>
public sealed record MadeDump(DatabaseView View, DumpView Dump);

/// <summary>Asks for a dump and waits until it is there.</summary>
internal static class DumpWait
{
    private static readonly TimeSpan LookInterval = TimeSpan.FromMilliseconds(300);

    public static Task<Either<ApiProblem, DatabaseView>> Look(Invocation call, BranchTitle title) =>
        call.Client.Get<DatabaseView>(
            Invocation.Path("database", ("project", title.Project), ("branch", title.Branch)),
            call.Cancellation
        );

    public static async Task<Either<ApiProblem, MadeDump>> Make(Invocation call, BranchTitle title)
    {
        var begun = await call.Client.Post<DumpView>(
            title.Path("database/dump"),
            new BranchRequest(title.Branch),
            call.Cancellation
        );
        return await begun.Match(
            dump => Follow(call, title, dump.Name),
            problem => Task.FromResult(Left<ApiProblem, MadeDump>(problem))
        );
    }

    private static async Task<Either<ApiProblem, MadeDump>> Follow(Invocation call, BranchTitle title, string name)
    {
        while (true)
        {
            var seen = await Look(call, title);
            var ended = seen.Match(view => Ended(view, name), problem => Some(Left<ApiProblem, MadeDump>(problem)));
            if (ended.IsSome)
                return ended.IfNone(() => Lost(name));
            await Task.Delay(LookInterval, call.Cancellation);
        }
    }

    private static LanguageExt.Option<Either<ApiProblem, MadeDump>> Ended(DatabaseView view, string name) =>
        view
            .Dumps.Find(dump => dump.Name == name)
            .Match(
                dump =>
                    dump.State switch
                    {
                        "running" => None,
                        "done" => Some(Right<ApiProblem, MadeDump>(new MadeDump(view, dump))),
                        _ => Some(Failed(dump.Problem.IfNone("the reason is not known"))),
                    },
                () => Some(Lost(name))
            );

    private static Either<ApiProblem, MadeDump> Failed(string why) =>
        ApiProblem.Of(0, "dump-failed", "The dump failed", why, "Mend that, then ask again.");

    private static Either<ApiProblem, MadeDump> Lost(string name) =>
        ApiProblem.Of(
            0,
            "dump-lost",
            "The dump is not there",
            $"{name} is neither under way nor complete: the daemon was restarted, or newer dumps took its place.",
            "Ask again."
        );
}
