namespace Kennel.Core.Forge;

/// <summary>A pull request as the forge last described it.</summary>
/// <param name="Number">Its number, from 1.</param>
/// <param name="State">Whether it is open.</param>
/// <param name="UpdatedAt">When the forge last changed it: what is older than that is no news.</param>
/// <param name="HeadReference">The name of its head: a branch, or <c>refs/pull/N/head</c> where that branch is gone.</param>
/// <param name="BaseReference">The name of the branch it is to be merged into.</param>
/// <param name="Stranger">
/// Why its code is not to be trusted, if it is not: it comes from another repository, from one that is gone, or from
/// somebody who may only read this one.
/// </param>
public sealed record PullRequest(
    int Number,
    PullRequestState State,
    DateTimeOffset UpdatedAt,
    string HeadReference,
    string BaseReference,
    Option<string> Stranger
);

/// <summary>Whether a pull request is open.</summary>
public enum PullRequestState
{
    /// <summary>It is open.</summary>
    Open,

    /// <summary>It was closed and not merged; it may be opened again.</summary>
    Closed,

    /// <summary>It was merged, which is final.</summary>
    Merged,
}

/// <summary>The words for it.</summary>
public static class PullRequestStates
{
    /// <summary>The word people and rows use: <c>open</c>, <c>closed</c>, <c>merged</c>.</summary>
    public static string Word(this PullRequestState state) =>
        state switch
        {
            PullRequestState.Open => "open",
            PullRequestState.Closed => "closed",
            PullRequestState.Merged => "merged",
            _ => throw new System.Diagnostics.UnreachableException(),
        };
}
