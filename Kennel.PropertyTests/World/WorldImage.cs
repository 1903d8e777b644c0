using System.Text.RegularExpressions;
using Kennel.Core.Domain;
using Kennel.Core.Planning;
using Kennel.Core.Routing;

namespace Kennel.PropertyTests.World;

/// <summary>A world without what may differ between two good runs: ports, ids, times.</summary>
/// <param name="Units">The generations that run, by name.</param>
/// <param name="Routes">Where each host leads: a unit or a path.</param>
/// <param name="StateDirectories">Names of data.</param>
/// <param name="Protected">Store paths that are protected.</param>
/// <param name="Branches">What each branch serves and aims at.</param>
/// <param name="Residue">What should not be there when all is quiet: open deliveries, builds under way, build directories, unreleased leases without a unit.</param>
public sealed partial record WorldImage(
    Map<string, string> Units,
    Map<string, string> Routes,
    Set<string> StateDirectories,
    Set<string> Protected,
    Map<string, string> Branches,
    Set<string> Residue
)
{
    /// <summary>The dumps that there are.</summary>
    public Set<string> Dumps { get; init; }

    /// <summary>Every database and whose it is, and every role.</summary>
    public Map<string, string> Databases { get; init; }

    /// <summary>Every user of Valkey, and whose keys there are in its databases.</summary>
    public Map<string, string> Caches { get; init; }

    /// <summary>Every bucket and what is in it, and whose every key is.</summary>
    public Map<string, string> Buckets { get; init; }

    /// <summary>Who holds which custom domain.</summary>
    public Map<string, string> Domains { get; init; }

    /// <summary>What stands in DNS: name, content and whose it is.</summary>
    public Set<string> Records { get; init; }

    /// <summary>The custom domains that other services are told of.</summary>
    public string DomainsFile { get; init; } = "";

    /// <summary>A world in which nothing of Kennel's is.</summary>
    public static readonly WorldImage Nothing = new(
        Map<string, string>(),
        Map<string, string>(),
        Set<string>(),
        Set<string>(),
        Map<string, string>(),
        Set<string>()
    );

    /// <summary>The image of a world.</summary>
    public static WorldImage Of(SimulatedHost host, Desired desired)
    {
        var instance = desired.Settings.Instance.Value;
        return new WorldImage(
            toMap(host.Units.Values.Select(unit => (Generic(desired, unit.Name), unit.State(host.Now).ToString()))),
            toMap(
                host.Served.Entries.AsEnumerable().Select(entry => (entry.Key.Value, Target(host, entry.Value.Route)))
            ),
            host.StateDirectories,
            toSet(host.Roots.Values.Map(path => path.Value)),
            toMap(desired.Branches.Map(branch => (branch.Title, Describe(branch)))),
            Leftovers(host, desired, instance)
        )
        {
            Databases = DatabasesOf(host),
            Caches = CachesOf(host, desired),
            Buckets = BucketsOf(host),
            Dumps = toSet(host.Dumps.Filter(dump => dump is DumpState.Done).Keys.Map(Generic)),
            Domains = toMap(
                desired.Domains.AsEnumerable().Select(held => (held.Key.Value, Holder(desired, held.Value)))
            ),
            Records = toSet(host.Records.Map(record => $"{record.Name} {record.Content} {Maker(record, instance)}")),
            DomainsFile = host.DomainsFile.IfNone(""),
        };
    }

    /// <summary>
    /// The same without history, which does depend on the way there: kept releases, and data of components that are no
    /// longer declared.
    /// </summary>
    public WorldImage WithoutHistory() =>
        this with
        {
            Protected = Set<string>(),
            StateDirectories = Set<string>(),
            Databases = Map<string, string>(),
            Caches = Map<string, string>(),
            Buckets = Map<string, string>(),
            Dumps = Set<string>(),
        };

    public override string ToString() =>
        $"units {Units}\nroutes {Routes}\ndata {StateDirectories}\nprotected {Protected}\nbranches {Branches}\ndatabases {Databases}\ncaches {Caches}\nbuckets {Buckets}\ndumps {Dumps}\ndomains {Domains}\nrecords {Records}\nfile {DomainsFile}\nresidue {Residue}";

    private static string Maker(DnsRecord record, string instance) =>
        record.Mark.Match(mark => mark.Value == instance ? "of Kennel" : "of another Kennel", () => "of people");

    private static string Holder(Desired desired, DomainHolder holder) =>
        desired
            .Projects.Find(project => project.Id == holder.Project)
            .Match(project => $"{project.Name} {holder.Reference}", () => "nobody");

    /// <summary>What a dump was made for, without the time or the commit that tells it from one of the same number.</summary>
    private static string Generic(DumpName name) => TellingPart().Replace(name.Value, "$1");

    /// <summary>Digests carry the random instance, so a unit is told by its stem.</summary>
    private static string Generic(UnitName unit) => Sight.StemOf(unit).IfNone(unit.Value);

    // Branches that came back may have other numbers.
    private static string Generic(Desired desired, UnitName unit) =>
        unit
            .Cache.Bind(id => desired.Branches.Find(branch => branch.Id == id))
            .Match(branch => $"cache of {branch.Title}", () => Generic(unit));

    private static string Target(SimulatedHost host, Route route) =>
        route switch
        {
            Route.Service service => host
                .Units.Values.ToSeq()
                .Find(unit => unit.Port == Some(service.Port))
                .Match(unit => string.Join(' ', unit.Commands.Map(command => command.Path)), () => "nobody"),
            Route.Site site => site.Root.Value,
            _ => route.ToString(),
        };

    private static string Describe(DesiredBranch branch) =>
        string.Join(
            ", ",
            branch
                .Deployments.OrderBy(one => one.Component)
                .Select(one => $"{one.Component} serves {Path(one.ServingRelease)} aims at {Path(one.TargetRelease)}")
        )
        + (branch.Life.Rest is Core.Lifecycle.Rest.Awake ? "" : $" {branch.Life.Rest.GetType().Name}")
        + (branch.Removed.IsSome ? " removed" : "");

    private static string Path(Option<Release> release) =>
        release.Match(
            one => $"{one.StorePath} {(one.Outcome is Outcome.Rejected ? "rejected" : one.Outcome.GetType().Name)}",
            () => "nothing"
        );

    private static Map<string, string> DatabasesOf(SimulatedHost host) =>
        toMap(
            Joined(
                host.Databases.Databases.Values.ToSeq()
                    .Map(it =>
                        (
                            it.Name.Value,
                            $"of {it.Owner}, {(it.IsOpen ? "open" : "closed")}{(it.IsPublic ? " to all" : "")}, holds {host.Databases.ContentOf(it)}"
                        )
                    ),
                host.Databases.Roles.Keys.ToSeq().Map(role => (role.Value, "role"))
            )
        );

    // Numbers may differ between two good runs, and so may those of incarnations.
    private static Map<string, string> CachesOf(SimulatedHost host, Desired desired)
    {
        var owners = toMap(
            desired.Branches.Bind(branch =>
                branch.Resources.Map(row => (row.Resource.Name, $"cache of {branch.Title}"))
            )
        );
        return toMap(
            Joined(
                host.Caches.Users.Values.ToSeq()
                    .Map(user => (owners.Find(user.Name.Value).IfNone(user.Name.Value), "a user")),
                host.Caches.Keys.Values.ToSeq()
                    .Bind(writers => writers.ToSeq())
                    .Map(writer => ($"keys of {owners.Find(writer).IfNone(writer)}", "there"))
            )
        );
    }

    private static Map<string, string> BucketsOf(SimulatedHost host) =>
        toMap(
            Joined(
                host.Buckets.Buckets.Pairs.ToSeq()
                    .Map(pair => (pair.Key.Value, $"{pair.Value.ObjectCount} objects of {pair.Value.Maker}")),
                host.Buckets.Keys.GroupBy(key => key.Mark)
                    .Select(group => ($"key of {group.Key}", $"{group.Count()} times"))
                    .ToSeq()
            )
        );

    private static Set<string> Leftovers(SimulatedHost host, Desired desired, string instance)
    {
        var directories = host.BuildDirectories.Keys.Map(build => $"build directory {build.Value}");
        var leases = desired
            .Leases.Values.Filter(lease => !host.Units.ContainsKey(lease.Unit))
            .Map(lease => $"lease of {Generic(lease.Unit)}");
        var foreign = host.Roots.Keys.Filter(root => root.Instance != instance).Map(root => $"root {root}");
        var open = desired.Inbox.Map(delivery => $"delivery {delivery.Id.Value}");
        var builds = desired.Builds.Map(build => $"build {build.Id.Value} {build.State}");
        var secrets = host
            .Vault.Files.Keys.Filter(unit => !host.Units.ContainsKey(unit))
            .Map(unit => $"secrets of {Generic(unit)}");
        return toSet(secrets.Concat(directories).Concat(leases).Concat(foreign).Concat(open).Concat(builds));
    }

    [GeneratedRegex(@"(\.(?:build|removal)-[0-9]+)-[0-9a-f]+")]
    private static partial Regex TellingPart();
}
