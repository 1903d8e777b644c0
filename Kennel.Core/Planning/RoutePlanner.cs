using Kennel.Core.Domain;
using Kennel.Core.Lifecycle;
using Kennel.Core.Routing;

namespace Kennel.Core.Planning;

/// <summary>
/// The routing table as it should be, and the one write that makes it so. Rows of other instances and rows without
/// an owner in the store are copied through.
/// </summary>
public static class RoutePlanner
{
    /// <summary>The write, if one is needed and due, and what there is to say.</summary>
    public static (Option<PlannedAction> Write, Part Part) Plan(Sight sight)
    {
        var (write, part) = sight.Observed.Routing.Match(
            known: routing => Plan(sight, routing),
            unknown: reason => (None, Part.Wait(new Subject.Host(), new WaitingOn.Sight("Caddy", reason)))
        );
        return (write, part + SiteBefore.NextLook(sight));
    }

    /// <summary>The table that all serving releases together ask for, foreign and orphaned rows included.</summary>
    public static RoutingTable Table(Sight sight, RoutingTable served)
    {
        var owned = Rows(sight, served);
        var kept = served.Entries.Filter(
            (host, entry) =>
                !owned.ContainsKey(host)
                && !sight.Desired.GivenUp.Contains(new Orphan.OfRoute(host).Title)
                && (
                    entry.Owner != sight.Settings.Instance
                    || !sight.Desired.ClaimedHosts.Contains(host)
                    || !sight.Desired.Damage.IsEmpty
                )
        );
        return new RoutingTable(kept.AddRange(owned.Map(pair => (pair.Key, pair.Value.Entry))));
    }

    private static (Option<PlannedAction>, Part) Plan(Sight sight, ObservedRouting routing)
    {
        var table = Table(sight, routing.Table);
        if (table == routing.Table && routing.IsCurrent)
            return (None, Part.Nothing);
        return routing.Place is RoutingPlace.NoServer place
            ? (None, Part.Block(new Subject.Host(), new BlockedBy.NoServer(sight.Settings.WebPort, place.Listens)))
            : Write(sight, routing, table);
    }

    private static (Option<PlannedAction> Write, Part Part) Write(
        Sight sight,
        ObservedRouting routing,
        RoutingTable table
    )
    {
        var changed = ChangedBranches(sight, routing.Table, table);
        var step = new PlannedAction(
            changed.Count == 1 ? SubjectOf(sight, changed.Head()) : new Subject.Host(),
            new Action.WriteRoutes(routing.Place, routing.Version, table),
            changed.IsEmpty ? "Caddy does not serve what it should" : "what Caddy serves has to change"
        );
        var (due, held) = BackOff.Hold(Seq1(step), sight.Desired, sight.Now);
        return (due.HeadOrNone(), held + Refused(sight, step));
    }

    private static Part Refused(Sight sight, PlannedAction step) =>
        BackOff
            .GaveUp(sight.Desired, ActionKeys.Of(step.Action))
            .Match(error => Part.Block(step.Subject, new BlockedBy.RoutesRefused(error)), () => Part.Nothing);

    private static Map<HostName, (RouteEntry Entry, BranchId Branch)> Rows(Sight sight, RoutingTable served) =>
        Map<HostName, (RouteEntry, BranchId)>()
            .TryAddRange(
                sight
                    .Desired.Branches.Filter(branch => !branch.IsLeaving)
                    .Bind(branch => branch.Deployments.Bind(deployment => Rows(sight, branch, deployment, served)))
            );

    private static Seq<(HostName, (RouteEntry, BranchId))> Rows(
        Sight sight,
        DesiredBranch branch,
        DesiredDeployment deployment,
        RoutingTable served
    ) =>
        deployment
            .ServingRelease.ToSeq()
            .Bind(release =>
                release.Hosts.Bind(host =>
                    (Maintenance(sight, branch) || Entry(sight, branch, deployment, release, host, served))
                        .ToSeq()
                        .Map(entry => (host, (Hidden(sight, branch, entry), branch.Id)))
                )
            );

    // A page instead of the branch, whose units go on running.
    private static Option<RouteEntry> Maintenance(Sight sight, DesiredBranch branch) =>
        branch.Life.Maintenance.Map(it => new RouteEntry(
            sight.Settings.Instance,
            new Route.Maintenance(it.Message.IfNone(""))
        ));

    private static Option<RouteEntry> Entry(
        Sight sight,
        DesiredBranch branch,
        DesiredDeployment deployment,
        Release release,
        HostName host,
        RoutingTable served
    ) =>
        release.Specification switch
        {
            Specification.Site site => new RouteEntry(
                sight.Settings.Instance,
                new Route.Site(site.Root, site.SinglePage)
                {
                    Before = SiteBefore.Of(sight, deployment).Map(before => before.Root),
                }
            ),
            Specification.Service when branch.Life.Rest is not Rest.Awake => new RouteEntry(
                sight.Settings.Instance,
                new Route.Asleep()
            ),
            Specification.Service => sight
                .LeaseOf(deployment.Unit(release))
                .Map(lease => new RouteEntry(sight.Settings.Instance, new Route.Service(lease.Port)))
                .Match(Some, () => served.Entries.Find(host)),
            _ => throw new System.Diagnostics.UnreachableException(),
        };

    private static RouteEntry Hidden(Sight sight, DesiredBranch branch, RouteEntry entry) =>
        entry.Owner == sight.Settings.Instance && entry.Route is not Route.Verbatim
            ? entry with
            {
                IsHidden = Previews.IsPreview(branch.Branch, branch.Environment),
            }
            : entry;

    private static Set<BranchId> ChangedBranches(Sight sight, RoutingTable served, RoutingTable wanted)
    {
        var hosts = toSet(
            Joined(served.Entries.Keys.ToSeq(), wanted.Entries.Keys.ToSeq())
                .Filter(host => served.Entries.Find(host) != wanted.Entries.Find(host))
        );
        return toSet(
            sight
                .Desired.Branches.Filter(branch =>
                    branch.Deployments.Exists(one =>
                        one.Releases.Exists(release => release.Hosts.Exists(hosts.Contains))
                    )
                )
                .Map(branch => branch.Id)
        );
    }

    private static Subject SubjectOf(Sight sight, BranchId branch) =>
        sight.Desired.Branches.Find(one => one.Id == branch).Match(one => one.Subject, () => new Subject.Host());
}
