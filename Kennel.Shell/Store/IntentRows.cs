using Kennel.Core.Domain;
using Microsoft.Data.Sqlite;

namespace Kennel.Shell.Store;

/// <summary>A registered repository and whether it is on its way out.</summary>
internal sealed record FoundProject(ProjectRow Project, bool IsRemoved);

/// <summary>The questions people ask.</summary>
internal static class IntentRows
{
    private const string ProjectColumns =
        "SELECT id, name, owner, clone_url, default_branch, created_at, environments, repository_id, secret_file, "
        + "removed_at IS NOT NULL, hibernate_after_seconds, remove_after_seconds, secrets_project FROM projects";

    private const string BuildColumns = """
        SELECT b.id, p.name, br.reference, b.state, coalesce(b.commit_id, b.requested_commit),
            b.cause_code, b.cause_fault, b.cause_sentence, b.queued_at, b.started_at, b.ended_at,
            b.repeats, b.repeat_kind, br.pinned_build
        FROM builds b JOIN branches br ON br.id = b.branch JOIN projects p ON p.id = br.project
        """;

    internal static Either<Refusal, FoundProject> Project(Session session, ProjectName name) =>
        session
            .First($"{ProjectColumns} WHERE name = @name", ReadProject, ("@name", name.Value))
            .ToEither(() =>
                new Refusal(
                    "unknown-project",
                    $"No project is called {name}.",
                    "See which there are: kennel project list. Register it: kennel project add"
                )
            );

    internal static Refusal BeingRemoved(ProjectName name) =>
        new(
            "being-removed",
            $"Project {name} is being removed.",
            $"Wait until it is gone (kennel plan shows what is left), then register it again."
        );

    internal static Seq<ProjectRow> Projects(Session session) =>
        session
            .Query($"{ProjectColumns} ORDER BY name COLLATE BINARY", ReadProject)
            .ToSeq()
            .Map(found => found.Project)
            .Strict();

    internal static Seq<BuildRow> Builds(Session session, Option<ProjectName> project, int countMax) =>
        session
            .Query(
                $"{BuildColumns} WHERE @project IS NULL OR p.name = @project ORDER BY b.id DESC LIMIT @count",
                ReadBuild,
                ("@project", project.Map(name => name.Value).OrNull()),
                ("@count", countMax)
            )
            .ToSeq()
            .Strict();

    internal static Option<BuildRow> Build(Session session, BuildId build) =>
        session.First($"{BuildColumns} WHERE b.id = @id", ReadBuild, ("@id", build.Value));

    internal static Seq<HistoryRow> History(Session session, BranchId branch, int countMax) =>
        session
            .Query(
                """
                SELECT key, reason, outcome, error, attempts, first_at, last_at
                FROM actions WHERE branch = @branch ORDER BY last_at DESC, id DESC LIMIT @count
                """,
                row => new HistoryRow(
                    row.GetString(0),
                    row.GetString(1),
                    row.GetString(2),
                    row.OptionalText(3),
                    row.GetInt32(4),
                    row.Time(5),
                    row.Time(6)
                ),
                ("@branch", branch.Value),
                ("@count", countMax)
            )
            .ToSeq()
            .Strict();

    internal static Seq<EvidenceRow> Evidence(Session session, BranchId branch) =>
        session
            .Query(
                """
                SELECT unit, cause_code, cause_fault, cause_sentence, at, lines
                FROM evidence WHERE branch = @branch ORDER BY id DESC
                """,
                row => new EvidenceRow(
                    UnitName.Parse("evidence.unit", row.GetString(0)).OrDamaged(),
                    Cause(row, 1),
                    row.Time(4),
                    row.GetString(5).Split('\n', StringSplitOptions.RemoveEmptyEntries).ToSeq().Strict()
                ),
                ("@branch", branch.Value)
            )
            .ToSeq()
            .Strict();

    private static CauseRecord Cause(SqliteDataReader row, int column) =>
        row.OptionalCause(column).IfNone(() => throw new DamagedRowException("damaged row: evidence without a cause"));

    private static FoundProject ReadProject(SqliteDataReader row)
    {
        var where = $"project {row.GetInt64(0)}";
        return new FoundProject(
            new ProjectRow(
                new ProjectId(row.GetInt64(0)),
                ProjectName.Parse($"{where}: name", row.GetString(1)).OrDamaged(),
                row.OptionalText(2),
                row.GetString(3),
                BranchName.Parse($"{where}: default_branch", row.GetString(4)).OrDamaged(),
                row.Time(5),
                Stored.EnvironmentsOf(row.OptionalText(6)),
                row.OptionalNumber(7),
                row.OptionalText(8)
            )
            {
                HibernateAfter = LifeReader.PeriodAt(row, 10),
                RemoveAfter = LifeReader.PeriodAt(row, 11),
                SecretsProject = row.OptionalText(12)
                    .Map(text => ProjectName.Parse($"{where}: secrets_project", text).OrDamaged()),
            },
            row.GetBoolean(9)
        );
    }

    private static BuildRow ReadBuild(SqliteDataReader row)
    {
        var where = $"build {row.GetInt64(0)}";
        return new BuildRow(
            new BuildId(row.GetInt64(0)),
            ProjectName.Parse($"{where}: project", row.GetString(1)).OrDamaged(),
            Stored.BranchOf($"{where}: reference", row.GetString(2)),
            Stored.StateOf(row.GetString(3)),
            row.OptionalCommit(4, $"{where}: commit_id"),
            row.OptionalCause(5),
            row.Time(8),
            row.OptionalTime(9),
            row.OptionalTime(10)
        )
        {
            Repeats = RepeatRecords.RepeatAt(row, 11),
            Pin = row.OptionalNumber(13).Map(pinned => new BuildId(pinned)),
        };
    }
}
