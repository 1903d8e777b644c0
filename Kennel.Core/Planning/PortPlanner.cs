using Kennel.Core.Domain;

namespace Kennel.Core.Planning;

/// <summary>Which port each new unit gets, and when ports are given back.</summary>
public static class PortPlanner
{
    /// <summary>
    /// Ports for the wanted units that have none: the lowest that no lease holds, no cooling lease included, and that
    /// nobody was seen listening on. Nothing is given out while listeners could not be seen.
    /// </summary>
    public static Map<UnitName, Port> Allocate(Sight sight, Seq<WantedUnit> wanted) =>
        sight.Observed.Listeners.Match(
            known: listeners =>
            {
                var units = wanted.Map(unit => unit.Unit).Filter(unit => sight.LeaseOf(unit).IsNone).Distinct();
                return toMap(units.OrderBy(unit => unit).Zip(Free(sight, listeners)));
            },
            unknown: _ => Map<UnitName, Port>()
        );

    /// <summary>Gives back the ports of units that are gone and unwanted, and forgets leases that have cooled.</summary>
    public static Seq<Part> GiveBack(Sight sight, Seq<WantedUnit> wanted)
    {
        var names = toSet(wanted.Map(unit => unit.Unit))
            .AddOrUpdateRange(sight.Desired.Branches.Bind(Succession.Resting));
        return sight
            .Desired.Leases.Values.ToSeq()
            .OrderBy(lease => lease.Port)
            .ToSeq()
            .Map(lease => GiveBack(sight, lease, names));
    }

    private static Part GiveBack(Sight sight, Lease lease, Set<UnitName> wanted) =>
        lease.ReleasedAt.Match(releasedAt => Cool(sight, lease, releasedAt), () => Release(sight, lease, wanted));

    private static Part Cool(Sight sight, Lease lease, DateTimeOffset releasedAt)
    {
        var cooledAt = releasedAt + sight.Settings.Periods.PortCooling;
        return cooledAt <= sight.Now
            ? Part.Step(
                new Subject.Host(),
                new Action.ForgetLease(lease.Port, lease.Unit),
                $"port {lease.Port} has cooled"
            )
            : Part.Nothing with
            {
                LookAt = cooledAt,
            };
    }

    private static Part Release(Sight sight, Lease lease, Set<UnitName> wanted)
    {
        // Asked in this order, because whether a port is routed goes through the whole table.
        var isUnwanted = !wanted.Contains(lease.Unit);
        var isGone = isUnwanted && sight.Observed.Units.Match(units => !units.ContainsKey(lease.Unit), _ => false);
        var isUnrouted =
            isGone && sight.Observed.Routing.Match(routing => !Sight.IsRouted(routing.Table, lease.Port), _ => false);
        return isUnrouted
            ? Part.Step(new Subject.Host(), new Action.ReleasePort(lease.Port, lease.Unit), $"{lease.Unit} is gone")
            : Part.Nothing;
    }

    private static IEnumerable<Port> Free(Sight sight, Map<Port, uint> listeners) =>
        Enumerable
            .Range(
                sight.Settings.FirstPort.Number,
                Math.Max(0, sight.Settings.LastPort.Number - sight.Settings.FirstPort.Number + 1)
            )
            .SelectMany(number => Port.Parse("ports", number).ToSeq())
            .Where(port => !sight.Desired.Leases.ContainsKey(port) && !listeners.ContainsKey(port));
}
