using Kennel.Core.Lifecycle;
using Kennel.Core.Planning;

namespace Kennel.Core.Views;

/// <summary>The answer to "why" in a sentence, and what to do next.</summary>
/// <param name="Headline">The answer.</param>
/// <param name="Next">What to do; nothing where all is well or goes on by itself.</param>
public sealed record Verdict(string Headline, Option<string> Next)
{
    /// <summary>Judges a branch: what needs somebody comes before what goes on by itself.</summary>
    /// <param name="branch">The branch.</param>
    /// <param name="deployments">Its components.</param>
    /// <param name="newest">Its newest build.</param>
    /// <param name="unseen">What could not be looked at.</param>
    public static Verdict Of(
        DesiredBranch branch,
        Seq<DeploymentView> deployments,
        Option<BuildView> newest,
        Seq<UnseenView> unseen
    ) =>
        (
            branch.Removed.Map(OfRemoval)
            | newest.Filter(build => build.State is "queued" or "building").Map(build => OfBuilding(build, deployments))
            | In(deployments, "down").Map(down => OfDown(down, deployments))
            | newest.Filter(build => IsNewerFailure(build, deployments)).Map(build => OfFailedBuild(build, deployments))
            | Rejected(deployments).Map(rejected => OfRejection(rejected, deployments))
            | newest.Filter(build => build.State is "failed").Map(build => OfFailedBuild(build, deployments))
            | OfRest(branch, deployments)
            | In(deployments, "unrouted").Map(OfUnrouted)
            | In(deployments, "replacing").Map(OfReplacement)
            | In(deployments, "updating").Map(updating => OfTrial(updating, deployments))
            | In(deployments, "starting").Map(starting => OfTrial(starting, deployments))
            | OfLive(deployments, unseen)
            | newest.Filter(build => build.State is "cancelled").Map(OfCancelledBuild)
            | newest.Filter(build => IsBuiltOnly(branch, build, deployments)).Map(OfBuiltOnly)
        ).IfNone(() => OfNothing(branch));

    private static Verdict OfRemoval(Removal removal) =>
        new(
            $"It is being removed: {removal.Reason}.",
            Some("Nothing; it goes by itself. kennel deploy brings it back.")
        );

    private static Verdict OfBuilding(BuildView build, Seq<DeploymentView> deployments) =>
        new(
            $"Build {build.Id}{OfCommit(build)} is {(build.State == "queued" ? "queued" : "running")}; "
                + $"{Meanwhile(deployments)}.",
            Some($"Follow it with: kennel logs --build {build.Id} -f")
        );

    private static Verdict OfDown(DeploymentView down, Seq<DeploymentView> deployments) =>
        new(
            $"{down.Component} should serve{OfServing(deployments)} and its unit does not run.",
            Some("Kennel starts it again by itself. If it keeps failing, mend it, commit, and deploy again.")
        );

    private static Verdict OfRejection(CauseOf rejected, Seq<DeploymentView> deployments) =>
        new(
            $"{rejected.Component} of commit {Short(rejected.Release.Commit)} (build {rejected.Release.Build}) was rejected "
                + $"({rejected.Cause.Code}): {rejected.Cause.Sentence.TrimEnd('.')}; {Meanwhile(deployments)}.",
            Some(rejected.Cause.Remedy)
        );

    private static Verdict OfFailedBuild(BuildView build, Seq<DeploymentView> deployments)
    {
        var why = build.Cause.Match(cause => $" ({cause.Code}): {cause.Sentence.TrimEnd('.')}", () => string.Empty);
        var remedy = build.Cause.Map(cause => cause.Remedy + " ").IfNone(string.Empty);
        return new Verdict(
            $"Build {build.Id}{OfCommit(build)} failed{why}; {Meanwhile(deployments)}.",
            Some($"{remedy}Its output: kennel logs --build {build.Id}")
        );
    }

    private static Option<Verdict> OfRest(DesiredBranch branch, Seq<DeploymentView> deployments) =>
        branch.Life.Rest switch
        {
            Rest.Asleep it when In(deployments, "hibernated").IsSome => new Verdict(
                $"It hibernates since {it.Since.UtcDateTime:yyyy-MM-dd HH:mm} UTC{OfServing(deployments)}; its data, names and routes stay.",
                Some($"A visitor wakes it, or: kennel wake {branch.Title}")
            ),
            Rest.Waking it when In(deployments, "waking").IsSome => new Verdict(
                $"It is waking since {it.Since.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC{OfServing(deployments)}; visitors wait until it answers.",
                None
            ),
            _ => None,
        };

