using Kennel.Core.Domain;
using Kennel.Core.Planning;
using Microsoft.Data.Sqlite;

namespace Kennel.Shell.Store;

/// <summary>Reads what queued builds need to know of others: builds of the same commit, and whose turn it is.</summary>
internal static class TwinReader
{
    // The newest; the other columns are those of the row with the highest number.
    // A build that failed before this one was queued is no reason not to try: what failed then may be mended. Nor is one
    // that failed for its secrets: each branch has its own.
    private const string Twins = """
        SELECT q.id, max(b.id), b.result, b.cause_code, b.cause_fault, b.cause_sentence
        FROM builds q JOIN branches qb ON qb.id = q.branch
            JOIN builds b ON b.commit_id = q.announced_commit AND b.id <> q.id
            JOIN branches bb ON bb.id = b.branch AND bb.project = qb.project
        WHERE q.state = 'queued'
            AND (b.result IS NOT NULL OR (b.state = 'failed' AND b.branch <> q.branch AND b.ended_at >= q.queued_at
                AND b.cause_code NOT IN ('secrets-missing', 'secrets-invalid')))
        GROUP BY q.id
        """;

    private const string Starts = """
        SELECT br.project, max(b.started_at) FROM builds b JOIN branches br ON br.id = b.branch
        WHERE b.started_at IS NOT NULL GROUP BY br.project
        """;

    /// <summary>The builds, with their twins.</summary>
    internal static Seq<DesiredBuild> Complete(Session session, Seq<DesiredBuild> builds)
    {
        if (!IsAnyQueued(builds))
            return builds;
        var twins = toMap(session.Query(Twins, ReadTwin).Somes());
        return builds.Map(build => build with { Twin = twins.Find(build.Id) }).Strict();
    }

    /// <summary>When a build of each project was started last.</summary>
    internal static Map<ProjectId, DateTimeOffset> LastStarts(Session session, Seq<DesiredBuild> builds) =>
        IsAnyQueued(builds)
            ? toMap(session.Query(Starts, row => (new ProjectId(row.GetInt64(0)), row.Time(1))))
            : Map<ProjectId, DateTimeOffset>();

    private static bool IsAnyQueued(Seq<DesiredBuild> builds) =>
        builds.Exists(build => build.State == BuildState.Queued);

    // A result that this version cannot read is as good as none: the commit is built again.
    private static Option<(BuildId Of, Twin Twin)> ReadTwin(SqliteDataReader row) =>
        Result(row).Map(result => (new BuildId(row.GetInt64(0)), new Twin(new BuildId(row.GetInt64(1)), result)));

    private static Option<Either<CauseRecord, BuildResult.Built>> Result(SqliteDataReader row) =>
        row.OptionalText(2)
            .Match(
                text =>
                    BuildResultText.Read(text) is BuildResult.Built built
                        ? Some(Right<CauseRecord, BuildResult.Built>(built))
                        : None,
                () => row.OptionalCause(3).Map(Left<CauseRecord, BuildResult.Built>)
            );
}
