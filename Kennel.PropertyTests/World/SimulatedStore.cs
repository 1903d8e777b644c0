using Kennel.Core.Configuration;
using Kennel.Core.Domain;
using Kennel.Core.Forge;
using Kennel.Core.Lifecycle;
using Kennel.Core.Planning;
using Kennel.Core.Ports;
using Kennel.Core.Units;
using Kennel.Shell.Store;

namespace Kennel.PropertyTests.World;

/// <summary>The real store, in memory.</summary>
public sealed class SimulatedStore : IDisposable
{
    /// <summary>The mark of the database.</summary>
    public static readonly InstanceId Instance = InstanceId.Parse("simulation", "0123456789ab").Valid();

    private readonly Database database = Database.OpenTemporary(Instance);
    private readonly IntentStore intents;
    private readonly SimulatedHost host;

    public SimulatedStore(SimulatedHost host)
    {
        this.host = host;
        var clock = new SimulatedClock(host);
        Store = new ConfiguredStore(new StateStore(database, SettingsOf, Targets.Of, clock), () => CacheMode);
        LookingStore = new ConfiguredStore(
            new StateStore(database, SettingsWithLooks, Targets.Of, clock),
            () => CacheMode
        );
        intents = new IntentStore(database, SettingsOf, clock);
        People = new SimulatedPeople(database, SettingsOf, clock, new SimulatedSecrets(host).Read);
        SecretWatch = new SecretWatch(Store.Read, People.History, new SimulatedSecrets(host).Read, _ => { });
    }

    /// <summary>How often repositories are looked at, where they are.</summary>
    public static TimeSpan LookInterval { get; } = TimeSpan.FromMinutes(10);

    public IStore Store { get; }

    /// <summary>The same database, read by a Kennel that looks at repositories without a delivery.</summary>
    public IStore LookingStore { get; }

    public SimulatedPeople People { get; }

    public SecretWatch SecretWatch { get; }

    /// <summary>How new caches are given.</summary>
    public CacheMode CacheMode { get; set; }

    /// <summary>After how long without activity branches of a project expire.</summary>
    public void SetPeriods(ProjectName project, ExpiryPeriods periods) =>
        Granted(
            intents.SetPeriods(
                project,
                new PeriodChange(new PeriodWish.Own(periods.HibernateAfter), new PeriodWish.Own(periods.RemoveAfter)),
                CancellationToken.None
            )
        );

    /// <summary>Somebody asks that a branch never expires.</summary>
    public void Keep(Branch branch) =>
        Change(
            "UPDATE branches SET kept_at = @now WHERE reference = @reference",
            ("@now", host.Clock.ToUnixTimeMilliseconds()),
            ("@reference", branch.Reference)
        );

    public bool IsKept(Branch branch) =>
        Rows(
            "SELECT 1 FROM branches WHERE reference = @reference AND kept_at IS NOT NULL",
            row => row.GetInt64(0),
            ("@reference", branch.Reference)
        ).Count > 0;

