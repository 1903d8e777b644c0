using Kennel.Core.Domain;
using Kennel.Core.Ports;
using Action = Kennel.Core.Planning.Action;

namespace Kennel.Shell.Store;

/// <summary>The end of a branch's rows, and of its project's when the project was removed too.</summary>
internal static class BranchRecords
{
    private static readonly Seq<string> Deletions = Seq(
        "DELETE FROM evidence WHERE branch = @branch",
        "DELETE FROM actions WHERE branch = @branch",
        "DELETE FROM ports WHERE branch = @branch",
        "DELETE FROM releases WHERE deployment IN (SELECT id FROM deployments WHERE branch = @branch)",
        "DELETE FROM deployments WHERE branch = @branch",
        "DELETE FROM builds WHERE branch = @branch",
        "DELETE FROM branches WHERE id = @branch"
    );

    internal static Effect Forget(Session session, Action.ForgetBranch action, Option<SecretFiles> secrets)
    {
        var branch = action.Branch.Value;
        var found = session.First(
            "SELECT project, reference, removed_at IS NOT NULL FROM branches WHERE id = @branch",
            row => (Project: row.GetInt64(0), Reference: row.GetString(1), IsRemoved: row.GetBoolean(2)),
            ("@branch", branch)
        );
        return found.Match(
            row =>
            {
                if (
                    !row.IsRemoved
                    || PortRecords.AnyHeld(session, branch, None)
                    || IsBuilding(session, branch)
                    || ResourceRecords.AnyOf(session, branch)
                )
                    return Compared.Changed($"branch {branch}");
                foreach (var deletion in Deletions)
                    session.Execute(deletion, ("@branch", branch));
                ReleaseClaims(session, row.Project, row.Reference);
                ForgetProject(session, row.Project, secrets);
                return Effect.Happened;
            },
            () => Effect.Happened
        );
    }

    /// <summary>Forgets a removed project of which no branch is left, and with it the secret that was made for it.</summary>
    internal static void ForgetProject(Session session, long project, Option<SecretFiles> secrets)
    {
        const string Condition = """
            (SELECT removed_at FROM projects WHERE id = @project) IS NOT NULL
            AND NOT EXISTS (SELECT 1 FROM branches WHERE project = @project)
            """;
        session.Execute($"DELETE FROM claims WHERE project = @project AND {Condition}", ("@project", project));
        // Deliveries outlive the project; open ones without a project would register it anew.
        session.Execute(
            $"""
            UPDATE deliveries SET handled_at = (SELECT removed_at FROM projects WHERE id = @project),
                meaning = 'nothing: the project was removed', body = ''
            WHERE project = @project AND handled_at IS NULL AND {Condition}
            """,
            ("@project", project)
        );
        var gone = session.Query(
            $"DELETE FROM projects WHERE id = @project AND {Condition} RETURNING secret_file",
            row => row.OptionalText(0),
            ("@project", project)
        );
        foreach (var path in gone.Somes())
            secrets.Iter(files => session.AfterCommit(() => files.Forget(new ProjectId(project), path)));
    }

    private static bool IsBuilding(Session session, long branch) =>
        session.Exists(
            "SELECT 1 FROM builds WHERE branch = @branch AND state IN ('queued', 'building')",
            ("@branch", branch)
        );

    /// <summary>The names are free again, unless a later incarnation of the branch goes on using them.</summary>
    private static void ReleaseClaims(Session session, long project, string reference) =>
        session.Execute(
            """
            DELETE FROM claims WHERE project = @project AND reference = @reference AND reserved = 0
                AND NOT EXISTS (SELECT 1 FROM branches WHERE project = @project AND reference = @reference)
            """,
            ("@project", project),
            ("@reference", reference)
        );
}
