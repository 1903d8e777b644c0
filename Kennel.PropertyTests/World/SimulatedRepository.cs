using Kennel.Core.Domain;

namespace Kennel.PropertyTests.World;

/// <summary>One repository of the simulated forge: what git itself would answer, and the pull requests beside it.</summary>
public sealed class SimulatedRepository(ProjectName name, long id)
{
    public const string DefaultBranch = "main";

    public ProjectName Name { get; } = name;

    public long Id { get; } = id;

    public string CloneUrl => $"/srv/{Name}.git";

    /// <summary>The commit of every reference.</summary>
    public Map<string, CommitId> Heads { get; private set; }

    /// <summary>Every commit that a reference ever pointed at, oldest first.</summary>
    public Map<string, Seq<CommitId>> Past { get; private set; }

    public Map<int, SimulatedPullRequest> PullRequests { get; set; }

    /// <summary>Where a branch's code is.</summary>
    public static string Reference(string branch) => $"refs/heads/{branch}";

    /// <summary>Where a pull request's code is.</summary>
    public static string Reference(int pullRequest) => new Branch.PullRequest(pullRequest).Reference;

    public Option<CommitId> Head(string branch) => Heads.Find(Reference(branch));

    public void Set(string reference, CommitId commit)
    {
        Heads = Heads.AddOrUpdate(reference, commit);
        Past = Past.AddOrUpdate(reference, past => past.Add(commit), () => Seq1(commit));
    }

    public void Remove(string reference) => Heads = Heads.Remove(reference);

    /// <summary>What is to be deployed: the head of every branch and of every open pull request.</summary>
    public Map<string, CommitId> Deployable =>
        Heads.Filter(
            (reference, _) =>
                reference.StartsWith("refs/heads/", StringComparison.Ordinal)
                || PullRequests.Values.Any(one => one.IsOpen && Reference(one.Number) == reference)
        );
}

/// <summary>A pull request of the simulated forge.</summary>
public sealed record SimulatedPullRequest(
    int Number,
    string Branch,
    bool IsOpen,
    bool IsMerged,
    DateTimeOffset UpdatedAt
);
