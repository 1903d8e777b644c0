using Kennel.Core.Domain;
using Kennel.Core.Planning;
using Kennel.Core.Ports;
using Action = Kennel.Core.Planning.Action;

namespace Kennel.Shell.Store;

/// <summary>The table <c>deployments</c>.</summary>
internal static class DeploymentRecords
{
    /// <summary>
    /// Sets what each component serves: what it aims at still, which proved good; nothing while its project is locked.
    /// </summary>
    internal static Effect Serving(Session session, Action.RecordServing action) =>
        action
            .Changes.Map(change => Serving(session, action, change))
            .Strict()
            .Find(effect => effect is not Effect.Done)
            .IfNone(Effect.Happened);

    internal static Effect Forget(Session session, Action.ForgetDeployment action)
    {
        var id = action.Deployment.Value;
        var found = session.First(
            "SELECT branch, stem, target IS NULL AND serving IS NULL FROM deployments WHERE id = @id",
            row => (Branch: row.GetInt64(0), Stem: row.GetString(1), IsUnused: row.GetBoolean(2)),
            ("@id", id)
        );
        return found.Match(
            deployment =>
            {
                var stem = UnitStem.Parse($"deployment {id}: stem", deployment.Stem).OrDamaged();
                if (!deployment.IsUnused || PortRecords.AnyHeld(session, deployment.Branch, stem))
                    return Compared.Changed($"deployment {id}");
                session.Execute("DELETE FROM releases WHERE deployment = @id", ("@id", id));
                session.Execute("DELETE FROM deployments WHERE id = @id", ("@id", id));
                return Effect.Happened;
            },
            () => Effect.Happened
        );
    }

    private static Effect Serving(Session session, Action.RecordServing action, ServingChange change)
    {
        var release = change.Serving.Map(id => id.Value).OrNull();
        var rowCount = session.Execute(
            """
            UPDATE deployments SET serving = @release, serving_since = @at
            WHERE id = @id AND branch = @branch AND serving IS NOT @release AND target IS @release
                AND NOT EXISTS (
                    SELECT 1 FROM branches b JOIN projects p ON p.id = b.project
                    WHERE b.id = @branch AND p.locked_at IS NOT NULL
                )
                AND (@release IS NULL OR EXISTS (
                    SELECT 1 FROM releases r WHERE r.id = @release AND r.deployment = @id AND r.outcome = 'accepted'
                ))
            """,
            ("@id", change.Deployment.Value),
            ("@branch", action.Branch.Value),
            ("@release", release),
            ("@at", Stored.Time(action.At))
        );
        return Compared.AndSet(
            rowCount,
            $"deployment {change.Deployment.Value}",
            () =>
                session.Exists(
                    "SELECT 1 FROM deployments WHERE id = @id AND branch = @branch AND serving IS @release",
                    ("@id", change.Deployment.Value),
                    ("@branch", action.Branch.Value),
                    ("@release", release)
                )
        );
    }
}
