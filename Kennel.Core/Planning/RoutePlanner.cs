using Kennel.Core.Domain;
using Kennel.Core.Lifecycle;
using Kennel.Core.Routing;

namespace Kennel.Core.Planning;

/// <summary>
/// The routing table as it should be, and the one write that makes it so. Rows of other instances and rows without
/// an owner in the store are copied through. A table that Caddy refused is then offered one branch at a time, so
/// that one bad branch cannot hold up the others.
/// </summary>
public static class RoutePlanner
{
    private static readonly TimeSpan CautionPeriod = TimeSpan.FromSeconds(60);
    private static readonly ActionKey ManyBranches = new("write-routes");

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
        if (table == routing.Table && routing.IsCurrent && routing.Place is RoutingPlace.Present)
            return (None, Part.Nothing);
        if (routing.Place is RoutingPlace.NoServer place)
            return (
                None,
                Part.Block(new Subject.Host(), new BlockedBy.NoServer(sight.Settings.WebPort, place.Listens))
            );
        var changed = ChangedBranches(sight, routing.Table, table);
        return IsCautious(sight) && changed.Count > 1
            ? Cautious(sight, routing, changed)
            : Write(sight, routing.Place, table, changed);
    }

    private static (Option<PlannedAction>, Part) Cautious(Sight sight, ObservedRouting routing, Set<BranchId> changed)
    {
        var tables = changed
            .ToSeq()
            .Map(branch => (Branch: branch, Table: OnlyOf(sight, routing.Table, branch)))
            .Map(one => Write(sight, routing.Place, one.Table, Set(one.Branch)));
        var due = tables.Find(one => one.Write.IsSome);
        return (
            due.Bind(one => one.Write),
            Part.Concat(tables.Map(one => one.Part)) with
            {
                LookAt = Part.Concat(tables.Map(one => one.Part)).LookAt,
            }
        );
    }

    private static (Option<PlannedAction> Write, Part Part) Write(
        Sight sight,
        RoutingPlace place,
        RoutingTable table,
        Set<BranchId> changed
    )
    {
        var subject = changed.Count == 1 ? SubjectOf(sight, changed.Head()) : new Subject.Host();
        var step = new PlannedAction(
            subject,
            new Action.WriteRoutes(place, table, changed),
            changed.IsEmpty ? "Caddy does not serve what it should" : "what Caddy serves has to change"
        );
        var (due, held) = BackOff.Hold(Seq1(step), sight.Desired, sight.Now);
        return (due.HeadOrNone(), changed.Count == 1 ? held + Refused(sight, step) : held);
    }

    private static Part Refused(Sight sight, PlannedAction step) =>
        BackOff
            .GaveUp(sight.Desired, ActionKeys.Of(step.Action))
            .Match(error => Part.Block(step.Subject, new BlockedBy.RoutesRefused(error)), () => Part.Nothing);

    private static bool IsCautious(Sight sight) =>
        sight.Desired.Attempts.Find(ManyBranches).Exists(attempts => attempts.LastAt + CautionPeriod > sight.Now)
        || sight.Desired.Attempts.Keys.Any(key =>
            key.Value.StartsWith(ManyBranches.Value + " ", StringComparison.Ordinal)
        );

    private static RoutingTable OnlyOf(Sight sight, RoutingTable served, BranchId branch)
    {
        var hosts = toSet(
            sight
                .Desired.Branches.Filter(one => one.Id == branch)
                .Bind(one => one.Deployments)
                .Bind(one => one.Releases)
                .Bind(release => release.Hosts)
        );
        var rows = Rows(sight, served).Filter(row => row.Branch == branch).Map(pair => (pair.Key, pair.Value.Entry));
        return new RoutingTable(served.Entries.Filter((host, _) => !hosts.Contains(host)).AddRange(rows));
    }

    private static Map<HostName, (RouteEntry Entry, BranchId Branch)> Rows(Sight sight, RoutingTable served) =>
        toMap(
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
                .Map(lease => new RouteEntry(
                    sight.Settings.Instance,
                    new Route.Service(new ListenAddress.Tcp(lease.Port))
                ))
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
