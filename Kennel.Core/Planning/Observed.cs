using Kennel.Core.Domain;
using Kennel.Core.Routing;
using Kennel.Core.Secrets;

namespace Kennel.Core.Planning;

/// <summary>All that was seen of the world outside in one pass.</summary>
/// <param name="Now">The time of the look.</param>
/// <param name="Units">Every loaded <c>kennel-*.service</c>, ours or not.</param>
/// <param name="Routing">What Caddy serves.</param>
/// <param name="Listeners">Every TCP port that something listens on, with the user id of the listener.</param>
/// <param name="Probes">How the generations on trial answered.</param>
/// <param name="Connections">Requests in flight by port of the upstream; asked only while something drains.</param>
/// <param name="StateDirectories">The names below <c>/var/lib/knl</c>.</param>
/// <param name="Roots">Kennel's garbage collector roots and what they protect.</param>
/// <param name="Fetches">The fetches of commits that builds wait for.</param>
/// <param name="Listings">What repositories say of their references, for the projects with deliveries.</param>
/// <param name="FreeSpace">The room on the disks that builds fill; asked only while one is queued.</param>
/// <param name="Collection">How far garbage collection is.</param>
/// <param name="BuildDirectories">The directories of builds, with the result where one was written.</param>
public sealed record Observed(
    DateTimeOffset Now,
    Observation<Map<UnitName, ObservedUnit>> Units,
    Observation<ObservedRouting> Routing,
    Observation<Map<Port, uint>> Listeners,
    Map<UnitName, ProbeAnswer> Probes,
    Observation<Map<Port, int>> Connections,
    Observation<Set<string>> StateDirectories,
    Observation<Map<RootName, StorePath>> Roots,
    Map<BuildId, FetchState> Fetches,
    Map<ProjectId, ListingState> Listings,
    Observation<Seq<FreeSpace>> FreeSpace,
    CollectionState Collection,
    Observation<Map<BuildId, Option<BuildResult>>> BuildDirectories
)
{
    /// <summary>What Kennel keeps on disk for a while; looked at now and then, and seen as it was then.</summary>
    public Observation<Seq<KeptFile>> KeptFiles { get; init; } =
        Observation.Unknown<Seq<KeptFile>>(Observation.NotAsked);

    /// <summary>The databases and roles of PostgreSQL; not asked where nobody has any.</summary>
    public Observation<ObservedDatabases> Databases { get; init; } =
        Observation.Unknown<ObservedDatabases>(Observation.NotAsked);

    /// <summary>The dumps of databases; not asked where nobody has any.</summary>
    public Observation<Map<DumpName, DumpState>> Dumps { get; init; } =
        Observation.Unknown<Map<DumpName, DumpState>>(Observation.NotAsked);

    /// <summary>The databases and users of Valkey; not asked where nobody has any.</summary>
    public Observation<ObservedCaches> Caches { get; init; } =
        Observation.Unknown<ObservedCaches>(Observation.NotAsked);

    /// <summary>The buckets and keys of Garage; not asked where nobody has any.</summary>
    public Observation<ObservedBuckets> Buckets { get; init; } =
        Observation.Unknown<ObservedBuckets>(Observation.NotAsked);

    /// <summary>The records of the zones that Kennel may write to.</summary>
    public Observation<Seq<DnsRecord>> Records { get; init; } =
        Observation.Unknown<Seq<DnsRecord>>(Observation.NotAsked);

    /// <summary>What the file of custom domains holds; none where there is no file.</summary>
    public Observation<Option<string>> DomainsFile { get; init; } =
        Observation.Unknown<Option<string>>(Observation.NotAsked);

    /// <summary>This start of the machine.</summary>
    public Observation<BootId> Boot { get; init; } = Observation.Unknown<BootId>(Observation.NotAsked);

    /// <summary>What the secret store has for builds that are about to be recorded.</summary>
    public Map<BuildId, SecretReading> SecretReadings { get; init; }

    /// <summary>The generations whose secrets are in memory.</summary>
    public Observation<Set<UnitName>> SecretFiles { get; init; } =
        Observation.Unknown<Set<UnitName>>(Observation.NotAsked);

    /// <summary>
    /// When people last used each host name of a preview, since Kennel started; unknown while requests cannot be observed.
    /// </summary>
    public Observation<Map<HostName, DateTimeOffset>> Requests { get; init; } =
        Observation.Unknown<Map<HostName, DateTimeOffset>>(Observation.NotAsked);
}

/// <summary>One loaded unit.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Mark">The instance that made it, read from its description; none where the description has no mark.</param>
/// <param name="State">What it is doing.</param>
/// <param name="Detail">More, for the units that were asked about.</param>
public sealed record ObservedUnit(UnitName Name, Option<InstanceId> Mark, UnitState State, Option<UnitDetail> Detail);

/// <summary>What a unit is doing.</summary>
public enum UnitState
{
    /// <summary>On its way up.</summary>
    Starting,

    /// <summary>Up.</summary>
    Running,

    /// <summary>Ended and waiting to be restarted by systemd.</summary>
    Restarting,

    /// <summary>On its way down.</summary>
    Stopping,

