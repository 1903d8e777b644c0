using Kennel.Core.Domain;
using Kennel.Core.Lifecycle;

namespace Kennel.Shell.Store;

/// <summary>What people ask about the releases of a branch: each change is one transaction.</summary>
public interface IHistory
{
    /// <summary>The builds of a branch that became releases.</summary>
    Task<Either<Refusal, BranchHistory>> Releases(ProjectName project, Branch branch, CancellationToken cancellation);

    /// <summary>
    /// Pins a branch to an earlier build and aims at its releases as they are, or, where its secrets are others today, at
    /// new ones of the same paths; nothing is built.
    /// </summary>
    /// <param name="project">The project.</param>
    /// <param name="branch">The branch.</param>
    /// <param name="build">The build; the one that was good before what serves where none is named.</param>
    /// <param name="cancellation">Ends the wait.</param>
    Task<Either<Refusal, AimedRow>> RollBack(
        ProjectName project,
        Branch branch,
        Option<BuildId> build,
        CancellationToken cancellation
    );

    /// <summary>Gives a pin up and aims at the newest build.</summary>
    Task<Either<Refusal, AimedRow>> Unpin(ProjectName project, Branch branch, CancellationToken cancellation);

    /// <summary>Brings what a branch aims at, or what serves, anew: the same build as new releases.</summary>
    Task<Either<Refusal, BuildRow>> Repeat(
        ProjectName project,
        Branch branch,
        RepeatKind kind,
        CancellationToken cancellation
    );
}

/// <summary>What a branch aims at from now on.</summary>
/// <param name="Project">The project.</param>
/// <param name="Branch">The branch.</param>
/// <param name="Build">The build whose releases are to serve.</param>
/// <param name="Commit">Its commit.</param>
public sealed record AimedRow(ProjectName Project, Branch Branch, BuildId Build, CommitId Commit);
