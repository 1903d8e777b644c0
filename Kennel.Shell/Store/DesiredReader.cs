using Kennel.Core.Domain;
using Kennel.Core.Lifecycle;
using Kennel.Core.Planning;
using Microsoft.Data.Sqlite;

namespace Kennel.Shell.Store;

/// <summary>
/// Makes one immutable value of all intent and all facts, with the same number of statements however much there is.
/// A branch with a damaged row is left out and reported: what is left out is an orphan and is left alone.
/// </summary>
internal sealed class DesiredReader
{
    private const string Branches = """
        SELECT b.id, b.reference, b.removed_at, b.removed_reason, b.project,
            (SELECT min(c.name) FROM claims c
             WHERE c.project = b.project AND c.reference = b.reference AND c.component = '' AND c.kind = 'role'),
            (SELECT group_concat(c.name, ' ') FROM claims c
             WHERE c.project = b.project AND c.reference = b.reference AND c.kind = 'unit'),
            (SELECT coalesce(x.commit_id, x.requested_commit, x.announced_commit)
             FROM builds x WHERE x.branch = b.id AND x.repeats IS NULL ORDER BY x.id DESC LIMIT 1),
            b.asleep_at, b.waking_at, b.pinned_build, b.maintenance_at, b.maintenance_message, b.kept_at IS NOT NULL,
            coalesce(b.active_at, b.created_at), b.expiring_kind, b.expiring_at, b.epoch,
            (SELECT min(c.name) FROM claims c
             WHERE c.project = b.project AND c.reference = b.reference AND c.component = '' AND c.kind = 'database'),
            (SELECT min(c.name) FROM claims c
             WHERE c.project = b.project AND c.reference = b.reference AND c.component = '' AND c.kind = 'bucket')
        FROM branches b ORDER BY b.id
        """;

    private const int DatabaseColumn = 18;
    private const int BucketColumn = 19;

    private const string Deployments =
        "SELECT id, branch, component, stem, target, serving, serving_since FROM deployments ORDER BY branch, component";

    private const string Builds = """
        SELECT b.id, b.branch, br.project, br.reference, b.requested_commit, b.commit_id, b.state, b.starts, b.started_at,
            br.removed_at IS NOT NULL, b.announced_commit, b.cancelled_by
        FROM builds b JOIN branches br ON br.id = b.branch
        WHERE b.state IN ('queued', 'building', 'built') ORDER BY b.id
        """;

    private const string Attempts =
        "SELECT key, attempts, last_at, error FROM actions WHERE outcome <> 'done' AND outcome <> 'lost' ORDER BY key";

    private readonly ReleaseReader releases = new();

    /// <summary>Reads everything; a transaction must be open.</summary>
    internal Desired Read(Session session, Settings settings)
    {
        var damage = new List<string>();
        var projects = Projects(session, damage);
        var components = DeploymentsOf(session);
        var resources = ResourceRecords.Read(session);
        var domains = DomainRecords.Read(session, damage);
        var branches = session
            .Query(Branches, ReadBranch)
            .Select(row =>
                Sound(damage, $"branch {row.Id}", () => BranchOf(row, projects, components[row.Id], resources[row.Id]))
            )
            .Somes()
            .Select(branch => HeldDomains.Show(branch, domains))
            .ToSeq()
            .Strict();
        var present = branches.Select(branch => branch.Id).ToHashSet();
        var builds = session
            .Query(Builds, row => Sound(damage, $"build {row.GetInt64(0)}", () => BuildOf(row, projects)))
            .Somes()
            .Where(build => present.Contains(build.Branch))
            .ToSeq()
            .Strict();
        var inbox = InboxReader.Deliveries(session, damage);
        var desired = new Desired(
            settings,
            projects.Values.OrderBy(project => project.Id).ToSeq().Strict(),
            branches,
            TwinReader.Complete(session, builds),
            TwinReader.LastStarts(session, builds),
            inbox,
            InboxReader.PullRequests(session),
            HeadRecords.Read(session, damage),
            toMap(Leases(session, damage).Select(lease => (lease.Port, lease))),
            toSet(Hosts(session, damage)),
            toMap(session.Query(Attempts, ReadAttempts)),
            Seq<string>()
        );
        return desired with
        {
            Domains = domains,
            GivenUp = GivenUpRecords.Read(session),
            Watch = LifeReader.Watch(session),
            Damage = damage.ToSeq().Strict(),
        };
    }