    /// <summary>Given up by systemd; stays loaded until it is reset.</summary>
    Failed,

    /// <summary>Loaded and not running.</summary>
    Inactive,
}

/// <summary>Details of a unit.</summary>
/// <param name="Invocation">This start of it.</param>
/// <param name="ActiveSince">When it last became active.</param>
/// <param name="Restarts">How often systemd restarted it.</param>
/// <param name="Result">systemd's word for how it ended: <c>success</c>, <c>exit-code</c>, <c>signal</c>, <c>oom-kill</c>, <c>timeout</c>…</param>
/// <param name="ExitStatus">The main process's exit status or signal.</param>
/// <param name="UserId">The user id it runs under.</param>
public sealed record UnitDetail(
    Option<InvocationId> Invocation,
    Option<DateTimeOffset> ActiveSince,
    uint Restarts,
    string Result,
    int ExitStatus,
    Option<uint> UserId
)
{
    /// <summary>When this start of it began.</summary>
    public Option<DateTimeOffset> StartedAt { get; init; }
}

/// <summary>How a generation on trial answered at its own port.</summary>
public abstract record ProbeAnswer
{
    private ProbeAnswer() { }

    /// <summary>It answered over HTTP.</summary>
    public sealed record Status(int Code) : ProbeAnswer;

    /// <summary>It accepted a connection.</summary>
    public sealed record Connected : ProbeAnswer;

    /// <summary>It did not.</summary>
    /// <param name="Reason">Why, for people.</param>
    public sealed record Silent(string Reason) : ProbeAnswer;

    /// <summary>It told systemd that it is ready.</summary>
    public sealed record Notified : ProbeAnswer;

    /// <summary>Whether this is the answer of a service that is ready in this way.</summary>
    public bool IsOfReady(Readiness ready) =>
        this switch
        {
            Status status => ready is Readiness.Http http && http.Accepts(status.Code),
            Connected or Notified => true,
            Silent => false,
            _ => throw new System.Diagnostics.UnreachableException(),
        };

    /// <summary>The answer, for people.</summary>
    public string Describe() =>
        this switch
        {
            Status status => $"HTTP status {status.Code}",
            Connected => "a connection was accepted",
            Notified => "it said that it is ready",
            Silent silent => silent.Reason,
            _ => throw new System.Diagnostics.UnreachableException(),
        };
}

/// <summary>How far the fetch of a build's commit is.</summary>
public abstract record FetchState
{
    private FetchState() { }

    /// <summary>How many times in a row it failed until now.</summary>
    public int FailuresInARow => this is Failed failed ? failed.Failures : 0;

    /// <summary>Under way.</summary>
    public sealed record Running : FetchState;

    /// <summary>The mirror has the commit.</summary>
    /// <param name="Commit">The commit.</param>
    /// <param name="Message">What its author wrote, cut after some thousand characters.</param>
    public sealed record Fetched(CommitId Commit, string Message) : FetchState;

    /// <summary>It ended without.</summary>
    /// <param name="Cause">Why.</param>
    /// <param name="At">When that was found.</param>
    /// <param name="Failures">How many times in a row.</param>
    public sealed record Failed(Cause Cause, DateTimeOffset At, int Failures) : FetchState;
}

/// <summary>How far the question is what references a repository has.</summary>
public abstract record ListingState
{
    private ListingState() { }

    /// <summary>How many times in a row it failed until now.</summary>
    public int FailuresInARow => this is Failed failed ? failed.Failures : 0;

    /// <summary>Under way.</summary>
    public sealed record Running : ListingState;

    /// <summary>The repository answered.</summary>
    /// <param name="Deliveries">The deliveries that had arrived before it was asked: the answer holds for them.</param>
    /// <param name="Heads">The commit of every branch, and of the pull requests that were asked for, by full reference.</param>
    /// <param name="At">When it answered.</param>
    public sealed record Listed(Set<DeliveryId> Deliveries, Map<string, CommitId> Heads, DateTimeOffset At)
        : ListingState;

    /// <summary>It did not.</summary>
    /// <param name="Cause">Why.</param>
    /// <param name="At">When that was found.</param>
    /// <param name="Failures">How many times in a row.</param>
    public sealed record Failed(Cause Cause, DateTimeOffset At, int Failures) : ListingState;
}

/// <summary>The room that is left on one of the disks that builds fill.</summary>
/// <param name="Path">A directory on that disk.</param>
/// <param name="FreeBytes">What is left.</param>
/// <param name="SizeBytes">What there is in all.</param>
public sealed record FreeSpace(string Path, long FreeBytes, long SizeBytes);

/// <summary>How far garbage collection is; forgotten when Kennel restarts.</summary>
/// <param name="IsRunning">Whether one runs.</param>
/// <param name="EndedAt">When the last one ended.</param>
/// <param name="Problem">Why that one did not succeed, if it did not.</param>
public sealed record CollectionState(bool IsRunning, Option<DateTimeOffset> EndedAt, Option<string> Problem)
{
    /// <summary>None was run since Kennel started.</summary>
    public static readonly CollectionState Never = new(false, None, None);
}
