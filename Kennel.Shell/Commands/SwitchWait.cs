using Kennel.Core.Views;
using Kennel.Shell.Api;
using Kennel.Shell.Commands.Text;

namespace Kennel.Shell.Commands;

/// <summary>How a switch that was waited for ended.</summary>
public sealed record SwitchOutcome(AimedView Aimed, bool IsServing, Seq<DeploymentView> Deployments);

/// <summary>Follows a branch until it serves the build that it aims at, or until it is clear that it will not.</summary>
internal sealed class SwitchWait(Invocation call, AimedView aimed)
{
    private static readonly TimeSpan LookInterval = TimeSpan.FromMilliseconds(300);

    // What somebody must mend first.
    private static readonly Seq<string> Endings = Seq(
        "rejection",
        "not-ready-again",
        "foreign-unit",
        "no-port",
        "routes-refused"
    );

    private readonly News _news = new(call.Terminal);

    public async Task<int> Follow()
    {
        while (true)
        {
            var answer = await call.Client.Get<WhyView>(
                Invocation.Path("why", ("project", aimed.Project), ("branch", aimed.Branch)),
                call.Cancellation
            );
            var ended = answer.Match(Ended, problem => Some(call.Fail(problem)));
            if (ended.IsSome)
            {
                return ended.IfNone(ExitCode.Failed);
            }
            answer.IfRight(_news.Tell);
            await Task.Delay(LookInterval, call.Cancellation);
        }
    }

    private Option<int> Ended(WhyView why) =>
        IsAimedElsewhere(why) ? Some(Failed(why, Superseded()))
        : IsServing(why) ? Some(Served(why))
        : why.Notes.Find(note => Endings.Contains(note.Code)).Map(note => Failed(why, Problem(note)));

    private bool IsAimedElsewhere(WhyView why) =>
        why.Deployments.Exists(it => it.Target.Exists(target => target.Build != aimed.Build));

    private bool IsServing(WhyView why) =>
        why.Deployments.ForAll(it =>
            it.Serving.Map(serving => serving.Build) == it.Target.Map(target => target.Build)
            && it.State is not ("unrouted" or "down")
        );

    private int Served(WhyView why)
    {
        if (call.IsJson)
        {
            call.Terminal.WriteJson(new SwitchOutcome(aimed, true, why.Deployments));
            return ExitCode.Done;
        }
        call.Terminal.Write(HistoryText.Live(aimed, why.Deployments));
        return ExitCode.Done;
    }

    private int Failed(WhyView why, ApiProblem problem)
    {
        if (call.IsJson)
        {
            call.Terminal.WriteJson(new SwitchOutcome(aimed, false, why.Deployments));
        }
        return call.Fail(problem);
    }

    private ApiProblem Superseded() =>
        ApiProblem.Of(
            0,
            "superseded",
            "It does not serve",
            $"{aimed.Project}/{aimed.Branch} aims at another build by now.",
            $"See: kennel releases {aimed.Project}/{aimed.Branch}"
        );

    private ApiProblem Problem(NoteView note) =>
        ApiProblem.Of(
            0,
            note.Code,
            "It does not serve",
            note.What,
            $"{note.Remedy.Map(remedy => remedy + " ").IfNone("")}More: kennel why {aimed.Project}/{aimed.Branch}"
        );
}
