using Kennel.Core.Domain;
using Kennel.Core.Forge;
using Kennel.Core.Lifecycle;
using Kennel.Core.Planning;

namespace Kennel.Shell.Store;

/// <summary>What people ask of the state database.</summary>
/// <param name="database">The database.</param>
/// <param name="settings">The host's configuration, given the database's mark.</param>
/// <param name="clock">Dates what people ask for.</param>
/// <param name="secrets">Makes the secrets of webhooks.</param>
public sealed class IntentStore(
    Database database,
    Func<InstanceId, Settings> settings,
    TimeProvider clock,
    Option<SecretFiles> secrets = default
) : IIntents
{
    private readonly Settings settings = settings(database.Instance);

    /// <inheritdoc/>
    public Task<Either<Refusal, ProjectRow>> AddProject(NewProject project, CancellationToken cancellation) =>
        CloneUrl
            .Parse("clone URL", project.CloneUrl)
            .Match(
                Succ: _ => Change(session => Registration.Add(session, settings, project, Now, secrets), cancellation),
                Fail: problems =>
                    Task.FromResult(
                        Left<Refusal, ProjectRow>(
                            new Refusal("bad-clone-url", string.Join("; ", problems), "Give another URL.")
                        )
                    )
            );

    /// <inheritdoc/>
    public Task<Either<Refusal, ProjectRow>> RemoveProject(
        ProjectName project,
        string reason,
        CancellationToken cancellation
    ) =>
        Change(
            session =>
                IntentRows
                    .Project(session, project)
                    .Map(found => Registration.Remove(session, found.Project, reason, Now, secrets)),
            cancellation
        );

    /// <inheritdoc/>
    public Task<Either<Refusal, ProjectRow>> SetPeriods(
        ProjectName project,
        PeriodChange change,
        CancellationToken cancellation
    ) =>
        Change(
            session =>
                IntentRows.Project(session, project).Map(found => PeriodIntents.Set(session, found.Project, change)),
            cancellation
        );

    /// <inheritdoc/>
    public Task<Either<Refusal, BuildRow>> Deploy(
        ProjectName project,
        Branch branch,
        Option<CommitId> commit,
        CancellationToken cancellation
    ) =>
        Change(
            session =>
                from found in IntentRows.Project(session, project)
                from unlocked in LockRecords.Unlocked(session, found.Project)
                from trusted in Trusted(session, found.Project, branch)
                from live in found.IsRemoved
                    ? Left<Refusal, long>(IntentRows.BeingRemoved(project))
                    : Right<Refusal, long>(BranchIntents.LiveOrNew(session, found.Project.Id, branch, Now))
                select BranchIntents.Queue(session, live, commit, Now),
            cancellation
        );

    /// <inheritdoc/>
    public Task<Either<Refusal, BuildRow>> Cancel(BuildId build, string who, CancellationToken cancellation) =>
        Change(session => BranchIntents.Cancel(session, build, who, Now), cancellation);

    /// <inheritdoc/>
    public Task<Either<Refusal, LanguageExt.Unit>> RemoveBranch(
        ProjectName project,
        Branch branch,
        string reason,
        CancellationToken cancellation
    ) =>
        Change(
            session =>
                from found in IntentRows.Project(session, project)
                from removed in BranchIntents.Remove(session, found.Project, branch, reason, Now)
                select removed,
            cancellation
        );

    /// <inheritdoc/>
    public Task<Either<Refusal, RestRow>> Wake(ProjectName project, Branch branch, CancellationToken cancellation) =>
        Change(
            session =>
                from found in IntentRows.Project(session, project)
                from rest in RestIntents.WakeByHand(session, found.Project, branch, Now)
                select rest,
            cancellation
        );

    /// <inheritdoc/>
    public Task<Either<Refusal, RestRow>> Hibernate(
        ProjectName project,
        Branch branch,
        CancellationToken cancellation
    ) =>
        Change(
            session =>
                from found in IntentRows.Project(session, project)
                from rest in RestIntents.Hibernate(session, found.Project, branch, Now)
                select rest,
            cancellation
        );

    /// <inheritdoc/>
    public Task<Either<Refusal, Option<WokenBranch>>> WakeHost(HostName host, CancellationToken cancellation) =>
        Change(session => Right<Refusal, Option<WokenBranch>>(RestIntents.WakeHost(session, host, Now)), cancellation);

    /// <inheritdoc/>
    public Task<Option<ProjectRow>> Project(ProjectName project, CancellationToken cancellation) =>
        database.Read(
            session => IntentRows.Project(session, project).ToOption().Map(found => found.Project),
            cancellation
        );

    /// <inheritdoc/>
    public Task<Seq<ProjectRow>> Projects(CancellationToken cancellation) =>
        database.Read(IntentRows.Projects, cancellation);

    /// <inheritdoc/>
    public Task<Seq<BuildRow>> Builds(Option<ProjectName> project, int countMax, CancellationToken cancellation) =>
        database.Read(session => IntentRows.Builds(session, project, countMax), cancellation);

    /// <inheritdoc/>
    public Task<Either<Refusal, Unit>> GiveUp(Seq<string> orphans, CancellationToken cancellation) =>
        Change(
            session =>
            {
                GivenUpRecords.Add(session, orphans, Now);
                return Right<Refusal, Unit>(unit);
            },
            cancellation
        );

    /// <inheritdoc/>
    public Task<Option<BuildRow>> Build(BuildId build, CancellationToken cancellation) =>
        database.Read(session => IntentRows.Build(session, build), cancellation);

    /// <inheritdoc/>
    public Task<Seq<HistoryRow>> History(BranchId branch, int countMax, CancellationToken cancellation) =>
        database.Read(session => IntentRows.History(session, branch, countMax), cancellation);

    /// <inheritdoc/>
    public Task<Seq<EvidenceRow>> Evidence(BranchId branch, CancellationToken cancellation) =>
        database.Read(session => IntentRows.Evidence(session, branch), cancellation);

    /// <inheritdoc/>
    public Task<Seq<DeliveryRow>> Deliveries(
        Option<ProjectName> project,
        int countMax,
        CancellationToken cancellation
    ) => database.Read(session => DeliveryRows.Read(session, project, None, countMax), cancellation);

    /// <inheritdoc/>
    public Task<Seq<DeliveryRow>> Deliveries(
        ProjectName project,
        Branch branch,
        int countMax,
        CancellationToken cancellation
    ) => database.Read(session => DeliveryRows.Read(session, project, branch, countMax), cancellation);

    /// <inheritdoc/>
    public Task<Option<PullRequest>> PullRequest(ProjectName project, int number, CancellationToken cancellation) =>
        database.Read(
            session =>
                IntentRows
                    .Project(session, project)
                    .ToOption()
                    .Bind(found => InboxReader.PullRequest(session, found.Project.Id, number)),
            cancellation
        );

    private static Either<Refusal, LanguageExt.Unit> Trusted(Session session, ProjectRow project, Branch branch) =>
        branch is Branch.PullRequest it
            ? PullRequestRule
                .WhyNotDeployed(InboxReader.PullRequest(session, project.Id, it.Number))
                .Match<Either<Refusal, LanguageExt.Unit>>(
                    why => new Refusal(
                        "pull-request-refused",
                        $"{project.Name}/{branch} is not deployed: {why}.",
                        "Push its commits to a branch of this repository, once somebody has read them."
                    ),
                    () => unit
                )
            : unit;

    private DateTimeOffset Now => clock.GetUtcNow();

    private Task<Either<Refusal, T>> Change<T>(
        Func<Session, Either<Refusal, T>> change,
        CancellationToken cancellation
    ) => database.Change(change, cancellation);
}
