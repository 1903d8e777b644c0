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
            NeedDatabases(desired, wanted)
        );
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

    private static bool NeedDatabases(Desired desired, Seq<WantedUnit> wanted) =>
        desired.Settings.Resources.Postgres.IsSome
        || desired.Branches.Exists(branch => !branch.Resources.IsEmpty)
        || wanted.Exists(unit => unit.Specification.Resources.Contains(ResourceKind.Postgres));

    private static bool MayBegin(Desired desired, DesiredBuild build) =>
        build.State == BuildState.Queued
        || build.State == BuildState.Building
            && desired.Attempts.ContainsKey(ActionKeys.OfStart(UnitName.OfBuild(build.Id)));

    private static bool Surplus(Desired desired, Set<UnitName> wanted, Set<UnitName> running) =>
        desired.Leases.Values.Any(lease =>
            lease.ReleasedAt.IsNone && !wanted.Contains(lease.Unit) && running.Contains(lease.Unit)
        );
}
