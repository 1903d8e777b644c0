using Kennel.Core.Domain;

namespace Kennel.Shell.Store;

/// <summary>Marks that people set on projects and branches: locked, in maintenance, kept. Each change is one transaction.</summary>
public interface IMarks
{
    /// <summary>Freezes a project. One that is locked already gets the new reason.</summary>
    Task<Either<Refusal, LockRow>> Lock(ProjectName project, string reason, CancellationToken cancellation);

    /// <summary>Unlocks a project; one that is not locked stays so.</summary>
    Task<Either<Refusal, LockRow>> Unlock(ProjectName project, CancellationToken cancellation);

    /// <summary>Shows a page instead of a branch, or no more.</summary>
    /// <param name="project">The project.</param>
    /// <param name="branch">The branch.</param>
    /// <param name="isOn">Whether the page is shown.</param>
    /// <param name="message">What the page says besides.</param>
    /// <param name="cancellation">Ends the wait.</param>
    Task<Either<Refusal, MarkRow>> Maintenance(
        ProjectName project,
        Branch branch,
        bool isOn,
        Option<string> message,
        CancellationToken cancellation
    );

    /// <summary>Exempts a branch from expiry, or no more.</summary>
    Task<Either<Refusal, MarkRow>> Keep(
        ProjectName project,
        Branch branch,
        bool isKept,
        CancellationToken cancellation
    );
}

/// <summary>Whether, and why, a project is locked.</summary>
public sealed record LockRow(ProjectName Project, Option<string> Reason);

/// <summary>The marks of a branch.</summary>
public sealed record MarkRow(
    ProjectName Project,
    Branch Branch,
    bool IsInMaintenance,
    Option<string> Message,
    bool IsKept
);