    /// <summary>When a branch was last used, as far as that is written.</summary>
    public Option<DateTimeOffset> ActiveAt(Branch branch) =>
        Rows(
                "SELECT max(active_at) FROM branches WHERE reference = @reference HAVING max(active_at) IS NOT NULL",
                row => DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(0)),
                ("@reference", branch.Reference)
            )
            .HeadOrNone();

    public bool IsAsleep(Branch branch) =>
        Rows(
            "SELECT 1 FROM branches WHERE reference = @reference AND asleep_at IS NOT NULL AND removed_at IS NULL",
            row => row.GetInt64(0),
            ("@reference", branch.Reference)
        ).Count > 0;

    /// <summary>Whether requests count as observed.</summary>
    public bool IsWatching => Rows("SELECT 1 FROM activity_watch", row => row.GetInt64(0)).Count > 0;

    /// <summary>What a branch follows.</summary>
    public Branch Reference(BranchId branch) =>
        Rows(
                "SELECT reference FROM branches WHERE id = @id",
                row => Stored.BranchOf("simulation", row.GetString(0)),
                ("@id", branch.Value)
            )
            .Head();

    public void AddProject(ProjectName project) =>
        Granted(
            intents.AddProject(
                new NewProject(project, None, $"/srv/{project}.git", BranchName.Parse("simulation", "main").Valid()),
                CancellationToken.None
            )
        );

    /// <summary>Deploys a branch, unless its project is locked.</summary>
    public void Deploy(ProjectName project, Branch branch) =>
        Granted(intents.Deploy(project, branch, None, CancellationToken.None), except: "locked");

    /// <summary>A pull request is open, and nobody need approve it.</summary>
    public void KnowPullRequest(ProjectName project, int number) =>
        Change(
            """
            INSERT INTO pull_requests (project, number, state, updated_at, head_reference, base_reference)
            SELECT id, @number, 'open', @now, 'refs/heads/feature', 'refs/heads/main' FROM projects WHERE name = @project
            ON CONFLICT DO NOTHING
            """,
            ("@number", number),
            ("@now", host.Clock.ToUnixTimeMilliseconds()),
            ("@project", project.Value)
        );

    /// <summary>What every deployment serves.</summary>
    public Seq<ServingRow> Serving() =>
        Rows(
            """
            SELECT d.id, d.serving, r.build, b.pinned_build, p.locked_at IS NOT NULL,
                EXISTS (SELECT 1 FROM releases x WHERE x.deployment = d.id AND x.build = b.pinned_build)
            FROM deployments d JOIN branches b ON b.id = d.branch JOIN projects p ON p.id = b.project
                LEFT JOIN releases r ON r.id = d.serving
            """,
            row => new ServingRow(
                row.GetInt64(0),
                Number(row, 1),
                Number(row, 2),
                Number(row, 3),
                row.GetBoolean(5),
                row.GetBoolean(4)
            )
        );

    /// <summary>Every release that is remembered, and what it is held for.</summary>
    public Seq<JudgedRow> Judged() =>
        Rows(
            """
            SELECT r.id, r.digest, r.store_path, r.outcome = 'accepted', d.serving IS r.id
            FROM releases r JOIN deployments d ON d.id = r.deployment
            """,
            row => new JudgedRow(
                row.GetInt64(0),
                row.GetString(1),
                row.GetString(2),
                row.GetBoolean(3),
                row.GetBoolean(4)
            )
        );

    /// <summary>What the ledger has.</summary>
    public Seq<LedgerRow> Ledger() =>
        Rows(
            """
            SELECT r.name, r.state = 'present', b.removed_at IS NOT NULL, r.kind, r.number, r.branch
            FROM resources r JOIN branches b ON b.id = r.branch
            """,
            row => new LedgerRow(row.GetString(0), row.GetBoolean(1), row.GetBoolean(2))
            {
                Kind = ResourceKinds
                    .Of(row.GetString(3))
                    .IfNone(() => throw new System.Diagnostics.UnreachableException()),
                Number = Number(row, 4).Map(number => (int)number),
                Branch = new BranchId(row.GetInt64(5)),
            }
        );

    /// <summary>The data services that a unit of a release needs, and whose.</summary>
    public Seq<(BranchId Branch, ResourceKind Kind)> NeedsOf(UnitName unit) =>
        Rows(
                """
                SELECT d.branch, k.value
                FROM releases r JOIN deployments d ON d.id = r.deployment,
                    json_each(r.specification, '$.service.resources') k
                WHERE d.stem || '-' || r.digest || '.service' = @unit OR r.id = @step
                """,
                row => (new BranchId(row.GetInt64(0)), ResourceKinds.Of(row.GetString(1))),
                ("@unit", unit.Value),
                ("@step", unit.Step.Map(step => step.Release.Value).IfNone(0))
            )
            .Bind(need => need.Item2.ToSeq().Map(kind => (need.Item1, kind)))
            .Distinct()
            .ToSeq()
            .Strict();

    /// <summary>Removes a branch; one that is not there, or is being removed, is as good as removed.</summary>
    public void Remove(ProjectName project, Branch branch) =>
        intents
            .RemoveBranch(project, branch, "removed by the scenario", CancellationToken.None)
            .GetAwaiter()
            .GetResult();

    /// <summary>Somebody wakes a branch; one that is not there stays so.</summary>
    public void Wake(ProjectName project, Branch branch) =>
        intents.Wake(project, branch, CancellationToken.None).GetAwaiter().GetResult();

    /// <summary>Somebody lets a branch hibernate; one that is not there, or is being built, stays as it is.</summary>
    public void Hibernate(ProjectName project, Branch branch) =>
        intents.Hibernate(project, branch, CancellationToken.None).GetAwaiter().GetResult();

    /// <summary>The door is asked for a host name that hibernates.</summary>
    public void Wake(HostName host) => intents.WakeHost(host, CancellationToken.None).GetAwaiter().GetResult();

    /// <summary>The host names that belong to a branch.</summary>
    public Set<HostName> Hosts(Branch branch) =>
        toSet(
            Rows(
                "SELECT name FROM claims WHERE kind = 'host' AND reference = @reference",
                row => HostName.Parse("claims", row.GetString(0)).Valid(),
                ("@reference", branch.Reference)
            )
        );

    /// <summary>A delivery is kept; one whose number is known already is not.</summary>
    public void Keep(ProjectName project, SimulatedDelivery delivery)
    {
        var message = ForgeEvents.Read(delivery.Event, delivery.Body).Valid();
        database
            .Write(
                session =>
                    DeliveryInbox.Accept(
                        session,
                        new NewDelivery(
                            delivery.Id,
                            delivery.Event,
                            delivery.Body,
                            DeliveryInbox.Named(session, project).Map(found => found.Id),
                            message,
                            host.Clock
                        )
                    ),
                _ => true,
                CancellationToken.None
            )
            .GetAwaiter()
            .GetResult();
    }

    /// <summary>Somebody cancels every build of a branch that is not at its end.</summary>
    public void Cancel(Branch branch) =>
        Change(
            """
            UPDATE builds SET cancelled_by = 'the scenario' WHERE state IN ('queued', 'building')
                AND branch IN (SELECT id FROM branches WHERE reference = @reference)
            """,
            ("@reference", branch.Reference)
        );

    /// <summary>What every delivery ever kept meant; none while it is open.</summary>
    public Seq<(string Delivery, Option<string> Meaning)> Meanings() =>
        Rows(
            "SELECT delivery, CASE WHEN handled_at IS NULL THEN NULL ELSE meaning END FROM deliveries ORDER BY id",
            row => (row.GetString(0), row.IsDBNull(1) ? Option<string>.None : Some(row.GetString(1)))
        );

    /// <summary>Every build ever queued, unless its branch was forgotten: what it was for, and how it ended.</summary>
    public Seq<SimulatedBuildRow> Builds() =>
        Rows(
            """
            SELECT b.id, p.name, br.reference, br.removed_at IS NULL, b.state,
                coalesce(b.commit_id, b.announced_commit, ''), coalesce(b.cause_code, '')
            FROM builds b JOIN branches br ON br.id = b.branch JOIN projects p ON p.id = br.project ORDER BY b.id
            """,
            row => new SimulatedBuildRow(
                row.GetInt64(0),
                row.GetString(1),
                row.GetString(2),
                row.GetBoolean(3),
                row.GetString(4),
                row.GetString(5),
                row.GetString(6)
            )
        );

    private void Change(string sql, params (string, object?)[] values) =>
        database
            .Write(session => session.Execute(sql, values), _ => true, CancellationToken.None)
            .GetAwaiter()
            .GetResult();

    private Seq<T> Rows<T>(
        string sql,
        Func<Microsoft.Data.Sqlite.SqliteDataReader, T> read,
        params (string, object?)[] values
    ) =>
        database
            .Read(session => session.Query(sql, read, values).ToSeq().Strict(), CancellationToken.None)
            .GetAwaiter()
            .GetResult();

    /// <summary>All that is written in the database, as bytes.</summary>
    public byte[] Content() =>
        Rows(
                "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'",
                row => row.GetString(0)
            )
            .SelectMany(table => Rows($"SELECT * FROM \"{table}\"", row => Shown(row)))
            .SelectMany(System.Text.Encoding.UTF8.GetBytes)
            .ToArray();

    private static string Shown(Microsoft.Data.Sqlite.SqliteDataReader row) =>
        string.Join('|', Enumerable.Range(0, row.FieldCount).Select(column => row.GetValue(column)));

    public void Dispose() => database.Dispose();

    private static Option<long> Number(Microsoft.Data.Sqlite.SqliteDataReader row, int column) =>
        row.IsDBNull(column) ? None : Some(row.GetInt64(column));

    private static void Granted<T>(Task<Either<Refusal, T>> request, string except = "") =>
        request
            .GetAwaiter()
            .GetResult()
            .IfLeft(refusal =>
            {
                if (refusal.Code != except)
                    throw new InvalidOperationException(refusal.ToString());
            });

    // Looks without a delivery, and watching who uses what, would never let the world come to rest: both happen where a
    // scenario wants them.
    private static Settings SettingsOf(InstanceId instance) => SettingsOf(instance, TimeSpan.Zero);

    private static Settings SettingsWithLooks(InstanceId instance) => SettingsOf(instance, LookInterval);

    private static Settings SettingsOf(InstanceId instance, TimeSpan lookInterval) =>
        (
            HostConfiguration.Default with
            {
                Reconcile = new ReconcileConfiguration(30, (int)lookInterval.TotalSeconds),
                Expiry = new ExpiryConfiguration(0, 0),
                Resources = new ResourcesConfiguration(
                    ResourcesConfiguration.Default.Postgres with
                    {
                        Enable = true,
                        Templates = Seq1(TemplateName.Parse("simulated", CopyScenarios.Template).Valid()),
                    }
                )
                {
                    Valkey = ValkeyConfiguration.Default with { Enable = true },
                    Garage = GarageConfiguration.Default with { Enable = true },
                },
                CustomDomainsFile = "/run/kennel/custom-domains",
                Dns = DnsConfiguration.None with
                {
                    Zones = Map((HostName.Parse("simulation", "example.net").Valid(), new string('0', 32))),
                    TokenFile = "/etc/kennel/cloudflare",
                    PublicAddresses = Seq("192.0.2.7", "2001:db8::7"),
                },
            }
        ).ToSettings(
            instance,
            new BuildHost(
                "/opt/kennel/kennel",
                "/var/lib/kennel",
                "/var/lib/kennel/builds",
                "x86_64-linux",
                "/usr/bin",
                None
            )
        );

    private sealed class SimulatedClock(SimulatedHost host) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => host.Clock;
    }
}

/// <summary>A build as the store keeps it.</summary>
public sealed record SimulatedBuildRow(
    long Id,
    string Project,
    string Reference,
    bool IsLive,
    string State,
    string Commit,
    string Cause
);
