using Kennel.Core.Domain;
using Kennel.Core.Planning;
using Kennel.Core.Routing;

namespace Kennel.PropertyTests.World;

/// <summary>
/// Everything outside Kennel on one simulated host, as plain state that time changes. The ports read and write it;
/// scenarios break it.
/// </summary>
public sealed class SimulatedHost
{
    private static readonly TimeSpan CleanTime = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan DumpTime = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan CollectionTime = TimeSpan.FromSeconds(20);

    private int invocations;
    private int boots = 1;
    private Seq<(DateTimeOffset At, System.Action End)> underWay;

    /// <summary>The time that really passes.</summary>
    public DateTimeOffset Now { get; private set; } = DateTimeOffset.UnixEpoch.AddYears(50);

    /// <summary>How far the clock is ahead of it.</summary>
    public TimeSpan ClockError { get; set; }

    /// <summary>The time that the clock of the host shows.</summary>
    public DateTimeOffset Clock => Now + ClockError;

    /// <summary>When people used each host name, since Kennel started, by the clock.</summary>
    public Map<HostName, DateTimeOffset> Requests { get; set; }

    /// <summary>What PostgreSQL holds.</summary>
    public SimulatedDatabases Databases { get; } = new();

    /// <summary>What Valkey holds.</summary>
    public SimulatedCaches Caches { get; } = new();

    /// <summary>What Garage holds.</summary>
    public SimulatedBuckets Buckets { get; } = new();

    /// <summary>The dumps of databases.</summary>
    public Map<DumpName, DumpState> Dumps { get; set; }

    /// <summary>What each dump was made of.</summary>
    public Map<DumpName, DatabaseName> DumpedFrom { get; private set; }

    public SortedDictionary<UnitName, SimulatedUnit> Units { get; } = [];

    public System.Collections.Generic.HashSet<StorePath> StorePaths { get; } = [];

    public Map<RootName, StorePath> Roots { get; set; }

    public Set<string> StateDirectories { get; set; }

    public Map<BuildId, Option<BuildResult>> BuildDirectories { get; set; }

    /// <summary>The records of the zones.</summary>
    public Seq<DnsRecord> Records { get; set; }

    /// <summary>Those among them that people made.</summary>
    public Seq<DnsRecord> MadeByPeople { get; set; }

    /// <summary>What the file of custom domains holds.</summary>
    public Option<string> DomainsFile { get; set; }

    /// <summary>What Kennel keeps on disk for a while.</summary>
    public Seq<KeptFile> KeptFiles { get; set; }

    public Map<BuildId, FetchState> Fetches { get; set; }

    public Map<ProjectId, ListingState> Listings { get; set; }

    /// <summary>The repositories, by clone URL.</summary>
    public Map<string, SimulatedRepository> Repositories { get; set; }

    /// <summary>How long git takes.</summary>
    public TimeSpan GitTime { get; set; }

    /// <summary>Whether git tells what is there when it ends, not when it began.</summary>
    public bool GitAnswersLate { get; set; }

    /// <summary>The room on the disks.</summary>
    public FreeSpace Room { get; set; } = new("/nix/store", 50L << 30, 100L << 30);

    public CollectionState Collection { get; private set; } = CollectionState.Never;

    /// <summary>When garbage collection was begun, since Kennel started.</summary>
    public Seq<DateTimeOffset> Collections { get; private set; }

    /// <summary>The commits whose build units were started, oldest first.</summary>
    public Seq<(BuildId Build, CommitId Commit)> BuildStarts { get; private set; }

    public Map<CommitId, SimulatedCommit> Commits { get; set; }

    /// <summary>The table that the web server finds, if it is led there.</summary>
    public RoutingTable Table { get; set; } = RoutingTable.Empty;

    /// <summary>Whether the web server is led to the table.</summary>
    public bool HasSubtree { get; set; }

    /// <summary>What the web server serves.</summary>
    public RoutingTable Served => HasSubtree ? Table : RoutingTable.Empty;

    public int CaddyVersion { get; set; }

    public int TableVersion { get; set; }

    public int CaddyWrites { get; set; }

    /// <summary>The secret store, and what is in memory of it.</summary>
    public SimulatedVault Vault { get; } = new();

    /// <summary>This start of the machine.</summary>
    public BootId Boot => BootId.Parse("simulated", $"00000000-0000-0000-0000-{boots:x12}").Valid();

    /// <summary>The systems that cannot be seen now, by name.</summary>
    public Set<string> Blind { get; set; }

    /// <summary>Starts a unit, as a service manager does; the caller has checked that it does not exist.</summary>
    public SimulatedUnit Start(UnitName name, Seq<Core.Units.UnitProperty> properties)
    {
        var program = properties
            .Bind(property =>
                property.Value is Core.Units.UnitValue.Commands commands
                    ? commands.Values
                    : Seq<Core.Units.CommandLine>()
            )
            .HeadOrNone()
            .Map(command => command.Path)
            .IfNone("");
        var component = Commits
            .Values.ToSeq()
            .Bind(commit => commit.Components)
            .Find(one => program.StartsWith(one.StorePath.Value + "/", StringComparison.Ordinal));
        var unit = new SimulatedUnit(name, properties, Now, ++invocations)
        {
            Component = component,
            ActiveSince = Clock,
            Built = name.Build.Bind(_ => SimulatedBuild.CommitOf(this, properties)),
            Behaviour =
                name.Copy.IsSome && Databases.RefuseRestores
                    ? Behaviour.StepFails
                    : component.Map(one => one.Behaviour),
        };
        foreach (var (build, commit) in name.Build.Bind(build => unit.Built.Map(it => (build, it))))
            BuildStarts = BuildStarts.Add((build, commit.Id));
        Units[name] = unit;
        unit.StateDirectory.IfSome(directory => StateDirectories = StateDirectories.AddOrUpdate(directory));
        return unit;
    }

