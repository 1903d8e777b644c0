using Kennel.Core.Domain;
using Kennel.Core.Routing;

namespace Kennel.Core.Planning;

/// <summary>
/// Rules that every plan keeps, whatever it was made from: checked before a plan is executed, and by the tests. A
/// plan that breaks one is not executed.
/// </summary>
public static class Lint
{
    /// <summary>What is wrong with a plan; nothing, if all is well.</summary>
    public static Seq<string> Check(Plan plan, Desired desired)
    {
        var actions = plan.Actions.Map(planned => planned.Action);
        return Joined(
            Twice("unit started twice", actions.Bind(Started)),
            Twice("port leased twice", actions.Bind(Leased)),
            LeasedAlready(actions, desired),
            TwoWrites(actions),
            SharedPorts(actions),
            DropsWithoutRemoval(actions, desired),
            ForeignRoots(actions, desired),
            ExpiryLint.Check(actions, desired),
            ResourceLint.Check(actions, desired),
            DnsLint.Check(actions, desired)
        );
    }

    /// <summary>The plan with a note for each finding, so that people are told why it was not executed.</summary>
    public static Plan Tell(Plan plan, Seq<string> findings) =>
        plan with
        {
            Notes = Joined(
                plan.Notes,
                findings.Map(finding => (Note)new Note.Blocked(new Subject.Host(), new BlockedBy.BadPlan(finding)))
            ),
        };

    private static Seq<string> Started(Action action) =>
        action is Action.StartUnit start ? Seq1(start.Unit.Value) : Seq<string>();

    private static Seq<string> Leased(Action action) =>
        action is Action.LeasePort lease ? Seq1(lease.Port.ToString()) : Seq<string>();

    private static Seq<string> LeasedAlready(Seq<Action> actions, Desired desired) =>
        actions.Bind(action =>
            action is Action.LeasePort lease && desired.Leases.ContainsKey(lease.Port)
                ? Seq1($"port {lease.Port} is leased already")
                : Seq<string>()
        );

    private static Seq<string> TwoWrites(Seq<Action> actions) =>
        actions.Count(action => action is Action.WriteRoutes) > 1
            ? Seq1("more than one write to Caddy")
            : Seq<string>();

    private static Seq<string> SharedPorts(Seq<Action> actions) =>
        actions.Bind(action => action is Action.WriteRoutes write ? SharedPorts(write.Table) : Seq<string>());

    private static Seq<string> SharedPorts(RoutingTable table) =>
        table
            .Entries.Values.Filter(entry => entry.Route is Route.Service)
            .GroupBy(entry => ((Route.Service)entry.Route).Port)
            .Where(group => group.Select(entry => entry.Owner).Distinct().Count() > 1)
            .Select(group => $"port {group.Key} is routed for two owners")
            .ToSeq();

    private static Seq<string> DropsWithoutRemoval(Seq<Action> actions, Desired desired)
    {
        var removed = toSet(desired.Branches.Filter(branch => branch.Removed.IsSome).Map(branch => branch.Id));
        return actions.Bind(action =>
            action switch
            {
                Action.ForgetBranch forget when !removed.Contains(forget.Branch) => Seq1(
                    $"branch {forget.Branch.Value} would be forgotten and was not removed"
                ),
                Action.StartUnit start
                    when IsClean(start.Unit) && !removed.ToSeq().Exists(id => IsCleanOf(start, id, desired)) => Seq1(
                    $"{start.Unit} would remove data of a branch that was not removed"
                ),
                _ => Seq<string>(),
            }
        );
    }

    private static bool IsClean(UnitName unit) => unit.Value.StartsWith("kennel-clean-", StringComparison.Ordinal);

    private static bool IsCleanOf(Action.StartUnit start, BranchId branch, Desired desired) =>
        start.Unit == UnitName.OfClean(desired.Settings.Instance, branch);

    private static Seq<string> ForeignRoots(Seq<Action> actions, Desired desired) =>
        actions.Bind(action =>
            action is Action.RemoveRoot remove
            && remove.Root.Instance != desired.Settings.Instance.Value
            && !desired.GivenUp.Contains(new Orphan.OfRoot(remove.Root).Title)
                ? Seq1($"root {remove.Root} is another instance's")
                : Seq<string>()
        );

    private static Seq<string> Twice(string what, Seq<string> names) =>
        names.GroupBy(name => name).Where(group => group.Count() > 1).Select(group => $"{what}: {group.Key}").ToSeq();
}