    private static Verdict OfUnrouted(DeploymentView unrouted) =>
        new(
            $"{unrouted.Component} runs and Caddy does not lead to it yet.",
            Some("Kennel writes the route by itself. If this stays: kennel plan, systemctl status caddy.")
        );

    private static Verdict OfTrial(DeploymentView deployment, Seq<DeploymentView> deployments) =>
        new(
            IsReturning(deployment)
                ? $"An earlier release of {deployment.Component} comes back{OfTarget(deployment)}; {Meanwhile(deployments)}."
                : $"A new release of {deployment.Component} is on trial{OfTarget(deployment)}; {Meanwhile(deployments)}.",
            Option<string>.None
        );

    private static bool IsReturning(DeploymentView deployment) =>
        deployment.Target.Exists(target => deployment.Serving.Exists(serving => target.Build < serving.Build));

    private static Verdict OfReplacement(DeploymentView deployment) =>
        new(
            $"A new release of {deployment.Component} is on trial{OfTarget(deployment)}; it is stateful, so the old one was "
                + "stopped first and is started again if the new one proves bad.",
            Option<string>.None
        );

    private static Option<Verdict> OfLive(Seq<DeploymentView> deployments, Seq<UnseenView> unseen)
    {
        var live = deployments.Filter(deployment => deployment.State == "live");
        return live.HeadOrNone().Map(_ => new Verdict($"Live{OfServing(live)}{AsFarAsSeen(unseen)}.", None));
    }

    private static Verdict OfCancelledBuild(BuildView build) =>
        new(
            $"Nothing is live, and build {build.Id} was cancelled"
                + build.Cause.Match(cause => $": {cause.Sentence}", () => "."),
            Some($"kennel deploy {build.Project} {build.Branch}")
        );

    private static Verdict OfBuiltOnly(BuildView build) =>
        new(
            $"Build {build.Id}{OfCommit(build)} is good; it is not deployed, for the project has no previews (preview_deployments).",
            None
        );

    private static Verdict OfNothing(DesiredBranch branch) =>
        new("Nothing was deployed yet.", Some($"kennel deploy {branch.Project.Name} {branch.Branch}"));

    private static bool IsBuiltOnly(DesiredBranch branch, BuildView build, Seq<DeploymentView> deployments) =>
        branch.Branch is Domain.Branch.PullRequest && build.State is "done" && deployments.IsEmpty;

    private static bool IsNewerFailure(BuildView build, Seq<DeploymentView> deployments) =>
        build.State is "failed"
        && deployments.ForAll(deployment => deployment.Target.ForAll(target => target.Build < build.Id));

    private static Option<DeploymentView> In(Seq<DeploymentView> deployments, string state) =>
        deployments.Find(deployment => deployment.State == state);

    private static Option<CauseOf> Rejected(Seq<DeploymentView> deployments) =>
        deployments
            .Bind(deployment =>
                (
                    from target in deployment.Target
                    from cause in target.Cause
                    select new CauseOf(deployment.Component, target, cause)
                ).ToSeq()
            )
            .HeadOrNone();

    private static string Meanwhile(Seq<DeploymentView> deployments)
    {
        var serving = Serving(deployments);
        return serving.IsEmpty ? "nothing is live" : $"{string.Join(" and ", serving)} serves on";
    }

    private static string OfServing(Seq<DeploymentView> deployments)
    {
        var serving = Serving(deployments);
        return serving.IsEmpty ? string.Empty : $": {string.Join(" and ", serving)}";
    }

    private static Seq<string> Serving(Seq<DeploymentView> deployments) =>
        deployments
            .Bind(deployment => deployment.Serving.ToSeq())
            .Map(release => $"commit {Short(release.Commit)} (build {release.Build})")
            .Distinct()
            .ToSeq();

    private static string OfTarget(DeploymentView deployment) =>
        deployment
            .Target.Map(release => $" (commit {Short(release.Commit)}, build {release.Build})")
            .IfNone(string.Empty);

    private static string OfCommit(BuildView build) =>
        build.Commit.Map(commit => $" of commit {Short(commit)}").IfNone(string.Empty);

    private static string AsFarAsSeen(Seq<UnseenView> unseen) =>
        unseen.IsEmpty
            ? string.Empty
            : $", as far as can be seen ({string.Join(", ", unseen.Map(it => it.System))} could not be looked at)";

    private static string Short(string commit) => commit.Length > 10 ? commit[..10] : commit;

    private sealed record CauseOf(string Component, ReleaseView Release, CauseView Cause);
}
