using Kennel.Core.Domain;

namespace Kennel.Shell.Store;

/// <summary>What people ask about the databases of branches.</summary>
public interface IDatabaseIntents
{
    /// <summary>The database of a branch.</summary>
    Task<Either<Refusal, DatabaseRow>> Database(ProjectName project, Branch branch, CancellationToken cancellation);

    /// <summary>
    /// Has a branch's database dropped and made anew, and its releases redeployed on the new one: one transaction. What
    /// serves goes on meanwhile.
    /// </summary>
    Task<Either<Refusal, DatabaseRow>> ResetDatabase(
        ProjectName project,
        Branch branch,
        CancellationToken cancellation
    );
}

/// <summary>The database of a branch.</summary>
/// <param name="Project">The project.</param>
/// <param name="Branch">The branch.</param>
/// <param name="Environment">What it is for.</param>
/// <param name="Database">Its name.</param>
/// <param name="Role">Its owner.</param>
/// <param name="State">How far it is.</param>
public sealed record DatabaseRow(
    ProjectName Project,
    Branch Branch,
    DeployEnvironment Environment,
    DatabaseName Database,
    RoleName Role,
    ResourceState State
);