    /// <summary>When the clock shows this time, if nobody sets it meanwhile.</summary>
    public DateTimeOffset OnClock(DateTimeOffset time) => time - ClockError;

    /// <summary>When something next changes by itself.</summary>
    public Option<DateTimeOffset> NextEvent() =>
        Units
            .Values.ToSeq()
            .Bind(unit => Joined(unit.NextEvent(Now).ToSeq(), Ending(unit).ToSeq()))
            .Append(underWay.Map(one => one.At))
            .OrderBy(at => at)
            .ToSeq()
            .HeadOrNone();

    /// <summary>Lets time pass.</summary>
    public void AdvanceTo(DateTimeOffset time)
    {
        Now = time > Now ? time : Now;
        EndWhatIsDue();
        foreach (var unit in Units.Values.ToList())
        {
            SimulatedCopy.EndIfDue(this, unit);
            if (unit.IsGone(Now))
                Units.Remove(unit.Name);
            else if (Ending(unit).Exists(at => at <= Now))
                End(unit);
        }
    }

    /// <summary>The machine restarts: transient units and what Kennel kept in memory are gone; files stay.</summary>
    public void Reboot()
    {
        foreach (var unit in Units.Values.Where(unit => !unit.IsForeign).ToList())
            Units.Remove(unit.Name);
        boots++;
        Vault.ForgetMemory();
        ForgetMemory();
    }

    /// <summary>Kennel starts anew: what it kept in memory only is gone.</summary>
    public void ForgetMemory()
    {
        Fetches = Map<BuildId, FetchState>();
        Listings = Map<ProjectId, ListingState>();
        Vault.Readings = Map<BuildId, Core.Secrets.SecretReading>();
        Dumps = Dumps.Filter(dump => dump is DumpState.Done);
        Collection = CollectionState.Never;
        Collections = Seq<DateTimeOffset>();
        Requests = Map<HostName, DateTimeOffset>();
        underWay = Seq<(DateTimeOffset, System.Action)>();
    }

    /// <summary>Git is asked, and what it says is told when it has ended.</summary>
    public void AnswerOfGit<T>(Func<T> ask, Action<T> tell)
    {
        if (GitTime == TimeSpan.Zero)
        {
            tell(ask());
            return;
        }
        var isLate = GitAnswersLate;
        var now = isLate ? Option<T>.None : Some(ask());
        underWay = underWay.Add((Now + GitTime, () => tell(now.IfNone(ask))));
    }

    /// <summary>Garbage is collected in the background.</summary>
    public void BeginCollection()
    {
        Collections = Collections.Add(Now);
        Collection = new CollectionState(true, Collection.EndedAt, None);
        underWay = underWay.Add((Now + CollectionTime, EndCollection));
    }

    /// <summary>A database is dumped in the background.</summary>
    public void BeginDump(DatabaseName database, DumpName dump)
    {
        Dumps = Dumps.AddOrUpdate(dump, new DumpState.Running());
        underWay = underWay.Add((Now + DumpTime, () => EndDump(database, dump)));
    }

    private void EndDump(DatabaseName database, DumpName dump)
    {
        DumpState end =
            Blind.Contains(DatabasePlanner.System) || !Databases.Databases.ContainsKey(database)
                ? new DumpState.Failed(new Cause.Refused("pg_dump", "simulated"), Clock, 1)
                : new DumpState.Done(Clock, 1);
        DumpedFrom = DumpedFrom.AddOrUpdate(dump, database);
        Dumps = Dumps.AddOrUpdate(dump, end);
    }

    /// <summary>Removes every store path that no root protects and no out-link of a build.</summary>
    public void CollectGarbage()
    {
        var linked = BuildDirectories
            .Values.ToSeq()
            .Somes()
            .Bind(result => result is BuildResult.Built built ? built.Outputs.Values.ToSeq() : Seq<StorePath>());
        var kept = toSet(linked).AddOrUpdateRange(Roots.Values);
        StorePaths.RemoveWhere(path => !kept.Contains(path));
    }

    private void EndCollection()
    {
        CollectGarbage();
        Collection = new CollectionState(false, Clock, None);
    }

    private void EndWhatIsDue()
    {
        var due = underWay.Filter(one => one.At <= Now).Strict();
        underWay = underWay.Filter(one => one.At > Now).Strict();
        due.Iter(one => one.End());
    }

    private Option<DateTimeOffset> Ending(SimulatedUnit unit) =>
        unit.Name.Build.IsSome ? unit.Built.Bind(commit => commit.BuildTime).Map(time => unit.StartedAt + time)
        : unit.Name.Value.StartsWith("kennel-clean-", StringComparison.Ordinal) && !unit.IsForeign
            ? Some(unit.StartedAt + CleanTime)
        : None;

    private void End(SimulatedUnit unit)
    {
        Units.Remove(unit.Name);
        unit.Name.Build.Match(build => SimulatedBuild.End(this, unit, build), () => Clean(unit));
    }

    private void Clean(SimulatedUnit unit)
    {
        var named = unit.Commands.Bind(command => command.Arguments).Map(path => path.Split('/')[^1]);
        StateDirectories = StateDirectories.Filter(directory => !named.Contains(directory));
    }
}
