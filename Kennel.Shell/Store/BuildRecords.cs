using Kennel.Core.Domain;
using Kennel.Core.Planning;
using Kennel.Core.Ports;
using Action = Kennel.Core.Planning.Action;

namespace Kennel.Shell.Store;

/// <summary>The table <c>builds</c>, after a build was queued.</summary>
internal static class BuildRecords
{
    internal static Effect Building(Session session, Action.RecordBuilding action) =>
        Compared.AndSet(
            session.Execute(
                """
                UPDATE builds SET state = 'building', commit_id = @commit, starts = starts + 1, started_at = @at
                WHERE id = @id AND state = 'queued'
                    AND EXISTS (
                        SELECT 1 FROM branches b JOIN projects p ON p.id = b.project
                        WHERE b.id = builds.branch AND b.removed_at IS NULL AND p.locked_at IS NULL
                    )
                """,
                ("@id", action.Build.Value),
                ("@commit", action.Commit.Value),
                ("@at", Stored.Time(action.At))
            ),
            $"build {action.Build.Value}",
            () =>
                session.Exists(
                    "SELECT 1 FROM builds WHERE id = @id AND state = 'building' AND commit_id = @commit",
                    ("@id", action.Build.Value),
                    ("@commit", action.Commit.Value)
                )
        );

    /// <summary>Only a build that a delivery led to follows its reference; the new head is then known as well.</summary>
    internal static Effect Moved(Session session, Action.RecordMoved action)
    {
        var rowCount = session.Execute(
            """
            UPDATE builds SET announced_commit = @head
            WHERE id = @id AND state = 'queued' AND announced_commit IS NOT NULL
            """,
            ("@id", action.Build.Value),
            ("@head", action.Head.Value)
        );
        session
            .First(
                """
                SELECT br.project, br.reference FROM builds b JOIN branches br ON br.id = b.branch
                WHERE b.id = @id AND b.announced_commit = @head AND br.removed_at IS NULL
                """,
                row =>
                    (Project: new ProjectId(row.GetInt64(0)), Branch: Stored.BranchOf("reference", row.GetString(1))),
                ("@id", action.Build.Value),
                ("@head", action.Head.Value)
            )
            .IfSome(found => HeadRecords.Write(session, found.Project, found.Branch, action.Head));
        return Compared.AndSet(rowCount, $"build {action.Build.Value}", () => false);
    }

    internal static Effect Requeue(Session session, Action.RequeueBuild action) =>
        Compared.AndSet(
            session.Execute(
                "UPDATE builds SET state = 'queued', commit_id = NULL WHERE id = @id AND state = 'building'",
                ("@id", action.Build.Value)
            ),
            $"build {action.Build.Value}",
            () => Is(session, action.Build, BuildState.Queued)
        );

    internal static Effect End(Session session, Action.RecordBuildEnd action) =>
        Compared.AndSet(
            End(session, action.Build, action.State, action.Cause.Map(cause => cause.Describe()), action.At),
            $"build {action.Build.Value}",
            () => Is(session, action.Build, action.State)
        );

    /// <summary>Ends a build that is not at its end; done can only be what was built.</summary>
    internal static int End(
        Session session,
        BuildId build,
        BuildState state,
        Option<CauseRecord> cause,
        DateTimeOffset at
    ) =>
        session.Execute(
            """
            UPDATE builds SET state = @state, ended_at = @at,
                cause_code = @code, cause_fault = @fault, cause_sentence = @sentence
            WHERE id = @id AND (state = 'built' OR (@state <> 'done' AND state IN ('queued', 'building')))
            """,
            ("@id", build.Value),
            ("@state", EndWord(state)),
            ("@at", Stored.Time(at)),
            ("@code", cause.Map(it => it.Code).OrNull()),
            ("@fault", cause.Map(it => Stored.Word(it.Fault)).OrNull()),
            ("@sentence", cause.Map(it => it.Sentence).OrNull())
        );

    private static string EndWord(BuildState state) =>
        state is BuildState.Done or BuildState.Failed or BuildState.Cancelled
            ? Stored.Word(state)
            : throw new ArgumentException($"{state} is not the end of a build", nameof(state));

    private static bool Is(Session session, BuildId build, BuildState state) =>
        session.Exists(
            "SELECT 1 FROM builds WHERE id = @id AND state = @state",
            ("@id", build.Value),
            ("@state", Stored.Word(state))
        );
}
