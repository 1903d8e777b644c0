using Kennel.Core.Domain;
using Kennel.Core.Units;
using Microsoft.Data.Sqlite;

namespace Kennel.Shell.Store;

/// <summary>
/// Reads the target, the serving, the last ten releases of every deployment and those of builds that wait. All of a
/// release but its outcome never changes, so that it is read and parsed once.
/// </summary>
internal sealed class ReleaseReader
{
    private const string Outcomes = """
        WITH recent AS (
            SELECT d.id, coalesce(
                (SELECT n.id FROM releases n WHERE n.deployment = d.id ORDER BY n.id DESC LIMIT 1 OFFSET 9), 0
            ) AS first
            FROM deployments d
        )
        SELECT r.id, r.deployment, r.outcome, r.ready_at, r.ready_invocation, r.outcome_at,
            r.cause_code, r.cause_fault, r.cause_sentence,
            r.step_boot, r.step_begun_at, r.step_ended_at
        FROM recent JOIN releases r ON r.deployment = recent.id AND r.id >= recent.first
        UNION ALL
        SELECT r.id, r.deployment, r.outcome, r.ready_at, r.ready_invocation, r.outcome_at,
            r.cause_code, r.cause_fault, r.cause_sentence,
            r.step_boot, r.step_begun_at, r.step_ended_at
        FROM deployments d JOIN releases r ON r.id IN (d.target, d.serving)
        UNION ALL
        SELECT r.id, r.deployment, r.outcome, r.ready_at, r.ready_invocation, r.outcome_at,
            r.cause_code, r.cause_fault, r.cause_sentence,
            r.step_boot, r.step_begun_at, r.step_ended_at
        FROM builds b JOIN releases r ON r.build = b.id
        -- Said twice, so that the index of open builds is used.
        WHERE b.state IN ('queued', 'building', 'built') AND b.state = 'built'
        """;

    private const string Contents = """
        SELECT r.id, r.build, b.commit_id, r.digest, r.store_path, r.specification, r.hosts, r.domain
        FROM releases r JOIN builds b ON b.id = r.build
        WHERE r.id IN (SELECT value FROM json_each(@ids))
        """;

    private Dictionary<long, Release> known = [];

    /// <summary>The releases of each deployment, newest first. One whose row is damaged throws when it is asked for.</summary>
    internal ILookup<long, Func<Release>> Read(Session session)
    {
        var outcomes = session.Query(Outcomes, ReadOutcome).DistinctBy(one => one.Id).ToList();
        var missing = outcomes.Where(one => !known.ContainsKey(one.Id)).Select(one => one.Id).ToList();
        var damaged = missing.Count == 0 ? [] : Load(session, missing);
        known = outcomes.Where(one => known.ContainsKey(one.Id)).ToDictionary(one => one.Id, one => known[one.Id]);
        var contents = known;
        return outcomes
            .OrderByDescending(one => one.Id)
            .ToLookup(
                one => one.Deployment,
                one =>
                    (Func<Release>)(
                        () =>
                            damaged.TryGetValue(one.Id, out var error)
                                ? throw error
                                : contents[one.Id] with
                                {
                                    Outcome = OutcomeOf(one),
                                    Step = StepOf(one),
                                }
                    )
            );
    }

    private Dictionary<long, DamagedRowException> Load(Session session, List<long> missing)
    {
        var damaged = new Dictionary<long, DamagedRowException>();
        var rows = session.Query(Contents, ReadContent, ("@ids", $"[{string.Join(',', missing)}]"));
        foreach (var row in rows)
        {
            try
            {
                known[row.Id] = ContentOf(row);
            }
            catch (DamagedRowException error)
            {
                damaged[row.Id] = error;
            }
        }
        return damaged;
    }

    private static OutcomeRow ReadOutcome(SqliteDataReader row) =>
        new(
            row.GetInt64(0),
            row.GetInt64(1),
            row.GetString(2),
            row.OptionalTime(3),
            row.Text(4),
            row.OptionalTime(5),
            row.OptionalCause(6),
            row.OptionalText(9),
            row.OptionalTime(10),
            row.OptionalTime(11)
        );

    private static ContentRow ReadContent(SqliteDataReader row) =>
        new(
            row.GetInt64(0),
            row.GetInt64(1),
            row.Text(2),
            row.GetString(3),
            row.GetString(4),
            row.GetString(5),
            row.GetString(6),
            row.OptionalText(7)
        );

    private static Release ContentOf(ContentRow row)
    {
        var where = $"release {row.Id}";
        return new Release(
            new ReleaseId(row.Id),
            new BuildId(row.Build),
            CommitId.Parse($"{where}: commit", row.Commit).OrDamaged(),
            Digest.Parse($"{where}: digest", row.Digest).OrDamaged(),
            StorePath.Parse($"{where}: store path", row.StorePath).OrDamaged(),
            SpecificationText.Read($"{where}: specification", row.Specification).OrDamaged(),
            Stored.HostsOf($"{where}: hosts", row.Hosts),
            new Outcome.Untried(None)
        )
        {
            Domain = row.Domain.Map(domain => HostName.Parse($"{where}: domain", domain).OrDamaged()),
        };
    }

    private static StepProgress StepOf(OutcomeRow row)
    {
        var begun =
            from boot in row.StepBoot
            from at in row.StepBegunAt
            select (StepProgress)
                new StepProgress.Begun(BootId.Parse($"release {row.Id}: step_boot", boot).OrDamaged(), at);
        return (row.StepEndedAt.Map<StepProgress>(at => new StepProgress.Done(at)) | begun).IfNone(
            new StepProgress.Waiting()
        );
    }

    private static Outcome OutcomeOf(OutcomeRow row) =>
        row.Outcome switch
        {
            "untried" => new Outcome.Untried(
                from invocation in Optional(row.Invocation)
                from at in row.ReadyAt
                select new FirstReady(
                    InvocationId.Parse($"release {row.Id}: ready_invocation", invocation).OrDamaged(),
                    at
                )
            ),
            "accepted" => new Outcome.Accepted(row.At.IfNone(DateTimeOffset.UnixEpoch)),
            "rejected" => row.Cause.Match<Outcome>(
                cause => new Outcome.Rejected(row.At.IfNone(DateTimeOffset.UnixEpoch), cause),
                () => throw new DamagedRowException($"damaged row: release {row.Id} was rejected without a cause")
            ),
            var other => throw new DamagedRowException($"damaged row: release {row.Id} has the outcome \"{other}\""),
        };

    private sealed record OutcomeRow(
        long Id,
        long Deployment,
        string Outcome,
        Option<DateTimeOffset> ReadyAt,
        string? Invocation,
        Option<DateTimeOffset> At,
        Option<CauseRecord> Cause,
        Option<string> StepBoot,
        Option<DateTimeOffset> StepBegunAt,
        Option<DateTimeOffset> StepEndedAt
    );

    private sealed record ContentRow(
        long Id,
        long Build,
        string? Commit,
        string Digest,
        string StorePath,
        string Specification,
        string Hosts,
        Option<string> Domain
    );
}
