using Kennel.Core.Domain;

namespace Kennel.Core.Planning;

/// <summary>How far a build is.</summary>
public enum BuildState
{
    /// <summary>Waits for its turn.</summary>
    Queued,

    /// <summary>Its commit is known and its unit was started.</summary>
    Building,

    /// <summary>Every component has its path, and the deployments aim at them.</summary>
    Built,

    /// <summary>All its components serve.</summary>
    Done,

    /// <summary>It ended with a cause.</summary>
    Failed,

    /// <summary>It was superseded or its branch went.</summary>
    Cancelled,
}

/// <summary>A build that is queued, building or built.</summary>
/// <param name="Id">The store's number.</param>
/// <param name="Branch">The branch it is for.</param>
/// <param name="Project">Its project.</param>
/// <param name="Reference">What it follows.</param>
/// <param name="RequestedCommit">The commit asked for; the head of the reference where none was.</param>
/// <param name="Commit">The commit that is built, once known.</param>
/// <param name="State">How far it is.</param>
/// <param name="Starts">How often its unit was started.</param>
/// <param name="StartedAt">When its unit was started last.</param>
/// <param name="BranchRemoved">Whether its branch is being removed.</param>
public sealed record DesiredBuild(
    BuildId Id,
    BranchId Branch,
    DesiredProject Project,
    Branch Reference,
    Option<CommitId> RequestedCommit,
    Option<CommitId> Commit,
    BuildState State,
    int Starts,
    Option<DateTimeOffset> StartedAt,
    bool BranchRemoved
);
