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
/// <param name="secrets">Reads what a redeploy or a roll back gives its releases.</param>
public sealed class HistoryStore(
    Database database,
    Func<InstanceId, Settings> settings,
    Func<TargetInput, Either<Cause, TargetChange>> targets,
    TimeProvider clock,
    ReadSecrets? secrets = null
) : IHistory, IDatabaseIntents
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
    public async Task<Either<Refusal, AimedRow>> RollBack(
        ProjectName project,
        Branch branch,
        Option<BuildId> build,
        CancellationToken cancellation
    )
    {
        Either<Refusal, PastBuild> Choose(BranchHistory history) => history.RollBackTo(build).MapLeft(Refused);
        var read = await Fresh((project, branch), Choose, isRollBack: true, cancellation);
        return await read.BindAsync(secrets =>
            database.Change(
                session =>
                    from history in Changeable(session, project, branch)
                    from past in Choose(history)
                    from row in RollBack(
                        session,
                        new RepeatInput(settings, history.Branch, past, RepeatKind.Redeploy, clock.GetUtcNow())
                        {
                            Fresh = secrets,
                            IsRollBack = true,
                        }
                    )
                    select row,
                cancellation
            )
        );
    }

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
                ? await Fresh(
                    (project, branch),
                    history => RepeatRecords.Source(history, kind),
                    isRollBack: false,
                    cancellation
                )
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

    // Nothing is changed before the store has answered: it may take its time, or be down.
    private async Task<Either<Refusal, Option<ReleaseSecrets>>> Fresh(
        (ProjectName Project, Branch Branch) of,
        Func<BranchHistory, Either<Refusal, PastBuild>> choose,
        bool isRollBack,
        CancellationToken cancellation
    )
    {
        var wanted = await database.Read(
            session =>
                from found in IntentRows.Project(session, of.Project)
                from history in HistoryOf(session, reader, found.Project, of.Branch)
                from source in choose(history)
                from result in RepeatRecords.Result(session, history.Branch, source.Build.Id)
                let command = RepeatInput.CommandOf(history.Branch, isRollBack)
                from plan in FreshSecrets.Plan(settings, history.Branch, result, command)
                select (Plan: plan, Command: command),
            cancellation
        );
        return await wanted.BindAsync(it => FreshSecrets.Read(it.Plan, it.Command, readSecrets, cancellation));
    }

    /// <inheritdoc/>
    public Task<Either<Refusal, DatabaseRow>> Database(
        ProjectName project,
        Branch branch,
        CancellationToken cancellation
    ) =>
        database.Read(
            session =>
                from found in IntentRows.Project(session, project)
                from history in HistoryOf(session, reader, found.Project, branch)
                from row in DatabaseIntentRows.Of(history.Branch)
                select row,
            cancellation
        );

    /// <inheritdoc/>
    public async Task<Either<Refusal, DatabaseRow>> ResetDatabase(
        ProjectName project,
        Branch branch,
        CancellationToken cancellation
    )
    {
        var read = await Fresh(
            (project, branch),
            history => RepeatRecords.Source(history, RepeatKind.Redeploy),
            isRollBack: false,
            cancellation
        );
        return await read.BindAsync(secrets =>
            database.Change(
                session =>
                    from history in Changeable(session, project, branch)
                    from row in DatabaseIntentRows.Of(history.Branch)
                    from leaving in DatabaseIntentRows.Leave(session, history.Branch, row)
                    from source in RepeatRecords.Source(history, RepeatKind.Redeploy)
                    from build in RepeatRecords.Repeat(
                        session,
                        new RepeatInput(settings, history.Branch, source, RepeatKind.Redeploy, clock.GetUtcNow())
                        {
                            Fresh = secrets,
                        },
                        targets
                    )
                    select Awake(session, history.Branch, leaving),
                cancellation
            )
        );
    }

    // What sleeps is not looked after, and its database would not come back until somebody opens a page.
    private DatabaseRow Awake(Session session, DesiredBranch branch, DatabaseRow row)
    {
        RestIntents.Wake(session, branch.Id.Value, clock.GetUtcNow());
        return row;
    }

    // What had today's secrets comes back as it was; what had others becomes releases of its own, which prove good first.
    private Either<Refusal, AimedRow> RollBack(Session session, RepeatInput input) =>
        FreshSecrets.Kept(input.Branch, input.Source.Build.Id) == input.Fresh
            ? Return(session, input)
            : RepeatRecords
                .Repeat(session, input, targets)
                .Map(row => new AimedRow(row.Project, row.Branch, row.Id, input.Source.Build.Commit));

    private static AimedRow Return(Session session, RepeatInput input)
    {
        TargetRecords.SetPin(session, input.Branch.Id, input.Source.Build.Id);
        TargetRecords.Aim(session, input.Branch.Id, input.Source.Build.Id, input.At);
        return Row(input.Branch, input.Source);
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
