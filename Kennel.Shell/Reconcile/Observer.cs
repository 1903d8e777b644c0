using Kennel.Core.Domain;
using Kennel.Core.Planning;

namespace Kennel.Shell.Reconcile;

/// <summary>Looks at everything outside at once, and asks further only what the inquiry says.</summary>
public sealed class Observer(Outside outside)
{
    private static readonly Observation<Map<Port, uint>> NoListeners = Observation.Unknown<Map<Port, uint>>(
        Observation.NotAsked
    );
    private static readonly Observation<Map<Port, int>> NoConnections = Observation.Unknown<Map<Port, int>>(
        Observation.NotAsked
    );

    private static readonly Observation<Seq<FreeSpace>> NoFreeSpace = Observation.Unknown<Seq<FreeSpace>>(
        Observation.NotAsked
    );

    private static readonly Observation<ObservedDatabases> NoDatabases = Observation.Unknown<ObservedDatabases>(
        Observation.NotAsked
    );

    private static readonly Observation<ObservedCaches> NoCaches = Observation.Unknown<ObservedCaches>(
        Observation.NotAsked
    );

    private static readonly Observation<ObservedBuckets> NoBuckets = Observation.Unknown<ObservedBuckets>(
        Observation.NotAsked
    );

    private static readonly Observation<Map<DumpName, DumpState>> NoDumps = Observation.Unknown<
        Map<DumpName, DumpState>
    >(Observation.NotAsked);

    private static readonly Observation<Seq<DnsRecord>> NoRecords = Observation.Unknown<Seq<DnsRecord>>(
        Observation.NotAsked
    );

    private static readonly Observation<Option<string>> NoDomainsFile = Observation.Unknown<Option<string>>(
        Observation.NotAsked
    );

    /// <summary>One look at the world.</summary>
    /// <param name="desired">What is wanted: it tells what to ask.</param>
    /// <param name="now">The time of the look.</param>
    /// <param name="cancellation">Ends the look.</param>
    public async Task<Observed> Look(Desired desired, DateTimeOffset now, CancellationToken cancellation)
    {
        var routing = outside.Caddy.Routing(cancellation);
        var units = WithDetails(desired, cancellation);
        var stateDirectories = outside.Files.StateDirectories(cancellation);
        var roots = outside.Nix.Roots(cancellation);
        var keptFiles = outside.Files.KeptFiles(now, cancellation);
        var buildDirectories = outside.Files.BuildDirectories(cancellation);
        var secretFiles = outside.Secrets.Files(cancellation);
        var (seen, inquiry) = await units;
        var listeners = inquiry.NeedsListeners ? outside.Network.Listeners(cancellation) : Task.FromResult(NoListeners);
        var connections = inquiry.NeedsConnections
            ? outside.Caddy.Connections(cancellation)
            : Task.FromResult(NoConnections);
        var freeSpace = inquiry.NeedsFreeSpace ? outside.Files.FreeSpace(cancellation) : Task.FromResult(NoFreeSpace);
        var databases = inquiry.NeedsDatabases
            ? outside.Postgres.Databases(cancellation)
            : Task.FromResult(NoDatabases);
        var caches = inquiry.NeedsCaches ? outside.Valkey.Caches(cancellation) : Task.FromResult(NoCaches);
        var buckets = inquiry.NeedsBuckets
            ? outside.Garage.Buckets(inquiry.CountedBuckets, cancellation)
            : Task.FromResult(NoBuckets);
        var dumps = inquiry.NeedsDatabases ? outside.Dumps.Dumps(cancellation) : Task.FromResult(NoDumps);
        var probes = inquiry.Probes.IsEmpty
            ? Task.FromResult(Map<UnitName, ProbeAnswer>())
            : outside.Network.Probe(inquiry.Probes, cancellation);
        return new Observed(
            now,
            seen,
            await routing,
            await listeners,
            await probes,
            await connections,
            await stateDirectories,
            await roots,
            outside.Git.Fetches(Queued(desired)),
            outside.Git.Listings(ToBeListed(desired)),
            await freeSpace,
            outside.Nix.Collection,
            await buildDirectories
        )
        {
            KeptFiles = await keptFiles,
            Requests = outside.Activity.Requests,
            SecretFiles = await secretFiles,
            SecretReadings = outside.Secrets.Readings(ToBeRecorded(desired)),
            Databases = await databases,
            Caches = await caches,
            Buckets = await buckets,
            Dumps = await dumps,
            Records = desired.Settings.Dns.IsSome ? outside.Dns.Records() : NoRecords,
            DomainsFile = await desired.Settings.DomainsFile.Match(
                path => outside.Files.DomainsFile(path, cancellation),
                () => Task.FromResult(NoDomainsFile)
            ),
            Boot = await outside.Files.Boot(cancellation),
        };
    }

    private static Set<ProjectId> ToBeListed(Desired desired) =>
        toSet(desired.Projects.Filter(project => !project.IsBeingRemoved).Map(project => project.Id));

    // What others have built may do for a build that is still queued.
    private static Set<BuildId> ToBeRecorded(Desired desired) =>
        toSet(
            desired
                .Builds.Filter(build => build.State is BuildState.Queued or BuildState.Building)
                .Map(build => build.Id)
        );

    private static Set<BuildId> Queued(Desired desired) =>
        toSet(desired.Builds.Filter(build => build.State == BuildState.Queued).Map(build => build.Id));

    private async Task<(Observation<Map<UnitName, ObservedUnit>> Units, Inquiry Inquiry)> WithDetails(
        Desired desired,
        CancellationToken cancellation
    )
    {
        var listed = await outside.Systemd.ListUnits(cancellation);
        var inquiry = Inquiry.Of(desired, listed.Match(units => units, _ => Map<UnitName, ObservedUnit>()));
        if (listed is not Observation<Map<UnitName, ObservedUnit>>.Known known || inquiry.Details.IsEmpty)
            return (listed, inquiry);
        var details = await outside.Systemd.Details(inquiry.Details, cancellation);
        var units = known.Value.Map(unit => unit with { Detail = details.Find(unit.Name) });
        return (Observation.Known(units), inquiry);
    }
}
