using Kennel.Core.Domain;
using Kennel.Core.Planning;

namespace Kennel.Core.Views;

/// <summary>All that carries Kennel's mark on this host.</summary>
/// <param name="Instance">The mark of the state database.</param>
/// <param name="Items">Everything, by owner, orphans last.</param>
/// <param name="Unseen">What could not be looked at: the list says nothing about it.</param>
public sealed record InventoryView(string Instance, Seq<InventoryItem> Items, Seq<UnseenView> Unseen)
{
    /// <summary>The view of a look.</summary>
    public static InventoryView Of(Look look) =>
        new(
            look.Desired.Settings.Instance.Value,
            Inventory
                .Items(look.Desired, look.Observed)
                .OrderBy(item => item.Owner.IsNone)
                .ThenBy(item => item.Owner.IfNone(string.Empty), StringComparer.Ordinal)
                .ThenBy(item => item.Kind, StringComparer.Ordinal)
                .ThenBy(item => item.Name, StringComparer.Ordinal)
                .ToSeq(),
            UnseenView.Of(look.Observed)
        );
}

/// <summary>One thing that carries Kennel's mark.</summary>
/// <param name="Kind"><c>unit</c>, <c>route</c>, <c>state-directory</c>, <c>root</c>, <c>build-directory</c>, <c>database</c>, <c>role</c>, <c>cache</c>, <c>bucket</c>, <c>bucket-key</c>, <c>record</c>, <c>secrets</c>, <c>lease</c> or <c>name</c>.</param>
/// <param name="Name">Its name.</param>
/// <param name="Owner">The branch it belongs to; an orphan has none.</param>
/// <param name="Detail">More about it, or why it is an orphan.</param>
public sealed record InventoryItem(string Kind, string Name, Option<string> Owner, string Detail);

/// <summary>Finds what carries Kennel's mark and whose it is.</summary>
internal static class Inventory
{
    public static Seq<InventoryItem> Items(Desired desired, Observed observed)
    {
        var owners = Owners.Of(desired);
        var instance = desired.Settings.Instance;
        return Joined(
            Seen(observed.Units).Bind(units => units.Values.ToSeq().Bind(unit => OfUnit(owners, instance, unit))),
            Seen(observed.Routing)
                .Bind(routing =>
                    routing
                        .Table.Entries.AsEnumerable()
                        .ToSeq()
                        .Map(row => OfRoute(owners, instance, row.Key, row.Value))
                ),
            Seen(observed.StateDirectories)
                .Bind(names =>
                    names
                        .ToSeq()
                        .Map(name => Item("state-directory", name, owners.StateDirectories.Find(name), "/var/lib/knl"))
                ),
            Seen(observed.Roots)
                .Bind(roots =>
                    roots.AsEnumerable().ToSeq().Map(root => OfRoot(owners, instance, root.Key, root.Value))
                ),
            Seen(observed.BuildDirectories)
                .Bind(builds =>
                    builds
                        .Keys.ToSeq()
                        .Map(build => Item("build-directory", $"{build.Value}", owners.Builds.Find(build), ""))
                ),
            Seen(observed.Databases).Bind(seen => DatabaseItems.Of(desired, seen)),
            Seen(observed.Caches).Bind(seen => CacheItems.Of(desired, seen)),
            Seen(observed.Buckets).Bind(seen => BucketItems.Of(desired, seen)),
            Seen(observed.SecretFiles).Bind(files => SecretItems.Of(owners, instance, observed.Units, files)),
            Seen(observed.Records).Bind(records => records.Bind(record => OfRecord(owners, instance, record))),
            desired.Leases.Values.ToSeq().Map(lease => OfLease(owners, lease)),
            owners.Names.Map(name => Item("name", name.Name, Some(name.Owner), name.Kind))
        );
    }

    private static Seq<T> Seen<T>(Observation<T> observation) => observation.ToOption().ToSeq();

    internal static InventoryItem Item(string kind, string name, Option<string> owner, string detail) =>
        new(kind, name, owner, detail);

    private static Seq<InventoryItem> OfUnit(Owners owners, InstanceId instance, ObservedUnit unit) =>
        unit
            .Mark.Map(mark =>
                mark == instance
                    ? Item("unit", unit.Name.Value, owners.OfUnit(unit.Name), unit.State.Word())
                    : Item("unit", unit.Name.Value, None, $"{unit.State.Word()}; {Another(mark.Value)}")
            )
            .ToSeq();

    private static InventoryItem OfRoute(Owners owners, InstanceId instance, HostName host, Routing.RouteEntry entry)
    {
        var leads = entry.Route switch
        {
            Routing.Route.Service it => $"to 127.0.0.1:{it.Port}",
            Routing.Route.Site it => $"to {it.Root}",
            Routing.Route.Asleep => "to Kennel, which wakes it",
            Routing.Route.Maintenance => "to a page that says that it is being worked on",
            Routing.Route.Verbatim => "somewhere this version does not know",
            _ => throw new System.Diagnostics.UnreachableException(),
        };
        return entry.Owner == instance
            ? Item("route", host.Value, owners.Hosts.Find(host), leads)
            : Item("route", host.Value, None, $"{leads}; {Another(entry.Owner.Value)}");
    }

    private static InventoryItem OfRoot(Owners owners, InstanceId instance, RootName root, StorePath path) =>
        root.Instance == instance.Value
            ? Item("root", root.Value, owners.Builds.Find(root.Build), path.Value)
            : Item("root", root.Value, None, $"{path}; {Another(root.Instance)}");

    private static Seq<InventoryItem> OfRecord(Owners owners, InstanceId instance, DnsRecord record) =>
        record
            .Mark.Map(mark =>
                mark == instance
                    ? Item("record", record.Name.Value, owners.Hosts.Find(record.Name), $"{record.Content}")
                    : Item("record", record.Name.Value, None, $"{record.Content}; {Another(mark.Value)}")
            )
            .ToSeq();

    private static InventoryItem OfLease(Owners owners, Lease lease) =>
        Item(
            "lease",
            $"{lease.Port}",
            owners.Branches.Find(lease.Branch),
            lease.ReleasedAt.IsSome ? $"cooling, was {lease.Unit}'s" : lease.Unit.Value
        );

    internal static string Another(string mark) => $"made by another Kennel or an earlier database ({mark})";
}