    private static Dictionary<long, DesiredProject> Projects(Session session, List<string> damage) =>
        session
            .Query(
                """
                SELECT id, name, clone_url, default_branch, repository_id, environments, removed_at IS NOT NULL,
                    locked_at, locked_reason, hibernate_after_seconds, remove_after_seconds,
                    secrets_project
                FROM projects
                """,
                row => Sound(damage, $"project {row.GetInt64(0)}", () => ProjectOf(row))
            )
            .Somes()
            .ToDictionary(project => project.Id.Value);

    private ILookup<long, Func<DesiredDeployment>> DeploymentsOf(Session session)
    {
        var all = releases.Read(session);
        return session
            .Query(Deployments, ReadDeployment)
            .ToLookup(
                row => row.Branch,
                row => (Func<DesiredDeployment>)(() => DeploymentOf(row, all[row.Id].Select(read => read())))
            );
    }

    private static List<Lease> Leases(Session session, List<string> damage) =>
        session
            .Query(
                "SELECT port, unit, branch, since, released_at FROM ports ORDER BY port",
                row => Sound(damage, $"port {row.GetInt64(0)}", () => LeaseOf(row))
            )
            .Somes()
            .ToList();

    private static List<HostName> Hosts(Session session, List<string> damage) =>
        session
            .Query(
                "SELECT name FROM claims WHERE kind = 'host' ORDER BY name",
                row => Sound(damage, "claim", () => HostName.Parse("claims.name", row.GetString(0)).OrDamaged())
            )
            .Somes()
            .ToList();

    internal static Option<T> Sound<T>(List<string> damage, string what, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (DamagedRowException error)
        {
            damage.Add($"{what} is left alone: {error.Message}");
            return None;
        }
    }

    private static DesiredProject ProjectOf(SqliteDataReader row)
    {
        var where = $"project {row.GetInt64(0)}";
        return new DesiredProject(
            new ProjectId(row.GetInt64(0)),
            ProjectName.Parse($"{where}: name", row.GetString(1)).OrDamaged(),
            row.GetString(2),
            BranchName.Parse($"{where}: default_branch", row.GetString(3)).OrDamaged(),
            row.OptionalNumber(4),
            Stored.EnvironmentsOf(row.OptionalText(5)),
            row.GetBoolean(6)
        )
        {
            Lock = LifeReader.LockAt(row, 7),
            HibernateAfter = LifeReader.PeriodAt(row, 9),
            RemoveAfter = LifeReader.PeriodAt(row, 10),
            SecretsProject = row.OptionalText(11)
                .Map(text => ProjectName.Parse($"{where}: secrets_project", text).OrDamaged()),
        };
    }

    private static DesiredBranch BranchOf(
        BranchRow row,
        Dictionary<long, DesiredProject> projects,
        IEnumerable<Func<DesiredDeployment>> deployments,
        IEnumerable<Func<DesiredResource>> resources
    )
    {
        var project = ProjectOf(projects, row.Project);
        var branch = Stored.BranchOf($"branch {row.Id}: reference", row.Reference);
        return new DesiredBranch(
            new BranchId(row.Id),
            project,
            branch,
            DeployEnvironments.Of(branch, project.DefaultBranch),
            Optional(row.Role).Map(role => RoleName.Parse($"branch {row.Id}: role", role).OrDamaged()),
            StemsOf(row),
            row.RemovedAt.Map(at => new Removal(at, row.RemovedReason ?? "")),
            Optional(row.Newest).Map(newest => CommitId.Parse($"branch {row.Id}: newest build", newest).OrDamaged()),
            deployments.Select(read => read()).ToSeq().Strict()
        )
        {
            Life = row.Life,
            Database = row.Database.Map(name => DatabaseName.Parse($"branch {row.Id}: database", name).OrDamaged()),
            Bucket = row.Bucket.Map(name => BucketName.Parse($"branch {row.Id}: bucket", name).OrDamaged()),
            Resources = resources.Select(read => read()).ToSeq().Strict(),
        };
    }

