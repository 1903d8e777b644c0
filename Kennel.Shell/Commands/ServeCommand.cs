using System.CommandLine;
using Kennel.Shell.Configuration;

namespace Kennel.Shell.Commands;

/// <summary><c>kennel serve</c>, and the hidden program of a build unit.</summary>
internal static class ServeCommand
{
    public static Command Serve(CommandParts parts, Terminal terminal)
    {
        var command = new Command(
            "serve",
            "Run the daemon. The service kennel.service does this.\n\nExample: kennel serve --config /etc/kennel/config.json"
        );
        command.SetAction(
            async (parsed, cancellation) =>
                await ConfigurationFile
                    .Load(parsed.GetValue(Options.Configuration))
                    .Match(
                        async loaded =>
                        {
                            loaded.Note.Iter(note => terminal.Say(note));
                            return await parts.Serve(loaded.Configuration, cancellation);
                        },
                        problems => Task.FromResult(Invocation.Refuse(terminal, problems))
                    )
        );
        return command;
    }

    public static Command BuildStep(CommandParts parts)
    {
        var arguments = new Argument<string[]>("ARGUMENTS") { Arity = ArgumentArity.ZeroOrMore };
        var command = new Command("build-step", "The program of a build unit; not for people.")
        {
            Hidden = true,
            TreatUnmatchedTokensAsErrors = false,
        };
        command.Add(arguments);
        command.SetAction(
            (parsed, cancellation) =>
                parts.BuildStep((parsed.GetValue(arguments) ?? []).Concat(parsed.UnmatchedTokens).ToSeq(), cancellation)
        );
        return command;
    }
}
