using Kennel.Core.Domain;
using Kennel.Core.Planning;
using Kennel.Core.Ports;
using Kennel.Core.Routing;
using Kennel.Shell.Reconcile;
using Action = Kennel.Core.Planning.Action;

namespace Kennel.PropertyTests.World;

/// <summary>What must hold after every single effect (laws P7 to P10 and P13), checked independently of the planner.</summary>
public sealed class Safety(
    SimulatedHost host,
    StandStill standStill,
    ServingWatch serving,
    DatabaseWatch databases,
    RecordWatch records
)
{
    private readonly BuildWatch builds = new(host, QueueSettings.Default.BuildsMax);
    private readonly StepWatch steps = new(host);
    private readonly SeedWatch seeds = new(host);
    private readonly StateWatch state = new(host);
    private Set<HostName> healthy;

    /// <summary>Watches the databases.</summary>
    public DatabaseWatch Databases => databases;

    /// <summary>Watches the caches.</summary>
    public required CacheWatch Caches { get; init; }

    /// <summary>Watches the valkey-servers of branches.</summary>
    public required CacheInstanceWatch CacheInstances { get; init; }

    /// <summary>Watches the buckets.</summary>
    public required BucketWatch Buckets { get; init; }

    /// <summary>What was found wrong so far.</summary>
    public Seq<string> Violations { get; private set; }

    /// <summary>Whether a host name may stop being served: only once somebody removed a branch or a component.</summary>
    public bool MayVanish { get; set; }

    /// <summary>Whether a host name may leave the table while its branch stays: once a commit declares less than before.</summary>
    public bool MayDrop { get; set; }

    /// <summary>After the world itself took something down, health has to be reached anew.</summary>
    public void ForgetHealth() => healthy = Set<HostName>();

    /// <summary>Checks the world after one effect.</summary>
    public void Check(Action action, Effect effect)
    {
        builds.Check(action, effect).Iter(what => Violate(action, what));
        standStill.Check(action, effect).Iter(what => Violate(action, what));
        steps.Check(action, effect).Iter(what => Violate(action, what));
        databases.Check(action, effect).Iter(what => Violate(action, what));
        Caches.Check(action, effect).Iter(what => Violate(action, what));
        CacheInstances.Check(action, effect).Iter(what => Violate(action, what));
        Buckets.Check(action, effect).Iter(what => Violate(action, what));
        seeds.Check(action, effect).Iter(what => Violate(action, what));
        state.Check().Iter(what => Violate(action, what));
        serving.Check(action).Iter(what => Violate(action, what));
        records.Check().Iter(what => Violate(action, what));
        SharedPorts(action);
        Downtime(action);
        if (action is Action.ForgetBranch && !MayVanish)
            Violate(action, "a branch was forgotten that nobody removed");
        if (
            action is Action.StartUnit start
            && start.Unit.Value.StartsWith("kennel-clean-", StringComparison.Ordinal)
            && !MayVanish
        )
            Violate(action, "data was removed that nobody asked to remove");
    }

    /// <summary>Checks a whole pass.</summary>
    public void CheckPass(PassResult result, int caddyWrites)
    {
        if (caddyWrites > 1)
            Violations = Violations.Add($"{caddyWrites} writes to Caddy in one pass");
        Violations = Joined(Violations, result.Findings.Map(finding => $"bad plan: {finding}"));
    }

    private void SharedPorts(Action action)
    {
        var shared = host
            .Units.Values.Where(unit => unit.Port.IsSome && unit.State(host.Now) == UnitState.Running)
            .GroupBy(unit => unit.Port)
            .Where(group => group.Count() > 1);
        foreach (var group in shared)
            Violate(action, $"port {group.Key} is used twice");
    }

    private void Downtime(Action action)
    {
        var now = toSet(host.Served.Entries.Filter(entry => IsHealthy(entry.Route)).Keys);
        foreach (var name in healthy)
        {
            var isDropped = MayDrop && (!host.Served.Entries.ContainsKey(name) || LeadsToState(name));
            if (!now.Contains(name) && !MayVanish && !isDropped && !IsInMaintenance(name))
                Violate(action, $"{name} went down");
        }
        healthy = healthy
            .Filter(name =>
                host.Served.Entries.ContainsKey(name) && !IsInMaintenance(name) && !(MayDrop && LeadsToState(name))
            )
            .AddOrUpdateRange(now);
    }

    // The name of a component that is dropped may go to one that is stateful.
    private bool LeadsToState(HostName name) =>
        host
            .Served.Entries.Find(name)
            .Exists(entry =>
                entry.Route is Route.Service service
                && host.Units.Values.Any(unit =>
                    unit.Port == Some(service.Port) && unit.Component.Exists(one => one.IsStateful)
                )
            );

    private bool IsInMaintenance(HostName name) =>
        host.Served.Entries.Find(name).Exists(entry => entry.Route is Route.Maintenance);

    // A stateful component may be down for a while, so that it never counts as what must stay up.
    private bool IsHealthy(Route route) =>
        route switch
        {
            Route.Service service => host.Units.Values.Any(unit =>
                unit.Port == Some(service.Port)
                && unit.IsReady(host.Now)
                && !unit.Component.Exists(component => component.IsStateful)
            ),
            Route.Site site => host.StorePaths.Contains(site.Root),
            Route.Maintenance => false,
            _ => true,
        };

    private void Violate(Action action, string what) =>
        Violations = Violations.Add($"after {ActionKeys.Of(action).Value}: {what}");
}
