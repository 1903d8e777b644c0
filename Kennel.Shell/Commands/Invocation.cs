using System.CommandLine;
using Kennel.Core.Configuration;
using Kennel.Core.Domain;
using Kennel.Shell.Api;
using Kennel.Shell.Commands.Text;
using Kennel.Shell.Configuration;

namespace Kennel.Shell.Commands;

/// <summary>One call of a command that talks to the daemon.</summary>
internal sealed record Invocation(
    HostConfiguration Configuration,
    KennelClient Client,
    Terminal Terminal,
    bool IsJson,
    CancellationToken Cancellation
)
{
    /// <summary>Lets a command run with a client, once the configuration could be read.</summary>
    public static void Run(Command command, Terminal terminal, Func<ParseResult, Invocation, Task<int>> run) =>
        command.SetAction(
            async (parsed, cancellation) =>
                await ConfigurationFile
                    .LoadForClient(parsed.GetValue(Options.Configuration))
                    .Match(
                        async loaded =>
                        {
                            using var client = new KennelClient(loaded.Configuration.Socket);
                            var isJson = parsed.GetValue(Options.Json);
                            return await run(
                                parsed,
                                new Invocation(loaded.Configuration, client, terminal, isJson, cancellation)
                            );
                        },
                        problems => Task.FromResult(Refuse(terminal, problems))
                    )
        );

    /// <summary>Says what is wrong with the configuration.</summary>
    public static int Refuse(Terminal terminal, Seq<Problem> problems)
    {
        terminal.Say(
            ProblemText.Lines(
                new ApiProblem(
                    0,
                    "bad-configuration",
                    "the configuration is not acceptable",
                    string.Join("; ", problems),
                    "Correct what is named; docs/reference/configuration.md lists every option.",
                    problems
                )
            )
        );
        return ExitCode.Failed;
    }

    /// <summary>Prints an answer as text or JSON, or the error.</summary>
    public int Print<T>(Either<ApiProblem, T> answer, Func<T, Seq<Line>> text) =>
        answer.Match(
            value =>
            {
                if (IsJson)
                {
                    Terminal.WriteJson(value);
                }
                else
                {
                    Terminal.Write(text(value));
                }
                return ExitCode.Done;
            },
            Fail
        );

    /// <summary>The same, with a warning on standard error if there is one; with --json the answer itself has it.</summary>
    public int Print<T>(
        Either<ApiProblem, T> answer,
        Func<T, Seq<Line>> text,
        Func<T, LanguageExt.Option<Line>> warning
    )
    {
        if (!IsJson)
        {
            Terminal.Say(answer.Match(value => warning(value).ToSeq(), _ => Seq<Line>()));
        }
        return Print(answer, text);
    }

    /// <summary>Says an error; with --json it goes to standard error as JSON.</summary>
    public int Fail(ApiProblem problem)
    {
        if (IsJson)
        {
            Terminal.SayJson(problem);
        }
        else
        {
            Terminal.Say(ProblemText.Lines(problem));
        }
        return ExitCode.Failed;
    }

    public int Fail(string code, string detail, string remedy) =>
        Fail(ApiProblem.Of(0, code, "This cannot be done", detail, remedy));

    /// <summary>A path with its query, everything escaped.</summary>
    public static string Path(string path, params (string Name, string? Value)[] query)
    {
        var given = query.Where(pair => pair.Value is not null);
        var text = string.Join('&', given.Select(pair => $"{pair.Name}={Uri.EscapeDataString(pair.Value!)}"));
        return text.Length == 0 ? path : $"{path}?{text}";
    }
}
