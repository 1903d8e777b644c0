using Kennel.Core.Planning;
using Kennel.Core.Ports;
using Kennel.Shell.Forgejo;
using Kennel.Shell.Processes;

namespace Kennel.Shell.Valkey;

/// <summary>
/// One command at a time by <c>valkey-cli -e</c>. Where its password is to be given it goes by the environment, which
/// nobody but Kennel can read; nothing secret is among the arguments.
/// </summary>
internal sealed class ValkeyCommand(ValkeyOptions options)
{
    /// <summary>The answer, or what became of the command.</summary>
    internal async Task<Either<Effect, string>> Run(
        TimeSpan limit,
        CancellationToken cancellation,
        params string[] arguments
    )
    {
        var password = options.PasswordFile.Match(
            file => SecretLine.Read("resources.valkey.passwordFile", file).Map(Some).ToEither(),
            () => Right<Seq<Core.Domain.Problem>, Option<string>>(None)
        );
        return await password.Match(
            async known => Told(await ChildProcess.Run(Command(known, limit, arguments), cancellation)),
            problems =>
                Task.FromResult<Either<Effect, string>>(
                    Effect.Unreachable(CachePlanner.System, string.Join("; ", problems))
                )
        );
    }

    private ChildCommand Command(Option<string> password, TimeSpan limit, string[] arguments) =>
        new(
            options.Program,
            Joined(
                Seq("-e", "-s", options.SocketPath),
                password.IsSome ? Seq("--user", options.User) : Empty,
                arguments.ToSeq()
            ),
            "/",
            Joined(
                    Seq(("PATH", Environment.GetEnvironmentVariable("PATH") ?? "/usr/bin:/bin"), ("LANG", "C.UTF-8")),
                    password.Map(known => ("REDISCLI_AUTH", known)).ToSeq()
                )
                .ToMap(),
            limit
        );

    private static Either<Effect, string> Told(ChildEnd end) =>
        end switch
        {
            ChildEnd.Exited { Status: 0, IsOutputComplete: true } it => it.Output,
            ChildEnd.Exited { Status: 0 } => Effect.Refused(CachePlanner.System, "its answer is too long"),
            ChildEnd.Exited it => Failed(string.Join("; ", it.LastErrorLines)),
            ChildEnd.TimedOut it => Effect.Unanswered(
                CachePlanner.System,
                $"it does not answer within {it.Limit.TotalSeconds} s"
            ),
            ChildEnd.NotStarted it => Effect.Unreachable(CachePlanner.System, it.Reason),
            _ => throw new System.Diagnostics.UnreachableException(),
        };

    // An error that Valkey answers begins with a word in capitals; anything else is the connection's.
    private static Effect Failed(string error) =>
        error.StartsWith("Could not connect", StringComparison.Ordinal) ? Effect.Unreachable(CachePlanner.System, error)
        : error.TakeWhile(char.IsAsciiLetterUpper).Count() > 1
        || error.StartsWith("AUTH failed", StringComparison.Ordinal)
            ? Effect.Refused(CachePlanner.System, error)
        : Effect.Unanswered(CachePlanner.System, error.Length > 0 ? error : "the connection was lost");
}
