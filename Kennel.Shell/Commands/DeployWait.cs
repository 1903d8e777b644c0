using Kennel.Core.Views;
using Kennel.Shell.Api;
using Kennel.Shell.Commands.Text;

namespace Kennel.Shell.Commands;

/// <summary>How a deploy that was waited for ended.</summary>
public sealed record DeployOutcome(BuildView Build, Seq<DeploymentView> Deployments);

/// <summary>Follows one deploy: the build's output, then the trial, to live or failure.</summary>
internal sealed class DeployWait(Invocation call, BuildView queued)
{
    private static readonly TimeSpan LookInterval = TimeSpan.FromMilliseconds(300);

    private readonly News _news = new(call.Terminal);

    public async Task<int> Follow()
    {
        Say($"Build {queued.Id} of {queued.Project}/{queued.Branch} is {queued.State}.");
        var copied = await call.Client.Lines($"builds/{queued.Id}/log?follow=true", SayLine, call.Cancellation);
        return await copied.Match(async _ => await Trial(), problem => Task.FromResult(call.Fail(problem)));
    }

    private async Task<int> Trial()
    {
        while (true)
        {
            var answer = await call.Client.Get<BuildView>($"builds/{queued.Id}", call.Cancellation);
            var ended = answer.Match(build => build.IsEnded, _ => true);
            if (ended)
            {
                return await answer.Match(End, problem => Task.FromResult(call.Fail(problem)));
            }
            if (answer.Match(IsHeldByPin, _ => false))
            {
                return await answer.Match(
                    build => Task.FromResult(call.Fail(Pinned(build))),
                    problem => Task.FromResult(call.Fail(problem))
                );
            }
            (await Why()).IfRight(_news.Tell);
            await Task.Delay(LookInterval, call.Cancellation);
        }
    }

    private static bool IsHeldByPin(BuildView build) => build.State == "built" && build.WaitsForPin.IsSome;

    private static ApiProblem Pinned(BuildView build) =>
        ApiProblem.Of(
            0,
            "pinned",
            "The deploy did not get live",
            $"Build {build.Id} is built and waits: {build.Project}/{build.Branch} is pinned to build "
                + $"{build.WaitsForPin.IfNone(0)}.",
            $"kennel unpin {build.Project}/{build.Branch} deploys it."
        );

    private async Task<int> End(BuildView build)
    {
        var why = await Why();
        var deployments = why.Match(view => view.Deployments, _ => Seq<DeploymentView>());
        if (call.IsJson)
        {
            call.Terminal.WriteJson(new DeployOutcome(build, deployments));
            return build.State == "done" ? ExitCode.Done : ExitCode.Failed;
        }
        if (build.State == "done")
        {
            call.Terminal.Write(Live(build, deployments));
            return ExitCode.Done;
        }
        return call.Fail(Failure(build, why));
    }

    private static Seq<Line> Live(BuildView build, Seq<DeploymentView> deployments) =>
        Line.Of(
                $"{build.Project}/{build.Branch} is live: commit {build.Commit.Map(Words.Commit).IfNone("?")}, build {build.Id}.",
                Tone.Good
            )
            .Cons(deployments.Bind(it => it.Urls.Map(url => Line.Of($"  {it.Component}  {url}"))));

    private ApiProblem Failure(BuildView build, Either<ApiProblem, WhyView> why)
    {
        why.IfRight(view => call.Terminal.Say(LastLines(view, build)));
        var cause = build.Cause;
        return ApiProblem.Of(
            0,
            cause.Map(it => it.Code).IfNone(build.State),
            "The deploy did not get live",
            $"Build {build.Id} {(build.State == "failed" ? "failed" : "was " + build.State)}"
                + cause.Match(it => $": {it.Sentence}", () => "."),
            $"{cause.Map(it => it.Remedy + " ").IfNone("")}More: kennel why {build.Project}/{build.Branch}"
        );
    }

    private static Seq<Line> LastLines(WhyView why, BuildView build) =>
        why
            .Evidence.Filter(it => it.At >= build.QueuedAt)
            .HeadOrNone()
            .ToSeq()
            .Bind(it => it.Lines.Map(line => Line.Of(new Span("| ", Tone.Faint), new Span(Line.Clean(line)))));

    private Task<Either<ApiProblem, WhyView>> Why() =>
        call.Client.Get<WhyView>(
            Invocation.Path("why", ("project", queued.Project), ("branch", queued.Branch)),
            call.Cancellation
        );

    // With --json only the outcome goes to standard output; all that happens on the way goes to standard error.
    private void Say(string line) => call.Terminal.Say(line);

    private void SayLine(string line) => Say(Line.Clean(line));
}
