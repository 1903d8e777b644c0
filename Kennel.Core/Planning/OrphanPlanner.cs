using Kennel.Core.Domain;

namespace Kennel.Core.Planning;

/// <summary>
/// What stands on the host under Kennel's names and is not this database's: reported, left running. A new or lost
/// database therefore stops and destroys nothing; only what a person gave up by name goes.
/// </summary>
public static class OrphanPlanner
{
    /// <summary>A note for each orphan, or the next step towards its end; and the names of those that are gone, to forget.</summary>
    public static Seq<Part> Plan(Sight sight)
    {
        var orphans = Find(sight);
        return Joined(
            orphans.Map(orphan => sight.Desired.GivenUp.Contains(orphan.Title) ? End(sight, orphan) : Tell(orphan)),
            ForgetGone(sight, orphans)
        );
    }

    /// <summary>All orphans that can be seen.</summary>
    public static Seq<Orphan> Find(Sight sight) =>
        Joined(
                Units(sight),
                Routes(sight),
                Roots(sight),
                DatabaseOrphans.Find(sight),
                CacheOrphans.Find(sight),
                BucketOrphans.Find(sight),
                Records(sight)
            )
            .Strict();

    private static Part Tell(Orphan orphan) =>
        Part.Nothing with
        {
            Notes = Seq1<Note>(new Note.Orphan(new Subject.Host(), orphan.Title)),
        };

    private static Part End(Sight sight, Orphan orphan) =>
        orphan switch
        {
            Orphan.OfUnit it => Retirement.Of(new Subject.Host(), it.Unit, () => None, sight.Now),
            Orphan.OfRoute => Part.Wait(new Subject.Host(), new WaitingOn.RouteChange()),
            Orphan.OfRoot it => Part.Step(new Subject.Host(), new Action.RemoveRoot(it.Root), "somebody gave it up"),
            Orphan.OfDatabase it => Part.Step(
                new Subject.Host(),
                DatabasePlanner.Drop(it.Database),
                "somebody gave it up"
            ),
            Orphan.OfRole it => DatabaseOrphans.End(sight, it.Role),
            Orphan.OfCache it => CacheOrphans.End(sight, it.User),
            Orphan.OfBucket it => BucketOrphans.End(it.Bucket),
            Orphan.OfBucketKey it => BucketOrphans.End(sight, it.Key),
            Orphan.OfRecord it => Part.Step(
                new Subject.Host(),
                new Action.RemoveRecord(it.Record),
                "somebody gave it up"
            ),
            _ => throw new System.Diagnostics.UnreachableException(),
        };

    // What cannot be seen is not gone.
    private static Seq<Part> ForgetGone(Sight sight, Seq<Orphan> orphans)
    {
        var isAllSeen =
            sight.Observed.Units.ToOption().IsSome
            && sight.Observed.Routing.ToOption().IsSome
            && sight.Observed.Roots.ToOption().IsSome;
        var areDatabasesSeen = sight.Observed.Databases.ToOption().IsSome;
        var areBucketsSeen = sight.Observed.Buckets.ToOption().IsSome;
        var areCachesSeen = sight.Observed.Caches.ToOption().IsSome;
        var areRecordsSeen = sight.Settings.Dns.IsNone || sight.Observed.Records.ToOption().IsSome;
        var left = toSet(orphans.Map(orphan => orphan.Title));
        var gone = sight
            .Desired.GivenUp.Filter(name =>
                Orphan.IsInPostgres(name) ? areDatabasesSeen
                : Orphan.IsInValkey(name) ? areCachesSeen
                : Orphan.IsInGarage(name) ? areBucketsSeen
                : Orphan.IsInDns(name) ? areRecordsSeen
                : isAllSeen
            )
            .Filter(name => !left.Contains(name))
            .ToSeq();
        return gone.IsEmpty
            ? Seq<Part>()
            : Seq1(Part.Step(new Subject.Host(), new Action.ForgetGivenUp(gone.Strict()), "it is gone"));
    }

    private static Seq<Orphan> Units(Sight sight) =>
        sight.Observed.Units.Match(
            units =>
            {
                var stems = Stems(sight);
                var branches = toSet(sight.Desired.Branches.Map(branch => branch.Id));
                return units
                    .Values.ToSeq()
                    .Filter(unit => IsOrphan(sight, stems, branches, unit))
                    .Map(unit => (Orphan)new Orphan.OfUnit(unit));
            },
            _ => Seq<Orphan>()
        );

    // While a row cannot be read, what has none is not therefore nobody's.
    private static bool IsKeptCache(Sight sight, UnitName unit) =>
        unit.Cache.IsSome
        && (
            !sight.Desired.Damage.IsEmpty
            || sight.Desired.Branches.Exists(branch =>
                branch.Resources.Exists(row => row.Resource == new Resource.ValkeyInstance(unit))
            )
        );

    private static Set<string> Stems(Sight sight) =>
        toSet(sight.Desired.Branches.Bind(branch => branch.Deployments).Map(deployment => deployment.Stem.Value));

