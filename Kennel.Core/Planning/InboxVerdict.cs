using Kennel.Core.Domain;
using Kennel.Core.Forge;

namespace Kennel.Core.Planning;

/// <summary>What deliveries mean for one branch or pull request.</summary>
/// <param name="Intent">What is to happen, if anything is.</param>
/// <param name="Meaning">The same for people.</param>
public sealed record InboxVerdict(Option<BranchIntent> Intent, string Meaning)
{
    /// <summary>Nothing is to happen.</summary>
    public static InboxVerdict Nothing(string meaning) => new(None, meaning);

    /// <summary>The repository has it, at this commit.</summary>
    public static InboxVerdict OfHead(DesiredProject project, Branch branch, Option<DesiredBranch> live, CommitId head)
    {
        var environment = DeployEnvironments.Of(branch, project.DefaultBranch);
        if (!project.Environments.Contains(environment))
            return Nothing($"nothing: {project.Name} is not deployed to {environment.Word()}");
        return live.Exists(one => one.Newest == Some(head))
            ? Nothing($"nothing: {branch} is at {head.Short} already")
            : new InboxVerdict(new BranchIntent.Deploy(branch, head), $"deploy {head.Short} to {branch}");
    }

    /// <summary>
    /// The repository does not have it. A branch goes only when the forge said that it was deleted; the default branch
    /// is production and goes only when a person says so.
    /// </summary>
    public static InboxVerdict OfAbsence(
        DesiredProject project,
        BranchName branch,
        Option<DesiredBranch> live,
        bool isDeleted
    )
    {
        if (!isDeleted)
            return Nothing($"nothing: the repository has no branch {branch} any more");
        if (live.IsNone)
            return Nothing($"nothing: {branch} was deleted and was not deployed");
        return branch == project.DefaultBranch
            ? Nothing($"nothing: {branch} is the default branch; remove it with kennel remove {project.Name} {branch}")
            : new InboxVerdict(
                new BranchIntent.Remove(new Branch.Git(branch), "the branch was deleted"),
                $"remove {branch}: it was deleted"
            );
    }

    /// <summary>A pull request stands like this now.</summary>
    public static InboxVerdict OfPullRequest(
        DesiredProject project,
        PullRequest pullRequest,
        Option<DesiredBranch> live,
        Option<CommitId> head
    )
    {
        var branch = new Branch.PullRequest(pullRequest.Number);
        return pullRequest switch
        {
            { State: PullRequestState.Merged } => Ended(branch, live, "merged"),
            { State: PullRequestState.Closed } => Ended(branch, live, "closed"),
            { State: PullRequestState.Open, Stranger.IsSome: true } => Nothing(
                $"refused: {pullRequest.Stranger.IfNone("")}"
            ),
            { State: PullRequestState.Open } => head.Match(
                commit => OfHead(project, branch, live, commit),
                () => Nothing($"nothing: the repository has no {branch.Reference}")
            ),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    private static InboxVerdict Ended(Branch branch, Option<DesiredBranch> live, string how) =>
        live.IsNone
            ? Nothing($"nothing: {branch} was {how} and is not deployed")
            : new InboxVerdict(
                new BranchIntent.Remove(branch, $"the pull request was {how}"),
                $"remove {branch}: it was {how}"
            );
}
