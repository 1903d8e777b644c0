using Kennel.Core.Domain;

namespace Kennel.Core.Forge;

/// <summary>What one delivery of the forge says, once its signature was found good.</summary>
/// <param name="Repository">The repository it is about.</param>
/// <param name="News">What happened there.</param>
public sealed record ForgeMessage(ForgeRepository Repository, News News);

/// <summary>A repository as a delivery describes it.</summary>
/// <param name="Id">The forge's number: it stays when the repository is renamed or moved to another owner.</param>
/// <param name="Owner">The login of its owner.</param>
/// <param name="Name">Its name.</param>
/// <param name="CloneUrl">Where it says it can be cloned from.</param>
/// <param name="DefaultBranch">Its default branch, where the delivery names one.</param>
public sealed record ForgeRepository(
    long Id,
    string Owner,
    string Name,
    string CloneUrl,
    Option<BranchName> DefaultBranch
)
{
    /// <summary>Where it says it can be cloned from over ssh, where it does.</summary>
    public Option<string> SshUrl { get; init; }

    /// <summary>The places that its clone URLs mean.</summary>
    public Seq<RepositoryLocation> Locations =>
        Joined(Seq1(CloneUrl), SshUrl.ToSeq()).Map(RepositoryLocation.Of).Somes().Strict();

    /// <summary>How people call it: <c>owner/name</c>.</summary>
    public string FullName => $"{Owner}/{Name}";
}

/// <summary>
/// What happened in a repository, as far as Kennel minds. It names a reference to look at and no more: what is there
/// is for the repository to tell.
/// </summary>
public abstract record News
{
    private News() { }

    /// <summary>A branch came, changed or went.</summary>
    /// <param name="Branch">The branch.</param>
    /// <param name="Commit">The commit it was said to point at; none for a deletion.</param>
    /// <param name="IsDeletion">Whether it was said to be gone.</param>
    public sealed record OfBranch(BranchName Branch, Option<CommitId> Commit, bool IsDeletion) : News;

    /// <summary>A pull request was opened, pushed to, changed, closed or opened again.</summary>
    /// <param name="PullRequest">How it stood then.</param>
    /// <param name="IsReopening">Whether it was opened again just then.</param>
    public sealed record OfPullRequest(PullRequest PullRequest, bool IsReopening) : News;

    /// <summary>Nothing that concerns Kennel.</summary>
    /// <param name="Why">What it was, for people.</param>
    public sealed record Nothing(string Why) : News;

    /// <summary>The branch or pull request it is about, where it is about one.</summary>
    public Option<Branch> Subject =>
        this switch
        {
            OfBranch it => new Branch.Git(it.Branch),
            OfPullRequest it => new Branch.PullRequest(it.PullRequest.Number),
            Nothing => None,
            _ => throw new System.Diagnostics.UnreachableException(),
        };
}