    private static bool IsOrphan(Sight sight, Set<string> stems, Set<BranchId> branches, ObservedUnit unit) =>
        unit.Mark.Exists(mark => mark != sight.Settings.Instance)
        || (
            unit.Mark == Some(sight.Settings.Instance)
            && unit.Name.Build.IsNone
            && !unit.Name.Value.StartsWith("kennel-clean-", StringComparison.Ordinal)
            && !IsKeptCache(sight, unit.Name)
            && !unit.Name.Step.Exists(step => branches.Contains(step.Branch))
            && !unit.Name.Copy.Exists(branches.Contains)
            && !Sight.StemOf(unit.Name).Exists(stems.Contains)
        );

    private static Seq<Orphan> Routes(Sight sight) =>
        sight.Observed.Routing.Match(
            routing =>
                routing
                    .Table.Entries.Filter(
                        (host, entry) =>
                            entry.Owner != sight.Settings.Instance || !sight.Desired.ClaimedHosts.Contains(host)
                    )
                    .Keys.ToSeq()
                    .Map(host => (Orphan)new Orphan.OfRoute(host)),
            _ => Seq<Orphan>()
        );

    private static Seq<Orphan> Records(Sight sight) =>
        DnsPlanner.Orphans(sight).Map(record => (Orphan)new Orphan.OfRecord(record));

    private static Seq<Orphan> Roots(Sight sight) =>
        sight.Observed.Roots.Match(
            roots =>
                roots
                    .Keys.ToSeq()
                    .Filter(root => root.Instance != sight.Settings.Instance.Value)
                    .Map(root => (Orphan)new Orphan.OfRoot(root)),
            _ => Seq<Orphan>()
        );
}

/// <summary>Something under Kennel's names that is not this database's.</summary>
public abstract record Orphan
{
    private const string BucketTitle = "bucket ";
    private const string BucketKeyTitle = "bucket-key ";

    private Orphan() { }

    /// <summary>A unit.</summary>
    public sealed record OfUnit(ObservedUnit Unit) : Orphan;

    /// <summary>A host name that is served.</summary>
    public sealed record OfRoute(HostName Host) : Orphan;

    /// <summary>A store path that is protected from garbage collection.</summary>
    public sealed record OfRoot(RootName Root) : Orphan;

    /// <summary>A database.</summary>
    public sealed record OfDatabase(ObservedDatabase Database) : Orphan;

    /// <summary>A role of PostgreSQL.</summary>
    public sealed record OfRole(ObservedRole Role) : Orphan;

    /// <summary>A user of Valkey, and the database that is his.</summary>
    public sealed record OfCache(ObservedCacheUser User) : Orphan;

    /// <summary>A bucket.</summary>
    public sealed record OfBucket(ObservedBucket Bucket) : Orphan;

    /// <summary>The key of a bucket.</summary>
    public sealed record OfBucketKey(ObservedBucketKey Key) : Orphan;

    /// <summary>A record in DNS.</summary>
    public sealed record OfRecord(DnsRecord Record) : Orphan;

    /// <summary>How a database is called where it is an orphan.</summary>
    public static string TitleOf(DatabaseName database) => $"database {database}";

    /// <summary>Whether the title is that of something in PostgreSQL.</summary>
    public static bool IsInPostgres(string title) =>
        title.StartsWith("database ", StringComparison.Ordinal) || title.StartsWith("role ", StringComparison.Ordinal);

    /// <summary>How a user of Valkey is called where he is an orphan.</summary>
    public static string TitleOf(CacheUser user) => $"cache {user}";

    /// <summary>Whether the title is that of something in Valkey.</summary>
    public static bool IsInValkey(string title) => title.StartsWith("cache ", StringComparison.Ordinal);

    /// <summary>Whether the title is that of something in Garage.</summary>
    public static bool IsInGarage(string title) =>
        title.StartsWith(BucketTitle, StringComparison.Ordinal)
        || title.StartsWith(BucketKeyTitle, StringComparison.Ordinal);

    /// <summary>The bucket that a title names.</summary>
    public static Option<BucketName> BucketIn(string title) =>
        title.StartsWith(BucketTitle, StringComparison.Ordinal)
            ? BucketName.Parse("orphan", title[BucketTitle.Length..]).ToOption()
            : None;

    /// <summary>Whether the title is that of a record in DNS.</summary>
    public static bool IsInDns(string title) => title.StartsWith("record ", StringComparison.Ordinal);

    /// <summary>Its kind and its name: what a person gives up, and what is stored then.</summary>
    public string Title =>
        this switch
        {
            OfUnit it => $"unit {it.Unit.Name}",
            OfRoute it => $"route {it.Host}",
            OfRoot it => $"root {it.Root}",
            OfDatabase it => TitleOf(it.Database.Name),
            OfRole it => $"role {it.Role.Name}",
            OfCache it => TitleOf(it.User.Name),
            OfBucket it => $"{BucketTitle}{it.Bucket.Name}",
            OfBucketKey it => $"{BucketKeyTitle}{it.Key.Id}",
            OfRecord it => $"record {it.Record.Name} {it.Record.Content}",
            _ => throw new System.Diagnostics.UnreachableException(),
        };
}
