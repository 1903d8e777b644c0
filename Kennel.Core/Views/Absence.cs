using Kennel.Core.Domain;

namespace Kennel.Core.Views;

/// <summary>Why nothing of a branch or pull request is there, as far as the forge told of it.</summary>
public static class Absence
{
    /// <summary>The answer; none where the forge never told of it.</summary>
    public static Option<Verdict> Explain(ProjectName project, Branch branch, Memory memory) =>
        memory.PullRequest.Map(it => OfPullRequest(project, branch, it, memory.Deliveries))
        | memory.Deliveries.HeadOrNone().Map(last => OfDelivery(project, branch, Capital(Called(branch)), last));

    private static Verdict OfPullRequest(
        ProjectName project,
        Branch branch,
        PullRequestView it,
        Seq<DeliveryView> deliveries
    ) =>
        (it.State, it.Stranger) switch
        {
            ("closed" or "merged", _) => new Verdict(
                $"Pull request {it.Number} is {it.State}; nothing of it is left.",
                Option<string>.None
            ),
            (_, { IsSome: true } stranger) => new Verdict(
                $"Pull request {it.Number} is not deployed: {stranger.IfNone("").TrimEnd('.')}.",
                "Kennel runs no strangers' code. Somebody who may write to the repository can push the change to a branch of it."
            ),
            _ => deliveries
                .HeadOrNone()
                .Match(
                    last => OfDelivery(project, branch, $"Pull request {it.Number} is open, and it", last),
                    () => new Verdict($"Pull request {it.Number} is open and not deployed.", Deploying(project, branch))
                ),
        };

    private static Verdict OfDelivery(ProjectName project, Branch branch, string what, DeliveryView last) =>
        last.Meaning.Match(
            meaning => new Verdict(
                $"{what} is not deployed. The last delivery about it ({last.Event}) led to: {meaning.TrimEnd('.')}.",
                Deploying(project, branch)
            ),
            () =>
                new Verdict(
                    $"{what} is not deployed yet: the last delivery about it ({last.Event}) waits to be handled.",
                    "Kennel does so by itself. If this stays: kennel plan"
                )
        );

    private static string Deploying(ProjectName project, Branch branch) =>
        branch is Branch.PullRequest ? $"kennel deploy {project} '{branch}'" : $"kennel deploy {project} {branch}";

    private static string Called(Branch branch) =>
        branch switch
        {
            Branch.PullRequest it => $"pull request {it.Number}",
            Branch.Git it => $"branch {it.Name}",
            _ => throw new System.Diagnostics.UnreachableException(),
        };

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}
