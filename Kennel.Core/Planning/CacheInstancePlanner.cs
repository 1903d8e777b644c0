using Kennel.Core.Domain;
using Kennel.Core.Units;

namespace Kennel.Core.Planning;

/// <summary>
/// A valkey-server of a branch's own: up before what needs it, down once nothing that could need it is left. What is in
/// it lasts as long as it runs, so that it is made again whenever it is missing.
/// </summary>
public static class CacheInstancePlanner
{
    /// <summary>Whether a branch has a server of its own, or would get one.</summary>
    public static bool IsFor(Sight sight, DesiredBranch branch) =>
        branch
            .Resources.Find(row => row.Resource.Kind == ResourceKind.Valkey)
            .Match(
                row => row.Resource is Resource.ValkeyInstance,
                () => sight.Settings.Resources.Caches.Mode == CacheMode.Instance
            );

    /// <summary>What is missing of a branch's server, and whether units may use it.</summary>
    /// <param name="sight">Desired and observed.</param>
    /// <param name="branch">The branch.</param>
    /// <param name="units">The units there are.</param>
    public static (Part Part, bool IsUsable) Keep(
        Sight sight,
        DesiredBranch branch,
        Map<UnitName, ObservedUnit> units
    ) =>
        Row(branch)
            .Match(
                row =>
                    (
                        Complete(sight, branch, row.Cache, row.State, units),
                        row.State == ResourceState.Present && IsRunning(sight, row.Cache, units)
                    ),
                () =>
                {
                    var cache = new Resource.ValkeyInstance(UnitName.OfCache(sight.Settings.Instance, branch.Id));
                    return (ResourcePlanner.Record(sight, branch, cache, Bring(sight, branch, cache, units)), false);
                }
            );

    /// <summary>The serving units of a locked project: what they need is kept running, and comes before them.</summary>
    /// <param name="sight">Desired and observed.</param>
    /// <param name="branch">The branch.</param>
    /// <param name="wanted">The units it should have.</param>
    /// <param name="units">The units there are.</param>
    public static (Seq<Part> Parts, Seq<WantedUnit> Able) Serve(
        Sight sight,
        DesiredBranch branch,
        Seq<WantedUnit> wanted,
        Map<UnitName, ObservedUnit> units
    )
    {
        if (Row(branch).IsNone || !wanted.Exists(IsInNeed))
            return (Seq<Part>(), wanted);
        var (part, isUsable) = Keep(sight, branch, units);
        return (
            Seq1(part),
            wanted.Filter(unit => isUsable || !IsInNeed(unit) || units.ContainsKey(unit.Unit)).Strict()
        );
    }

    /// <summary>Stops a server that nothing needs: not before the last of the units that may use it is gone.</summary>
    /// <param name="sight">Desired and observed.</param>
    /// <param name="branch">The branch.</param>
    /// <param name="wanted">The units it should have.</param>
    /// <param name="units">The units there are.</param>
    public static Part Rest(
        Sight sight,
        DesiredBranch branch,
        Seq<WantedUnit> wanted,
        Map<UnitName, ObservedUnit> units
    )
    {
        var names = toSet(wanted.Filter(unit => !IsInNeed(unit)).Map(unit => unit.Unit));
        var isNeeded =
            wanted.Exists(IsInNeed)
            || Joined(sight.UnitsOf(branch), sight.StepsOf(branch)).Exists(unit => !names.Contains(unit.Name));
        return isNeeded
            ? Part.Nothing
            : Part.Concat(
                Row(branch)
                    .ToSeq()
                    .Bind(row => Ours(sight, row.Cache, units).ToSeq())
                    .Map(unit => Retirement.Of(branch.Subject, unit, () => None, sight.Now))
            );
    }

    /// <summary>What is left of a removed branch's server; its directory goes with the unit.</summary>
    public static Part Remove(Sight sight, DesiredBranch branch, Resource.ValkeyInstance cache) =>
        sight.Observed.Units.Match(
            known: units =>
                Ours(sight, cache, units)
                    .Match(
                        unit => Retirement.Of(branch.Subject, unit, () => None, sight.Now),
                        () => ResourcePlanner.Forget(branch, cache, Part.Nothing)
                    ),
            unknown: reason => ResourcePlanner.Blind(branch, "systemd", reason)
        );

    private static Option<(Resource.ValkeyInstance Cache, ResourceState State)> Row(DesiredBranch branch) =>
        branch
            .Resources.Bind(row => row.Resource is Resource.ValkeyInstance it ? Seq1((it, row.State)) : Empty)
            .HeadOrNone();

    private static bool IsInNeed(WantedUnit wanted) => wanted.Specification.Resources.Contains(ResourceKind.Valkey);

    private static Option<ObservedUnit> Ours(
        Sight sight,
        Resource.ValkeyInstance cache,
        Map<UnitName, ObservedUnit> units
    ) => units.Find(cache.Unit).Filter(unit => unit.Mark == Some(sight.Settings.Instance));

    private static bool IsRunning(Sight sight, Resource.ValkeyInstance cache, Map<UnitName, ObservedUnit> units) =>
        Ours(sight, cache, units).Exists(unit => unit.State == UnitState.Running);

    private static Part Complete(
        Sight sight,
        DesiredBranch branch,
        Resource.ValkeyInstance cache,
        ResourceState state,
        Map<UnitName, ObservedUnit> units
    )
    {
        var bringing = Bring(sight, branch, cache, units);
        return state == ResourceState.Wanted ? ResourcePlanner.Begin(branch, cache, bringing) : bringing;
    }

    private static Part Bring(
        Sight sight,
        DesiredBranch branch,
        Resource.ValkeyInstance cache,
        Map<UnitName, ObservedUnit> units
    ) =>
        units
            .Find(cache.Unit)
            .Match(
                unit =>
                    unit.Mark == Some(sight.Settings.Instance)
                        ? Await(sight, branch, unit)
                        : Part.Block(branch.Subject, new BlockedBy.ForeignUnit(unit.Name)),
                () => Start(sight, branch, cache)
            );

    private static Part Await(Sight sight, DesiredBranch branch, ObservedUnit unit) =>
        unit.State switch
        {
            UnitState.Running => Part.Nothing,
            UnitState.Failed => CrashPlanner.Record(sight, branch, unit),
            UnitState.Starting or UnitState.Restarting or UnitState.Stopping or UnitState.Inactive => Part.WaitUntil(
                branch.Subject,
                new WaitingOn.UnitChange(unit.Name, unit.State),
                sight.Now + sight.Settings.Periods.ProbeInterval
            ),
            _ => throw new System.Diagnostics.UnreachableException(),
        };

    private static Part Start(Sight sight, DesiredBranch branch, Resource.ValkeyInstance cache) =>
        CrashPlanner
            .Rest(sight, cache.Unit)
            .Match(
                rest => CrashPlanner.Wait(branch, cache.Unit, rest),
                () =>
                    branch.Role.Match(
                        role =>
                            Part.Step(
                                branch.Subject,
                                new Action.StartUnit(
                                    cache.Unit,
                                    CacheInstanceUnit.Of(
                                        cache.Unit,
                                        sight.Settings.Instance,
                                        branch.Title,
                                        role,
                                        sight.Settings.Resources.Caches
                                    )
                                ),
                                "its services need their cache before they start"
                            ),
                        () => ResourcePlanner.Blind(branch, CachePlanner.System, "its user has no name yet")
                    )
            );
}
