using Kennel.Core.Domain;
using Kennel.Core.Forge;

namespace Kennel.Core.Planning;

/// <summary>What deliveries mean for one branch or pull request.</summary>
/// <param name="Intent">What is to happen, if anything is.</param>
/// <param name="Meaning">The same for people.</param>
public sealed record InboxVerdict(Option<BranchIntent> Intent, string Meaning)
{
    /// <summary>The head that was seen and counts as known from now on.</summary>
    public Option<CommitId> Head { get; private init; }

    /// <summary>Nothing is to happen.</summary>
    public static InboxVerdict Nothing(string meaning) => new(None, meaning);

    /// <summary>The repository has it, at this commit.</summary>
    /// <param name="project">The project.</param>
    /// <param name="branch">The branch or pull request.</param>
    /// <param name="live">Its row, where it has one.</param>
    /// <param name="known">The head that the forge's word led to before.</param>
    /// <param name="head">Its head now.</param>
    public static InboxVerdict OfHead(
        DesiredProject project,
        Branch branch,
        Option<DesiredBranch> live,
        Option<CommitId> known,
        CommitId head
    )
    {
        var environment = DeployEnvironments.Of(branch, project.DefaultBranch);
        if (!project.Environments.Contains(environment))
            return Nothing($"nothing: {project.Name} is not deployed to {environment.Word()}");
        var newest = live.Bind(one => one.Newest);
        var verdict =
            newest == Some(head) ? Nothing($"nothing: the newest build of {branch} is of {head.Short}")
            : known != Some(head)
                ? new InboxVerdict(new BranchIntent.Deploy(branch, head), $"deploy {head.Short} to {branch}")
            : live.IsSome
                ? Nothing($"nothing: {head.Short} was deployed to {branch} before another commit was asked for")
            : Nothing($"nothing: {branch} was removed when {head.Short} was its head");
        return verdict with { Head = head };
    }

    /// <summary>
    /// The repository does not have it. A branch goes only when the forge said that it was deleted; the default branch
    /// is production and goes only when a person says so.
    /// </summary>
    public static InboxVerdict OfAbsence(
        DesiredProject project,
        BranchName branch,
        Option<DesiredBranch> live,
        Option<CommitId> known,
        bool isDeleted
    )
    {
        if (!isDeleted)
            return Nothing($"nothing: the repository has no branch {branch} any more");
        if (branch == project.DefaultBranch)
            return Nothing(
                $"nothing: {branch} is the default branch; remove it with kennel remove {project.Name} {branch}"
            );
        return Removal(new Branch.Git(branch), live, known, "deleted", "the branch was deleted");
    }

    /// <summary>A pull request stands like this now.</summary>
    public static InboxVerdict OfPullRequest(
        DesiredProject project,
        PullRequest pullRequest,
        Option<DesiredBranch> live,
        Option<CommitId> known,
        Option<CommitId> head
    )
    {
        var branch = new Branch.PullRequest(pullRequest.Number);
        return pullRequest switch
        {
            { State: PullRequestState.Merged } => Removal(branch, live, known, "merged", "the pull request was merged"),
            { State: PullRequestState.Closed } => Removal(branch, live, known, "closed", "the pull request was closed"),
            { State: PullRequestState.Open, Stranger.IsSome: true } => Nothing(
                $"refused: {pullRequest.Stranger.IfNone("")}"
            ),
            { State: PullRequestState.Open } => head.Match(
                commit => OfHead(project, branch, live, known, commit),
                () => Nothing($"nothing: the repository has no {branch.Reference}")
            ),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    // What is known of a head goes with it, so that one that comes back is news.
    private static InboxVerdict Removal(
        Branch branch,
        Option<DesiredBranch> live,
        Option<CommitId> known,
        string how,
        string reason
    ) =>
        new(
            live.IsSome || known.IsSome ? new BranchIntent.Remove(branch, reason) : Option<BranchIntent>.None,
            live.IsSome ? $"remove {branch}: it was {how}" : $"nothing: {branch} was {how} and is not deployed"
        );
}
