using Kennel.Core.Domain;
using Microsoft.Data.Sqlite;

namespace Kennel.Shell.Store;

/// <summary>The table <c>heads</c>: what the forge's word last led to.</summary>
internal static class HeadRecords
{
    internal static Map<(ProjectId Project, Branch Branch), CommitId> Read(Session session, List<string> damage) =>
        toMap(
            session
                .Query(
                    "SELECT project, reference, commit_id FROM heads",
                    row => DesiredReader.Sound(damage, $"head {row.GetString(1)}", () => HeadOf(row))
                )
                .Somes()
        );

    internal static bool Is(Session session, ProjectId project, Branch branch, CommitId commit) =>
        session.Exists(
            "SELECT 1 FROM heads WHERE project = @project AND reference = @reference AND commit_id = @commit",
            ("@project", project.Value),
            ("@reference", branch.Reference),
            ("@commit", commit.Value)
        );

    internal static int Write(Session session, ProjectId project, Branch branch, CommitId commit) =>
        session.Execute(
            """
            INSERT INTO heads (project, reference, commit_id) VALUES (@project, @reference, @commit)
            ON CONFLICT (project, reference) DO UPDATE SET commit_id = excluded.commit_id
            """,
            ("@project", project.Value),
            ("@reference", branch.Reference),
            ("@commit", commit.Value)
        );

    internal static void Forget(Session session, ProjectId project, Branch branch) =>
        session.Execute(
            "DELETE FROM heads WHERE project = @project AND reference = @reference",
            ("@project", project.Value),
            ("@reference", branch.Reference)
        );

    private static ((ProjectId, Branch), CommitId) HeadOf(SqliteDataReader row) =>
        (
            (new ProjectId(row.GetInt64(0)), Stored.BranchOf("heads.reference", row.GetString(1))),
            CommitId.Parse("heads.commit_id", row.GetString(2)).OrDamaged()
        );
}
