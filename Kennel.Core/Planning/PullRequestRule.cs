using Kennel.Core.Domain;
using Kennel.Core.Forge;

namespace Kennel.Core.Planning;

/// <summary>Which word about a pull request counts: the forge may tell it late, twice and in any order.</summary>
public static class PullRequestRule
{
    /// <summary>
    /// Whether a delivery tells more than is known: what the forge changed earlier is no news. Its clock counts
    /// seconds; within the same second only an explicit reopening opens what is closed. A merge is final.
    /// </summary>
    public static bool IsNews(Option<PullRequest> known, News.OfPullRequest told) =>
        known.ForAll(it =>
        {
            var isOpening = told.PullRequest.State == PullRequestState.Open && it.State != PullRequestState.Open;
            return it.UpdatedAt <= told.PullRequest.UpdatedAt
                && !(isOpening && it.State == PullRequestState.Merged)
                && !(isOpening && it.UpdatedAt == told.PullRequest.UpdatedAt && !told.IsReopening);
        });

    /// <summary>Why a person cannot have a pull request deployed: what is not known to be trusted and open is not.</summary>
    /// <param name="known">The pull request, if a delivery told of it.</param>
    public static Option<string> WhyNotDeployed(Option<PullRequest> known) =>
        known.Match(
            it => it.State == PullRequestState.Open ? it.Stranger : "it is not open any more",
            () => "no delivery told of it, so that nobody knows whose code it is"
        );

    /// <summary>The open pull requests of a project whose code comes from one of its own branches.</summary>
    public static Seq<PullRequest> From(Desired desired, DesiredProject project, BranchName branch) =>
        desired
            .PullRequests.Filter(
                (key, it) =>
                    key.Project == project.Id
                    && it.State == PullRequestState.Open
                    && it.Stranger.IsNone
                    && it.HeadReference == branch.Value
            )
            .Values.ToSeq()
            .Strict();
}
