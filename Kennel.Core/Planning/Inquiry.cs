using Kennel.Core.Domain;
using Kennel.Core.Ports;

namespace Kennel.Core.Planning;

/// <summary>
/// What has to be asked beyond the cheap listings: on a host at rest, nothing. It follows from intent and the list
/// of units alone.
/// </summary>
/// <param name="Details">Units whose details matter: on trial or coming back or waking, not plainly running, or a build's.</param>
/// <param name="Probes">Generations on trial or coming back or waking, to ask at their ports.</param>
/// <param name="NeedsListeners">Whether ports are to be given out or trials to be judged.</param>
/// <param name="NeedsConnections">Whether something may be draining.</param>
/// <param name="NeedsFreeSpace">Whether a build is to begin, or its unit to be started once more.</param>
/// <param name="NeedsDatabases">Whether any branch has, or may get, a database.</param>
public sealed record Inquiry(
    Seq<UnitName> Details,
    Seq<ProbeQuestion> Probes,
    bool NeedsListeners,
    bool NeedsConnections,
    bool NeedsFreeSpace,
    bool NeedsDatabases
)
{
    /// <summary>Whether any branch has, or may get, a cache.</summary>
    public bool NeedsCaches { get; init; }

    /// <summary>Whether any branch has, or may get, a bucket.</summary>
    public bool NeedsBuckets { get; init; }

    /// <summary>The buckets that are to go, of which matters how much is in them.</summary>
    public Set<BucketName> CountedBuckets { get; init; }

    /// <summary>The questions of one pass.</summary>
    public static Inquiry Of(Desired desired, Map<UnitName, ObservedUnit> units)
    {
        var wanted = desired.Branches.Bind(Wanted.Units).Strict();
        var awaited = wanted.Filter(unit => unit.IsAwaited).Strict();
        var running = toSet(units.Filter(unit => unit.State == UnitState.Running).Keys);
        var leased = toMap(
            desired.Leases.Values.Where(lease => lease.ReleasedAt.IsNone).Select(lease => (lease.Unit, lease.Port))
        );
        return new Inquiry(
            InNeedOfDetails(desired.Settings.Instance, toSet(awaited.Map(unit => unit.Unit)), units),
            awaited.Filter(unit => running.Contains(unit.Unit)).Bind(unit => Question(unit, leased)),
            !awaited.IsEmpty || wanted.Exists(unit => !leased.ContainsKey(unit.Unit)),
            Surplus(desired, toSet(wanted.Map(unit => unit.Unit)), running),
            desired.Builds.Exists(build => MayBegin(desired, build)),
            Need(desired, wanted, ResourceKind.Postgres)
        )
        {
            NeedsCaches = NeedSharedCaches(desired, wanted),
            NeedsBuckets = Need(desired, wanted, ResourceKind.Garage),
            CountedBuckets = Ending(desired),
        };
    }

    private static Seq<UnitName> InNeedOfDetails(
        InstanceId instance,
        Set<UnitName> awaited,
        Map<UnitName, ObservedUnit> units
    ) =>
        units
            .Values.ToSeq()
            .Filter(unit =>
                unit.Mark == Some(instance) && (unit.State != UnitState.Running || awaited.Contains(unit.Name))
            )
            .Map(unit => unit.Name);

    private static Seq<ProbeQuestion> Question(WantedUnit unit, Map<UnitName, Port> leased) =>
        unit.Specification.Ready is Readiness.Notify
            ? Seq<ProbeQuestion>()
            : leased.Find(unit.Unit).Map(port => new ProbeQuestion(unit.Unit, port, unit.Specification.Ready)).ToSeq();

    private static bool Need(Desired desired, Seq<WantedUnit> wanted, ResourceKind kind) =>
        desired.Settings.Resources.Kinds.Contains(kind)
        || desired.Branches.Exists(branch => branch.Resources.Exists(row => row.Resource.Kind == kind))
        || wanted.Exists(unit => unit.Specification.Resources.Contains(kind));

    // The host's Valkey is nothing to branches that have a server of their own, and such a host may have none.
    private static bool NeedSharedCaches(Desired desired, Seq<WantedUnit> wanted) =>
        desired.Branches.Exists(branch => branch.Resources.Exists(row => row.Resource is Resource.Valkey))
        || desired.GivenUp.Exists(Orphan.IsInValkey)
        || (
            desired.Settings.Resources.Caches.Mode == CacheMode.Shared
            && (
                desired.Settings.Resources.Valkey.IsSome
                || wanted.Exists(unit =>
                    unit.Specification.Resources.Contains(ResourceKind.Valkey)
                    && !unit.Branch.Resources.Exists(row => row.Resource is Resource.ValkeyInstance)
                )
            )
        );

    private static Set<BucketName> Ending(Desired desired) =>
        toSet(
            Joined(
                    desired
                        .Branches.Filter(branch => branch.IsLeaving)
                        .Bind(branch => branch.Resources)
                        .Bind(row => row.Resource is Resource.Garage it ? Seq1(it.Bucket) : Empty),
                    desired.GivenUp.ToSeq().Bind(title => Orphan.BucketIn(title).ToSeq())
                )
                .Distinct()
        );

    private static bool MayBegin(Desired desired, DesiredBuild build) =>
        build.State == BuildState.Queued
        || build.State == BuildState.Building
            && desired.Attempts.ContainsKey(ActionKeys.OfStart(UnitName.OfBuild(build.Id)));

    private static bool Surplus(Desired desired, Set<UnitName> wanted, Set<UnitName> running) =>
        desired.Leases.Values.Any(lease =>
            lease.ReleasedAt.IsNone && !wanted.Contains(lease.Unit) && running.Contains(lease.Unit)
        );
}