    private static Seq<UnitStem> StemsOf(BranchRow row) =>
        (row.Stems ?? "")
            .Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Order(StringComparer.Ordinal)
            .Select(stem => UnitStem.Parse($"branch {row.Id}: claims", stem).OrDamaged())
            .ToSeq()
            .Strict();

    private static DesiredProject ProjectOf(Dictionary<long, DesiredProject> projects, long id) =>
        projects.TryGetValue(id, out var project)
            ? project
            : throw new DamagedRowException($"damaged row: project {id} cannot be read");

    private static DesiredDeployment DeploymentOf(DeploymentRow row, IEnumerable<Release> releases)
    {
        var where = $"deployment {row.Id}";
        return new DesiredDeployment(
            new DeploymentId(row.Id),
            ComponentName.Parse($"{where}: component", row.Component).OrDamaged(),
            UnitStem.Parse($"{where}: stem", row.Stem).OrDamaged(),
            row.Target.Map(id => new ReleaseId(id)),
            row.Serving.Map(id => new ReleaseId(id)),
            row.ServingSince,
            releases.ToSeq().Strict()
        );
    }

    private static DesiredBuild BuildOf(SqliteDataReader row, Dictionary<long, DesiredProject> projects)
    {
        var where = $"build {row.GetInt64(0)}";
        return new DesiredBuild(
            new BuildId(row.GetInt64(0)),
            new BranchId(row.GetInt64(1)),
            ProjectOf(projects, row.GetInt64(2)),
            Stored.BranchOf($"{where}: reference", row.GetString(3)),
            row.OptionalCommit(4, $"{where}: requested_commit"),
            row.OptionalCommit(10, $"{where}: announced_commit"),
            row.OptionalCommit(5, $"{where}: commit_id"),
            Stored.StateOf(row.GetString(6)),
            row.GetInt32(7),
            row.OptionalTime(8),
            row.GetBoolean(9),
            row.OptionalText(11),
            None
        );
    }

    private static Lease LeaseOf(SqliteDataReader row)
    {
        var where = $"port {row.GetInt64(0)}";
        return new Lease(
            Port.Parse(where, row.GetInt64(0)).OrDamaged(),
            UnitName.Parse($"{where}: unit", row.GetString(1)).OrDamaged(),
            new BranchId(row.GetInt64(2)),
            row.Time(3),
            row.OptionalTime(4)
        );
    }

    private static (ActionKey, Attempts) ReadAttempts(SqliteDataReader row) =>
        (new ActionKey(row.GetString(0)), new Attempts(row.GetInt32(1), row.Time(2), row.Text(3) ?? ""));

    private static BranchRow ReadBranch(SqliteDataReader row) =>
        new(
            row.GetInt64(0),
            row.GetString(1),
            row.OptionalTime(2),
            row.Text(3),
            row.GetInt64(4),
            row.Text(5),
            row.Text(6),
            row.Text(7),
            LifeReader.LifeAt(row, 8),
            row.OptionalText(DatabaseColumn),
            row.OptionalText(BucketColumn)
        );

    private static DeploymentRow ReadDeployment(SqliteDataReader row) =>
        new(
            row.GetInt64(0),
            row.GetInt64(1),
            row.GetString(2),
            row.GetString(3),
            row.OptionalNumber(4),
            row.OptionalNumber(5),
            row.OptionalTime(6)
        );

    private sealed record BranchRow(
        long Id,
        string Reference,
        Option<DateTimeOffset> RemovedAt,
        string? RemovedReason,
        long Project,
        string? Role,
        string? Stems,
        string? Newest,
        BranchLife Life,
        Option<string> Database,
        Option<string> Bucket
    );

    private sealed record DeploymentRow(
        long Id,
        long Branch,
        string Component,
        string Stem,
        Option<long> Target,
        Option<long> Serving,
        Option<DateTimeOffset> ServingSince
    );
}
