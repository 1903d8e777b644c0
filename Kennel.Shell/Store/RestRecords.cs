using Kennel.Core.Domain;
using Kennel.Core.Lifecycle;
using Kennel.Core.Ports;
using Action = Kennel.Core.Planning.Action;

namespace Kennel.Shell.Store;

/// <summary>What passes record about activity, expiry and sleep: columns of <c>branches</c>, and <c>activity_watch</c>.</summary>
internal static class RestRecords
{
    // Later than this cannot be, unless the clock was wrong when it was written.
    private static readonly TimeSpan FutureMax = TimeSpan.FromMinutes(1);

    private const string MarkStands = """
        id = @id AND removed_at IS NULL AND kept_at IS NULL AND expiring_kind = @kind AND expiring_at = @marked
            AND NOT EXISTS (SELECT 1 FROM projects p WHERE p.id = branches.project AND p.locked_at IS NOT NULL)
            AND NOT EXISTS (
                SELECT 1 FROM builds b WHERE b.branch = branches.id AND b.state IN ('queued', 'building', 'built')
            )
        """;

    internal static Effect Activity(Session session, Action.RecordActivity action)
    {
        foreach (var (branch, at) in action.Uses.Pairs.Map(pair => (pair.Key, pair.Value)))
            session.Execute(
                """
                UPDATE branches SET active_at = @at
                WHERE id = @id AND (active_at IS NULL OR active_at < @at OR active_at > @latest)
                """,
                ("@id", branch.Value),
                ("@at", Stored.Time(at)),
                ("@latest", Stored.Time(action.At + FutureMax))
            );
        return Effect.Happened;
    }

    internal static Effect Watch(Session session, Action.RecordWatch action)
    {
        action.Watch.Match(
            watch =>
                session.Execute(
                    """
                    INSERT INTO activity_watch (id, since, until) VALUES (1, @since, @until)
                    ON CONFLICT (id) DO UPDATE SET since = excluded.since, until = excluded.until
                    """,
                    ("@since", Stored.Time(watch.Since)),
                    ("@until", Stored.Time(watch.Until))
                ),
            () => session.Execute("DELETE FROM activity_watch")
        );
        return Effect.Happened;
    }

    internal static Effect Mark(Session session, Action.MarkExpiring action) =>
        Compared.AndSet(
            session.Execute(
                "UPDATE branches SET expiring_kind = @kind, expiring_at = @at WHERE id = @id AND removed_at IS NULL",
                ("@id", action.Branch.Value),
                ("@kind", Word(action.Kind)),
                ("@at", Stored.Time(action.At))
            ),
            $"branch {action.Branch.Value}",
            () => false
        );

    internal static Effect Clear(Session session, Action.ClearExpiring action)
    {
        session.Execute(
            "UPDATE branches SET expiring_kind = NULL, expiring_at = NULL WHERE id = @id",
            ("@id", action.Branch.Value)
        );
        return Effect.Happened;
    }

    /// <summary>Only while the mark stands: whoever used, built, kept or locked the branch meanwhile has removed it.</summary>
    internal static Effect Hibernate(Session session, Action.Hibernate action) =>
        Compared.AndSet(
            session.Execute(
                $"""
                UPDATE branches SET asleep_at = @at, waking_at = NULL, expiring_kind = NULL, expiring_at = NULL
                WHERE {MarkStands}
                """,
                ("@id", action.Branch.Value),
                ("@kind", Word(ExpiryKind.Hibernate)),
                ("@marked", Stored.Time(action.MarkedAt)),
                ("@at", Stored.Time(action.At))
            ),
            $"branch {action.Branch.Value}",
            () => session.Exists("SELECT 1 FROM branches WHERE id = @id AND asleep_at IS NOT NULL", Of(action.Branch))
        );

    /// <summary>The same for a removal, of which the time is kept, so that the next one can wait.</summary>
    internal static Effect Expire(Session session, Action.ExpireBranch action)
    {
        var rowCount = session.Execute(
            $"""
            UPDATE branches SET removed_at = @at, removed_reason = @reason, expiring_kind = NULL, expiring_at = NULL
            WHERE {MarkStands}
            """,
            ("@id", action.Branch.Value),
            ("@kind", Word(ExpiryKind.Remove)),
            ("@marked", Stored.Time(action.MarkedAt)),
            ("@at", Stored.Time(action.At)),
            ("@reason", action.Reason)
        );
        if (rowCount > 0)
            session.Execute("UPDATE activity_watch SET removed_at = @at", ("@at", Stored.Time(action.At)));
        return Compared.AndSet(
            rowCount,
            $"branch {action.Branch.Value}",
            () => session.Exists("SELECT 1 FROM branches WHERE id = @id AND removed_at IS NOT NULL", Of(action.Branch))
        );
    }

    internal static Effect Awake(Session session, Action.RecordAwake action) =>
        Compared.AndSet(
            session.Execute(
                "UPDATE branches SET waking_at = NULL WHERE id = @id AND waking_at = @since",
                ("@id", action.Branch.Value),
                ("@since", Stored.Time(action.WakingSince))
            ),
            $"branch {action.Branch.Value}",
            () =>
                session.Exists(
                    "SELECT 1 FROM branches WHERE id = @id AND waking_at IS NULL AND asleep_at IS NULL",
                    Of(action.Branch)
                )
        );

    private static (string, object?) Of(BranchId branch) => ("@id", branch.Value);

    private static string Word(ExpiryKind kind) =>
        kind switch
        {
            ExpiryKind.Hibernate => "hibernate",
            ExpiryKind.Remove => "remove",
            _ => throw new System.Diagnostics.UnreachableException(),
        };
}
