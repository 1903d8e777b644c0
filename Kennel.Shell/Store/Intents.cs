using Kennel.Core.Domain;
using Kennel.Core.Forge;
using Kennel.Core.Lifecycle;
using Kennel.Core.Planning;

namespace Kennel.Shell.Store;

/// <summary>What people ask of the state database: each change is one transaction, each question one read.</summary>
public interface IIntents
{
    /// <summary>Registers a repository and claims the names of its default branch.</summary>
    Task<Either<Refusal, ProjectRow>> AddProject(NewProject project, CancellationToken cancellation);

    /// <summary>Marks every branch of a project for removal; the project's row goes when the last one is gone.</summary>
    Task<Either<Refusal, ProjectRow>> RemoveProject(ProjectName project, string reason, CancellationToken cancellation);

    /// <summary>Changes after how long branches of a project that nobody uses expire.</summary>
    Task<Either<Refusal, ProjectRow>> SetPeriods(
        ProjectName project,
        PeriodChange change,
        CancellationToken cancellation
    );

    /// <summary>One registered repository.</summary>
    Task<Option<ProjectRow>> Project(ProjectName project, CancellationToken cancellation);

    /// <summary>All registered repositories, by name.</summary>
    Task<Seq<ProjectRow>> Projects(CancellationToken cancellation);

    /// <summary>Queues a build. A queued build of the same branch is replaced (cancelled, superseded).</summary>
    Task<Either<Refusal, BuildRow>> Deploy(
        ProjectName project,
        Branch branch,
        Option<CommitId> commit,
        CancellationToken cancellation
    );

    /// <summary>Ends a queued build, or marks a running one so that it is stopped.</summary>
    /// <param name="build">The build.</param>
    /// <param name="who">Who asked for it, for people.</param>
    /// <param name="cancellation">Ends the wait.</param>
    Task<Either<Refusal, BuildRow>> Cancel(BuildId build, string who, CancellationToken cancellation);

    /// <summary>Marks a branch for removal.</summary>
    Task<Either<Refusal, Unit>> RemoveBranch(
        ProjectName project,
        Branch branch,
        string reason,
        CancellationToken cancellation
    );

    /// <summary>Gives up orphans, by the names that plans call them.</summary>
    Task<Either<Refusal, Unit>> GiveUp(Seq<string> orphans, CancellationToken cancellation);

    /// <summary>Wakes a branch that hibernates; one that does not stays as it is.</summary>
    Task<Either<Refusal, RestRow>> Wake(ProjectName project, Branch branch, CancellationToken cancellation);

    /// <summary>Lets a branch hibernate, whichever it is, until a request, a push or a person wakes it.</summary>
    Task<Either<Refusal, RestRow>> Hibernate(ProjectName project, Branch branch, CancellationToken cancellation);

    /// <summary>Which branch a host name leads to, and that it is woken if it hibernates; none where it leads to none.</summary>
    Task<Either<Refusal, Option<WokenBranch>>> WakeHost(HostName host, CancellationToken cancellation);

    /// <summary>Builds, newest first, of one project or of all.</summary>
    Task<Seq<BuildRow>> Builds(Option<ProjectName> project, int countMax, CancellationToken cancellation);

    /// <summary>One build.</summary>
    Task<Option<BuildRow>> Build(BuildId build, CancellationToken cancellation);

    /// <summary>What was done for a branch and how it ended, newest first.</summary>
    Task<Seq<HistoryRow>> History(BranchId branch, int countMax, CancellationToken cancellation);

    /// <summary>The lines that were kept when a release was rejected or a serving unit crashed, newest first.</summary>
    Task<Seq<EvidenceRow>> Evidence(BranchId branch, CancellationToken cancellation);

    /// <summary>What the forge delivered, newest first, of one project or of all.</summary>
    Task<Seq<DeliveryRow>> Deliveries(Option<ProjectName> project, int countMax, CancellationToken cancellation);

