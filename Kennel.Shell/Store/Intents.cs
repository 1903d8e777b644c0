using Kennel.Core.Domain;
using Kennel.Core.Planning;

namespace Kennel.Shell.Store;

/// <summary>What people ask of the state database: each change is one transaction, each question one read.</summary>
public interface IIntents
{
    /// <summary>Registers a repository and claims the names of its default branch.</summary>
    Task<Either<Refusal, ProjectRow>> AddProject(NewProject project, CancellationToken cancellation);

    /// <summary>Marks every branch of a project for removal; the project's row goes when the last one is gone.</summary>
    Task<Either<Refusal, ProjectRow>> RemoveProject(ProjectName project, string reason, CancellationToken cancellation);

    /// <summary>All registered repositories, by name.</summary>
    Task<Seq<ProjectRow>> Projects(CancellationToken cancellation);

    /// <summary>Queues a build. A queued build of the same branch is replaced (cancelled, superseded).</summary>
    Task<Either<Refusal, BuildRow>> Deploy(
        ProjectName project,
        Branch branch,
        Option<CommitId> commit,
        CancellationToken cancellation
    );

    /// <summary>Marks a branch for removal.</summary>
    Task<Either<Refusal, Unit>> RemoveBranch(
        ProjectName project,
        Branch branch,
        string reason,
        CancellationToken cancellation
    );

    /// <summary>Builds, newest first, of one project or of all.</summary>
    Task<Seq<BuildRow>> Builds(Option<ProjectName> project, int countMax, CancellationToken cancellation);

    /// <summary>One build.</summary>
    Task<Option<BuildRow>> Build(BuildId build, CancellationToken cancellation);

    /// <summary>What was done for a branch and how it ended, newest first.</summary>
    Task<Seq<HistoryRow>> History(BranchId branch, int countMax, CancellationToken cancellation);

    /// <summary>The lines that were kept when a release was rejected or a serving unit crashed, newest first.</summary>
    Task<Seq<EvidenceRow>> Evidence(BranchId branch, CancellationToken cancellation);
}

/// <summary>A request that cannot be granted, in a person's words.</summary>
/// <param name="Code">A stable word: <c>unknown-project</c>, <c>project-exists</c>, <c>unknown-branch</c>, <c>being-removed</c>…</param>
/// <param name="What">What is wrong.</param>
/// <param name="Remedy">What to do.</param>
public sealed record Refusal(string Code, string What, string Remedy);

/// <summary>A repository to register.</summary>
public sealed record NewProject(ProjectName Name, Option<string> Owner, string CloneUrl, BranchName DefaultBranch);

/// <summary>A registered repository.</summary>
public sealed record ProjectRow(
    ProjectId Id,
    ProjectName Name,
    Option<string> Owner,
    string CloneUrl,
    BranchName DefaultBranch,
    DateTimeOffset CreatedAt
);

/// <summary>A build with all that people want to know of it.</summary>
public sealed record BuildRow(
    BuildId Id,
    ProjectName Project,
    Branch Branch,
    BuildState State,
    Option<CommitId> Commit,
    Option<CauseRecord> Cause,
    DateTimeOffset QueuedAt,
    Option<DateTimeOffset> StartedAt,
    Option<DateTimeOffset> EndedAt
);

/// <summary>One line of a branch's history.</summary>
public sealed record HistoryRow(
    string What,
    string Why,
    string Outcome,
    Option<string> Error,
    int Attempts,
    DateTimeOffset FirstAt,
    DateTimeOffset LastAt
);

/// <summary>Log lines kept as evidence.</summary>
public sealed record EvidenceRow(UnitName Unit, CauseRecord Cause, DateTimeOffset At, Seq<string> Lines);
