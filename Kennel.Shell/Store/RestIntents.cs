using Kennel.Core.Domain;

namespace Kennel.Shell.Store;

/// <summary>Sleep and activity, as far as people and builds change them.</summary>
internal static class RestIntents
{
    /// <summary>Somebody pushed to a branch, asked for a build of it, or wants it awake: it is in use.</summary>
    internal static void Touch(Session session, long branch, DateTimeOffset now) =>
        session.Execute(
            "UPDATE branches SET active_at = @now, expiring_kind = NULL, expiring_at = NULL WHERE id = @id",
            ("@id", branch),
            ("@now", Stored.Time(now))
        );

    /// <summary>Wakes a branch that hibernates; gives whether it did.</summary>
    internal static bool Wake(Session session, long branch, DateTimeOffset now)
    {
        var rowCount = session.Execute(
            """
            UPDATE branches SET waking_at = @now, asleep_at = NULL
            WHERE id = @id AND asleep_at IS NOT NULL AND removed_at IS NULL
            """,
            ("@id", branch),
            ("@now", Stored.Time(now))
        );
        return rowCount > 0;
    }

    /// <summary>Wakes a branch because somebody asked for it.</summary>
    internal static Either<Refusal, RestRow> WakeByHand(
        Session session,
        ProjectRow project,
        Branch branch,
        DateTimeOffset now
    ) =>
        BranchIntents
            .Deployed(session, project, branch)
            .Map(live =>
            {
                var isWoken = Wake(session, live, now);
                if (isWoken)
                    Touch(session, live, now);
                return Row(session, live, project, branch);
            });

    /// <summary>Lets a branch hibernate because somebody asked for it; one that is being built stays awake.</summary>
    internal static Either<Refusal, RestRow> Hibernate(
        Session session,
        ProjectRow project,
        Branch branch,
        DateTimeOffset now
    ) =>
        from live in BranchIntents.Deployed(session, project, branch)
        from _ in NotBeingBuilt(session, live, project, branch)
        from __ in Running(session, live, project, branch)
        select Hibernate(session, live, project, branch, now);

    /// <summary>The branch that a host name leads to; it is woken if it hibernates.</summary>
    internal static Option<WokenBranch> WakeHost(Session session, HostName host, DateTimeOffset now) =>
        session
            .First(
                """
                SELECT b.id FROM claims c JOIN branches b
                    ON b.project = c.project AND b.reference = c.reference AND b.removed_at IS NULL
                WHERE c.kind = 'host' AND c.name = @host
                """,
                row => row.GetInt64(0),
                ("@host", host.Value)
            )
            .Map(branch =>
            {
                var isWoken = Wake(session, branch, now);
                if (isWoken)
                    Touch(session, branch, now);
                return new WokenBranch(new BranchId(branch), isWoken);
            });

    private static RestRow Hibernate(
        Session session,
        long branch,
        ProjectRow project,
        Branch reference,
        DateTimeOffset now
    )
    {
        session.Execute(
            """
            UPDATE branches SET asleep_at = @now, waking_at = NULL, expiring_kind = NULL, expiring_at = NULL
            WHERE id = @id AND asleep_at IS NULL
            """,
            ("@id", branch),
            ("@now", Stored.Time(now))
        );
        return Row(session, branch, project, reference);
    }

    private static RestRow Row(Session session, long branch, ProjectRow project, Branch reference) =>
        session
            .First(
                "SELECT asleep_at, waking_at FROM branches WHERE id = @id",
                row => new RestRow(
                    project.Name,
                    reference,
                    row.OptionalTime(0),
                    row.OptionalTime(1),
                    reference == new Branch.Git(project.DefaultBranch)
                ),
                ("@id", branch)
            )
            .IfNone(() => throw new DamagedRowException($"damaged row: branch {branch}"));

    private static Either<Refusal, LanguageExt.Unit> NotBeingBuilt(
        Session session,
        long branch,
        ProjectRow project,
        Branch reference
    ) =>
        session.Exists(
            "SELECT 1 FROM builds WHERE branch = @id AND state IN ('queued', 'building', 'built')",
            ("@id", branch)
        )
            ? new Refusal(
                "build-under-way",
                $"A build of {project.Name}/{reference} is under way.",
                "Wait until it has ended, or cancel it: kennel builds"
            )
            : unit;

    private static Either<Refusal, LanguageExt.Unit> Running(
        Session session,
        long branch,
        ProjectRow project,
        Branch reference
    ) =>
        session.Exists(
            """
            SELECT 1 FROM deployments d JOIN releases r ON r.id = d.serving
            WHERE d.branch = @id AND json_extract(r.specification, '$.site') IS NULL
            """,
            ("@id", branch)
        )
            ? unit
            : new Refusal(
                "nothing-runs",
                $"No service of {project.Name}/{reference} is live, so that nothing of it can hibernate.",
                "See what is: kennel deployments"
            );
}
