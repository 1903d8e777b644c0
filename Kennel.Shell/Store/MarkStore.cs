using Kennel.Core.Domain;

namespace Kennel.Shell.Store;

/// <summary>The marks that people set, in the columns of <c>projects</c> and <c>branches</c>.</summary>
/// <param name="database">The database.</param>
/// <param name="clock">Dates what people ask for.</param>
public sealed class MarkStore(Database database, TimeProvider clock) : IMarks
{
    /// <inheritdoc/>
    public Task<Either<Refusal, LockRow>> Lock(ProjectName project, string reason, CancellationToken cancellation) =>
        SetLock(project, reason, cancellation);

    /// <inheritdoc/>
    public Task<Either<Refusal, LockRow>> Unlock(ProjectName project, CancellationToken cancellation) =>
        SetLock(project, None, cancellation);

    /// <inheritdoc/>
    public Task<Either<Refusal, MarkRow>> Maintenance(
        ProjectName project,
        Branch branch,
        bool isOn,
        Option<string> message,
        CancellationToken cancellation
    ) =>
        Set(
            project,
            branch,
            (session, id) =>
                session.Execute(
                    """
                    UPDATE branches SET maintenance_message = @message,
                        maintenance_at = CASE WHEN @on THEN coalesce(maintenance_at, @now) END
                    WHERE id = @id
                    """,
                    ("@id", id),
                    ("@on", isOn ? 1 : 0),
                    ("@message", message.Filter(_ => isOn).OrNull()),
                    ("@now", Stored.Time(clock.GetUtcNow()))
                ),
            cancellation
        );

    /// <inheritdoc/>
    public Task<Either<Refusal, MarkRow>> Keep(
        ProjectName project,
        Branch branch,
        bool isKept,
        CancellationToken cancellation
    ) =>
        Set(
            project,
            branch,
            (session, id) =>
                session.Execute(
                    "UPDATE branches SET kept_at = CASE WHEN @kept THEN coalesce(kept_at, @now) END WHERE id = @id",
                    ("@id", id),
                    ("@kept", isKept ? 1 : 0),
                    ("@now", Stored.Time(clock.GetUtcNow()))
                ),
            cancellation
        );

    private Task<Either<Refusal, LockRow>> SetLock(
        ProjectName project,
        Option<string> reason,
        CancellationToken cancellation
    ) =>
        database.Change(
            session =>
                from found in IntentRows.Project(session, project)
                select SetLock(session, found.Project, reason),
            cancellation
        );

    private LockRow SetLock(Session session, ProjectRow project, Option<string> reason)
    {
        session.Execute(
            """
            UPDATE projects SET locked_reason = @reason,
                locked_at = CASE WHEN @reason IS NOT NULL THEN coalesce(locked_at, @now) END
            WHERE id = @id
            """,
            ("@id", project.Id.Value),
            ("@reason", reason.OrNull()),
            ("@now", Stored.Time(clock.GetUtcNow()))
        );
        return new LockRow(project.Name, reason);
    }

    private Task<Either<Refusal, MarkRow>> Set(
        ProjectName project,
        Branch branch,
        Func<Session, long, int> change,
        CancellationToken cancellation
    ) =>
        database.Change(
            session =>
                from found in IntentRows.Project(session, project)
                from live in BranchIntents.Deployed(session, found.Project, branch)
                select Set(session, found.Project.Name, branch, live, change),
            cancellation
        );

    private static MarkRow Set(
        Session session,
        ProjectName project,
        Branch branch,
        long id,
        Func<Session, long, int> change
    )
    {
        change(session, id);
        return session
            .First(
                "SELECT maintenance_at IS NOT NULL, maintenance_message, kept_at IS NOT NULL FROM branches WHERE id = @id",
                row => new MarkRow(project, branch, row.GetBoolean(0), row.OptionalText(1), row.GetBoolean(2)),
                ("@id", id)
            )
            .IfNone(() => throw new DamagedRowException($"damaged row: branch {id}"));
    }
}
