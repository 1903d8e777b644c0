using Kennel.Core.Domain;
using Kennel.Core.Lifecycle;
using Kennel.Core.Planning;
using Kennel.Core.Secrets;

namespace Kennel.Shell.Store;

/// <summary>The history of branches: roll back, unpin, redeploy, restart.</summary>
/// <param name="database">The database.</param>
/// <param name="settings">The host's configuration, given the database's mark.</param>
/// <param name="targets">What a build is turned into.</param>
/// <param name="clock">Dates what people ask for.</param>
/// <param name="secrets">Reads what a redeploy gives its releases.</param>
public sealed class HistoryStore(
    Database database,
    Func<InstanceId, Settings> settings,
    Func<TargetInput, Either<Cause, TargetChange>> targets,
    TimeProvider clock,
    ReadSecrets? secrets = null
) : IHistory
{
    private readonly Settings settings = settings(database.Instance);
    private readonly ReadSecrets readSecrets = secrets ?? FreshSecrets.WithoutStore;

    // Two connections, and each has its turns: the readers remember what never changes.
    private readonly DesiredReader reader = new();
    private readonly DesiredReader readerInChange = new();

    /// <inheritdoc/>
    public Task<Either<Refusal, BranchHistory>> Releases(
        ProjectName project,
        Branch branch,
        CancellationToken cancellation
    ) =>
        database.Read(
            session =>
                from found in IntentRows.Project(session, project)
                from history in HistoryOf(session, reader, found.Project, branch)
                select history,
            cancellation
        );

    /// <inheritdoc/>
    public Task<Either<Refusal, AimedRow>> RollBack(
        ProjectName project,
        Branch branch,
        Option<BuildId> build,
        CancellationToken cancellation
    ) =>
        database.Change(
            session =>
                from history in Changeable(session, project, branch)
                from past in history.RollBackTo(build).MapLeft(Refused)
                select RollBack(session, history.Branch, past),
            cancellation
        );

    /// <inheritdoc/>
    public Task<Either<Refusal, AimedRow>> Unpin(ProjectName project, Branch branch, CancellationToken cancellation) =>
        database.Change(
            session =>
                from history in Changeable(session, project, branch)
                from newest in history.Branch.Life.Pin.IsSome
                    ? history.Newest.ToEither(() => NothingThere(history.Branch))
                    : Left<Refusal, PastBuild>(NotPinned(history.Branch))
                select Unpin(session, history.Branch, newest),
            cancellation
        );

    /// <inheritdoc/>
    public async Task<Either<Refusal, BuildRow>> Repeat(
        ProjectName project,
        Branch branch,
        RepeatKind kind,
        CancellationToken cancellation
    )
    {
        var read =
            kind == RepeatKind.Redeploy
                ? await Fresh(project, branch, cancellation)
                : Right<Refusal, Option<ReleaseSecrets>>(None);
        return await read.BindAsync(secrets =>
            database.Change(
                session =>
                    from history in Changeable(session, project, branch)
                    from source in RepeatRecords.Source(history, kind)
                    from build in RepeatRecords.Repeat(
                        session,
                        new RepeatInput(settings, history.Branch, source, kind, clock.GetUtcNow()) { Fresh = secrets },
                        targets
                    )
                    select build,
                cancellation
            )
        );
    }

    private async Task<Either<Refusal, Option<ReleaseSecrets>>> Fresh(
        ProjectName project,
        Branch branch,
        CancellationToken cancellation
    )
    {
        var wanted = await database.Read(
            session =>
                from found in IntentRows.Project(session, project)
                from history in HistoryOf(session, reader, found.Project, branch)
                from source in RepeatRecords.Source(history, RepeatKind.Redeploy)
                from result in RepeatRecords.Result(session, history.Branch, source.Build.Id)
                from plan in FreshSecrets.Plan(settings, history.Branch, result)
                select (history.Branch, plan),
            cancellation
        );
        return await wanted.BindAsync(it => FreshSecrets.Read(it, readSecrets, cancellation));
    }

    private AimedRow RollBack(Session session, DesiredBranch branch, PastBuild past)
    {
        TargetRecords.SetPin(session, branch.Id, past.Build.Id);
        TargetRecords.Aim(session, branch.Id, past.Build.Id, clock.GetUtcNow());
        return Row(branch, past);
    }

    private AimedRow Unpin(Session session, DesiredBranch branch, PastBuild newest)
    {
        TargetRecords.SetPin(session, branch.Id, None);
        TargetRecords.Aim(session, branch.Id, newest.Build.Id, clock.GetUtcNow());
        TargetRecords.SupersedeAll(session, branch.Id, newest.Build.Id, clock.GetUtcNow());
        return Row(branch, newest);
    }

    private static AimedRow Row(DesiredBranch branch, PastBuild past) =>
        new(branch.Project.Name, branch.Branch, past.Build.Id, past.Build.Commit);

    private Either<Refusal, BranchHistory> Changeable(Session session, ProjectName project, Branch branch) =>
        from found in IntentRows.Project(session, project)
        from unlocked in LockRecords.Unlocked(session, found.Project)
        from history in HistoryOf(session, readerInChange, found.Project, branch)
        select history;

    private Either<Refusal, BranchHistory> HistoryOf(
        Session session,
        DesiredReader from,
        ProjectRow project,
        Branch branch
    )
    {
        var desired = from.Read(session, settings);
        return desired
            .Branches.Find(one => one.Project.Id == project.Id && one.Branch == branch && one.Removed.IsNone)
            .Map(found =>
                BranchHistory.Of(settings, found, RepeatRecords.Builds(session, found.Id), desired.WaitingBuilds)
            )
            .ToEither(() => BranchIntents.NotDeployed(project, branch));
    }

    private static Refusal Refused(Hindrance hindrance) => new(hindrance.Code, hindrance.What, hindrance.Remedy);

    private static Refusal NotPinned(DesiredBranch branch) =>
        new(
            "not-pinned",
            $"{branch.Title} is not pinned; what is built is deployed.",
            $"See what serves: kennel releases {branch.Title}"
        );

    private static Refusal NothingThere(DesiredBranch branch) =>
        new(
            "nothing-before",
            $"No release of {branch.Title} is left.",
            $"Deploy it: kennel deploy {branch.Project.Name} {branch.Branch}"
        );
}
