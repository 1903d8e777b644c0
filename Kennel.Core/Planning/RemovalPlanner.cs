using Kennel.Core.Domain;
using Kennel.Core.Units;

namespace Kennel.Core.Planning;

/// <summary>
/// A branch that was removed on purpose: routes, units, state directories, roots, data services and records in DNS, then
/// claims and rows, each only when the one before was observed gone. Routes themselves are the route planner's.
/// </summary>
public static class RemovalPlanner
{
    /// <summary>The next step of one branch's removal.</summary>
    public static Part Plan(Sight sight, DesiredBranch branch) =>
        Routes(sight, branch)
            .IfNone(() =>
                Builds(sight, branch)
                    .IfNone(() =>
                        Units(sight, branch)
                            .IfNone(() =>
                                Ports(sight, branch)
                                    .IfNone(() =>
                                        StateDirectories(sight, branch)
                                            .IfNone(() =>
                                                Roots(sight, branch)
                                                    .IfNone(() => Elsewhere(sight, branch).IfNone(() => Forget(branch)))
                                            )
                                    )
                            )
                    )
            );

    private static Option<Part> Routes(Sight sight, DesiredBranch branch) =>
        sight.Observed.Routing.Match(
            known: routing =>
            {
                var hosts = toSet(branch.Deployments.Bind(one => one.Releases).Bind(release => release.Hosts));
                var isServed = routing.Table.Entries.Exists(
                    (host, entry) => hosts.Contains(host) && entry.Owner == sight.Settings.Instance
                );
                return isServed ? Some(Part.Wait(branch.Subject, new WaitingOn.RouteChange())) : None;
            },
            unknown: reason => Some(Blind(branch, "Caddy", reason))
        );

    private static Option<Part> Builds(Sight sight, DesiredBranch branch) =>
        sight
            .Desired.Builds.Find(build => build.Branch == branch.Id && build.State != BuildState.Built)
            .Map(build => Part.Wait(branch.Subject, new WaitingOn.Build(build.Id)));

    private static Option<Part> Units(Sight sight, DesiredBranch branch) =>
        sight.Observed.Units.Match(
            known: _ =>
                Some(Joined(sight.UnitsOf(branch), sight.StepsOf(branch), sight.CopiesOf(branch)))
                    .Filter(found => !found.IsEmpty)
                    .Map(found =>
                        Part.Concat(found.Map(unit => Retirement.Of(branch.Subject, unit, () => None, sight.Now)))
                    ),
            unknown: reason => Some(Blind(branch, "systemd", reason))
        );

    private static Option<Part> Ports(Sight sight, DesiredBranch branch) =>
        sight.Desired.Leases.Values.Any(lease => lease.Branch == branch.Id && lease.ReleasedAt.IsNone)
            ? Some(Part.Wait(branch.Subject, new WaitingOn.RouteChange()))
            : None;

    private static Option<Part> StateDirectories(Sight sight, DesiredBranch branch)
    {
        var declared = toSet(branch.Stems.Map(ServiceUnit.StateDirectory));
        return sight.Observed.StateDirectories.Match(
            known: present =>
            {
                var left = declared.Filter(present.Contains).ToSeq();
                return left.IsEmpty ? CleanUnitGone(sight, branch) : Some(Clean(sight, branch, left));
            },
            unknown: reason => Some(Blind(branch, "state directories", reason))
        );
    }

    private static Option<Part> CleanUnitGone(Sight sight, DesiredBranch branch) =>
        CleanUnit(sight, branch).Map(unit => Retirement.Of(branch.Subject, unit, () => None, sight.Now));

    private static Option<ObservedUnit> CleanUnit(Sight sight, DesiredBranch branch) =>
        sight.Observed.Units.ToOption().Bind(units => units.Find(UnitName.OfClean(sight.Settings.Instance, branch.Id)));

    private static Part Clean(Sight sight, DesiredBranch branch, Seq<string> directories) =>
        CleanUnit(sight, branch)
            .Match(
                unit =>
                    unit.State == UnitState.Failed
                        ? Part.Step(branch.Subject, new Action.ResetUnit(unit.Name), "it failed and is tried again")
                        : Part.WaitUntil(
                            branch.Subject,
                            new WaitingOn.UnitChange(unit.Name, unit.State),
                            sight.Now + sight.Settings.Periods.ProbeInterval
                        ),
                () =>
                    Part.Step(
                        branch.Subject,
                        new Action.StartUnit(
                            UnitName.OfClean(sight.Settings.Instance, branch.Id),
                            CleanUnitProperties.Of(sight.Settings.Instance, branch.Title, directories)
                        ),
                        $"the branch was removed: {branch.Removed.Match(removal => removal.Reason, () => "")}"
                    )
            );

    private static Option<Part> Roots(Sight sight, DesiredBranch branch)
    {
        var builds = toSet(branch.Deployments.Bind(one => one.Releases).Map(release => release.Build));
        return sight.Observed.Roots.Match(
            known: roots =>
            {
                var left = roots.Keys.Filter(root =>
                    root.Instance == sight.Settings.Instance.Value && builds.Contains(root.Build)
                );
                return left.Any() ? Some(Part.Concat(left.Map(root => Release(branch, root)))) : None;
            },
            unknown: reason => Some(Blind(branch, "garbage collector roots", reason))
        );
    }

    // A data service that cannot be seen does not keep records in DNS, nor the other way round.
    private static Option<Part> Elsewhere(Sight sight, DesiredBranch branch)
    {
        var parts = Joined(ResourcePlanner.Remove(sight, branch).ToSeq(), DnsPlanner.Leave(sight, branch).ToSeq());
        return parts.IsEmpty ? None : Some(Part.Concat(parts));
    }

    private static Part Release(DesiredBranch branch, RootName root) =>
        Part.Step(branch.Subject, new Action.RemoveRoot(root), "the branch was removed and nothing of it runs");

    private static Part Forget(DesiredBranch branch) =>
        Part.Step(branch.Subject, new Action.ForgetBranch(branch.Id), "nothing of it is left");

    private static Part Blind(DesiredBranch branch, string system, string reason) =>
        Part.Wait(branch.Subject, new WaitingOn.Sight(system, reason));
}
