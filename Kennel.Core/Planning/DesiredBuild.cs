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
/// <param name="RequestedCommit">The commit that a person asked for; the head of the reference where none was.</param>
/// <param name="AnnouncedCommit">The head that was seen when the forge's delivery led to it; none where a person asked.</param>
/// <param name="Commit">The commit that is built, once known.</param>
/// <param name="State">How far it is.</param>
/// <param name="Starts">How often its unit was started.</param>
/// <param name="StartedAt">When its unit was started last.</param>
/// <param name="BranchRemoved">Whether its branch is being removed.</param>
/// <param name="CancelledBy">Who asked for it to be cancelled, if anybody did.</param>
/// <param name="Twin">A build of the same commit for another branch that has ended; asked for queued builds only.</param>
public sealed record DesiredBuild(
    BuildId Id,
    BranchId Branch,
    DesiredProject Project,
    Branch Reference,
    Option<CommitId> RequestedCommit,
    Option<CommitId> AnnouncedCommit,
    Option<CommitId> Commit,
    BuildState State,
    int Starts,
    Option<DateTimeOffset> StartedAt,
    bool BranchRemoved,
    Option<string> CancelledBy,
    Option<Twin> Twin
)
{
    /// <summary>Whom its steps are for.</summary>
    public Subject Subject => new Subject.OfBuild(Id, Branch, Title);

    /// <summary>What people call its branch: <c>project/branch</c>.</summary>
    public string Title => $"{Project.Name}/{Reference}";
}

/// <summary>A build of the same commit of the same project, whose result holds for this one as well.</summary>
/// <param name="Build">That build.</param>
/// <param name="Result">What it built; or the cause for which it failed while this one waited.</param>
public sealed record Twin(BuildId Build, Either<CauseRecord, BuildResult.Built> Result);
