using Kennel.Core.Domain;
using Kennel.Core.Planning;

namespace Kennel.Shell.Store;

/// <summary>The tables <c>branches</c> and <c>builds</c>, as far as people change them.</summary>
internal static class BranchIntents
{
    /// <summary>The branch's living row, or a new one: a branch that comes back is another incarnation.</summary>
    internal static long LiveOrNew(Session session, ProjectId project, Branch branch, DateTimeOffset now) =>
        Live(session, project, branch)
            .IfNone(() =>
                session.Number(
                    """
                    INSERT INTO branches (project, reference, incarnation, created_at)
                    SELECT @project, @reference, coalesce(max(incarnation), 0) + 1, @now
                    FROM branches WHERE project = @project AND reference = @reference
                    RETURNING id
                    """,
                    ("@project", project.Value),
                    ("@reference", branch.Reference),
                    ("@now", Stored.Time(now))
                )
            );

    /// <summary>Queues a build that a person asked for.</summary>
    internal static BuildRow Queue(Session session, long branch, Option<CommitId> commit, DateTimeOffset now)
    {
        var build = Queue(session, branch, requested: commit, announced: None, now);
        return IntentRows
            .Build(session, build)
            .IfNone(() => throw new DamagedRowException($"damaged row: build {build.Value}"));
    }

    /// <summary>Queues a build that the forge's delivery led to.</summary>
    internal static BuildId QueueAnnounced(Session session, long branch, CommitId commit, DateTimeOffset now) =>
        Queue(session, branch, requested: None, announced: commit, now);

    // In place of those of the branch that still wait for their turn.
    private static BuildId Queue(
        Session session,
        long branch,
        Option<CommitId> requested,
        Option<CommitId> announced,
        DateTimeOffset now
    )
    {
        var waiting = session.Query(
            "SELECT id FROM builds WHERE branch = @branch AND state = 'queued'",
            row => new BuildId(row.GetInt64(0)),
            ("@branch", branch)
        );
        var build = new BuildId(
            session.Number(
                """
                INSERT INTO builds (branch, requested_commit, announced_commit, state, queued_at)
                VALUES (@branch, @requested, @announced, 'queued', @now) RETURNING id
                """,
                ("@branch", branch),
                ("@requested", requested.Map(it => it.Value).OrNull()),
                ("@announced", announced.Map(it => it.Value).OrNull()),
                ("@now", Stored.Time(now))
            )
        );
        RestIntents.Touch(session, branch, now);
        var cause = new Cause.Superseded(build).Describe();
        foreach (var older in waiting)
            BuildRecords.End(session, older, BuildState.Cancelled, cause, now);
        return build;
    }

    /// <summary>Ends a build that waits for its turn; one that runs is marked, and the next pass stops it.</summary>
    internal static Either<Refusal, BuildRow> Cancel(Session session, BuildId build, string who, DateTimeOffset now) =>
        IntentRows
            .Build(session, build)
            .ToEither(() => new Refusal("unknown-build", $"There is no build {build.Value}.", "See: kennel builds"))
            .Bind(found => Cancel(session, found, who, now))
            .Map(_ =>
                IntentRows
                    .Build(session, build)
                    .IfNone(() => throw new DamagedRowException($"damaged row: build {build.Value}"))
            );

    private static Either<Refusal, int> Cancel(Session session, BuildRow build, string who, DateTimeOffset now) =>
        build.State switch
        {
            BuildState.Queued => BuildRecords.End(
                session,
                build.Id,
                BuildState.Cancelled,
                new Cause.CancelledByPerson(who).Describe(),
                now
            ),
            BuildState.Building => session.Execute(
                "UPDATE builds SET cancelled_by = coalesce(cancelled_by, @who) WHERE id = @id",
                ("@id", build.Id.Value),
                ("@who", who)
            ),
            BuildState.Built => new Refusal(
                "build-built",
                $"Build {build.Id.Value} is built: nothing of it runs any more, and its releases are on trial.",
                $"To stop those, deploy another commit of {build.Branch}, or remove it: kennel remove {build.Project} {build.Branch}"
            ),
            BuildState.Done or BuildState.Failed or BuildState.Cancelled => new Refusal(
                "build-ended",
                $"Build {build.Id.Value} has ended already: {Stored.Word(build.State)}.",
                $"How it ended: kennel builds show {build.Id.Value}"
            ),
            _ => throw new System.Diagnostics.UnreachableException(),
        };

    /// <summary>Marks the living row; one that is marked already stays as it is.</summary>
    internal static Either<Refusal, LanguageExt.Unit> Remove(
        Session session,
        ProjectRow project,
        Branch branch,
        string reason,
        DateTimeOffset now
    )
    {
        var rowCount = MarkRemoved(session, project.Id, branch, reason, now);
        var isMarked = session.Exists(
            "SELECT 1 FROM branches WHERE project = @project AND reference = @reference",
            ("@project", project.Id.Value),
            ("@reference", branch.Reference)
        );
        return rowCount > 0 || isMarked ? unit : NotDeployed(project, branch);
    }

    /// <summary>The branch's living row, which there must be.</summary>
    internal static Either<Refusal, long> Deployed(Session session, ProjectRow project, Branch branch) =>
        Live(session, project.Id, branch).ToEither(() => NotDeployed(project, branch));

    /// <summary>Nothing of the branch is there.</summary>
    internal static Refusal NotDeployed(ProjectRow project, Branch branch) =>
        new("unknown-branch", $"{project.Name}/{branch} is not deployed.", "See what is: kennel deployments");

    /// <summary>Marks the living row, if there is one; gives how many were marked.</summary>
    internal static int MarkRemoved(
        Session session,
        ProjectId project,
        Branch branch,
        string reason,
        DateTimeOffset now
    ) =>
        session.Execute(
            """
            UPDATE branches SET removed_at = @now, removed_reason = @reason
            WHERE project = @project AND reference = @reference AND removed_at IS NULL
            """,
            ("@project", project.Value),
            ("@reference", branch.Reference),
            ("@now", Stored.Time(now)),
            ("@reason", reason)
        );

    /// <summary>The branch's living row.</summary>
    internal static Option<long> Live(Session session, ProjectId project, Branch branch) =>
        session.First(
            "SELECT id FROM branches WHERE project = @project AND reference = @reference AND removed_at IS NULL",
            row => row.GetInt64(0),
            ("@project", project.Value),
            ("@reference", branch.Reference)
        );
}