    /// <summary>What the forge delivered about one branch or pull request, newest first.</summary>
    Task<Seq<DeliveryRow>> Deliveries(ProjectName project, Branch branch, int countMax, CancellationToken cancellation);

    /// <summary>A pull request as the forge last described it.</summary>
    Task<Option<PullRequest>> PullRequest(ProjectName project, int number, CancellationToken cancellation);
}

/// <summary>A request that cannot be granted, in a person's words.</summary>
/// <param name="Code">A stable word: <c>unknown-project</c>, <c>project-exists</c>, <c>unknown-branch</c>, <c>being-removed</c>…</param>
/// <param name="What">What is wrong.</param>
/// <param name="Remedy">What to do.</param>
public sealed record Refusal(string Code, string What, string Remedy);

/// <summary>A repository to register.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Owner">Its owner in the forge.</param>
/// <param name="CloneUrl">Where it is fetched from.</param>
/// <param name="DefaultBranch">The branch that is production.</param>
public sealed record NewProject(ProjectName Name, Option<string> Owner, string CloneUrl, BranchName DefaultBranch)
{
    /// <summary>The environments it is deployed to; all where none are named.</summary>
    public Option<Set<DeployEnvironment>> Environments { get; init; }

    /// <summary>The file with the secret of its webhook, where it is to have one of its own.</summary>
    public Option<string> SecretFile { get; init; }

    /// <summary>Whether it gets a secret of its own that Kennel makes.</summary>
    public bool NeedsSecret { get; init; }

    /// <summary>What it is called in the secret store, where that is not its name.</summary>
    public Option<ProjectName> SecretsProject { get; init; }

    /// <summary>The periods after which its branches expire, where it says something about them.</summary>
    public PeriodChange Periods { get; init; } = PeriodChange.Nothing;
}

/// <summary>A registered repository.</summary>
/// <param name="Id">The store's number.</param>
/// <param name="Name">Its name.</param>
/// <param name="Owner">Its owner in the forge.</param>
/// <param name="CloneUrl">Where it is fetched from.</param>
/// <param name="DefaultBranch">The branch that is production.</param>
/// <param name="CreatedAt">When it was registered.</param>
/// <param name="Environments">The environments it is deployed to.</param>
/// <param name="RepositoryId">The forge's number, once a delivery told it.</param>
/// <param name="SecretFile">The file with the secret of its webhook, where it has one of its own.</param>
public sealed record ProjectRow(
    ProjectId Id,
    ProjectName Name,
    Option<string> Owner,
    string CloneUrl,
    BranchName DefaultBranch,
    DateTimeOffset CreatedAt,
    Set<DeployEnvironment> Environments,
    Option<long> RepositoryId,
    Option<string> SecretFile
)
{
    /// <summary>After how long without activity its branches hibernate, where it says so itself; zero for never.</summary>
    public Option<TimeSpan> HibernateAfter { get; init; }

    /// <summary>After how long they are removed, where it says so itself; zero for never.</summary>
    public Option<TimeSpan> RemoveAfter { get; init; }

    /// <summary>What it is called in the secret store, where that is not its name.</summary>
    public Option<ProjectName> SecretsProject { get; init; }
}

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
)
{
    /// <summary>The build that it brings anew, if it does.</summary>
    public Option<Repeat> Repeats { get; init; }

    /// <summary>The build that its branch is pinned to.</summary>
    public Option<BuildId> Pin { get; init; }
}

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

/// <summary>What the forge delivered once.</summary>
/// <param name="Id">The store's number: the order of arrival.</param>
/// <param name="Event">The event's name.</param>
/// <param name="Project">The project it is about, while it is registered.</param>
/// <param name="Branch">The branch or pull request it is about.</param>
/// <param name="ReceivedAt">When it arrived.</param>
/// <param name="Meaning">What it led to, once it was handled.</param>
public sealed record DeliveryRow(
    DeliveryId Id,
    string Event,
    Option<ProjectName> Project,
    Option<Branch> Branch,
    DateTimeOffset ReceivedAt,
    Option<string> Meaning
);
