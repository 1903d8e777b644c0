using Kennel.Core.Domain;
using Kennel.Core.Routing;

namespace Kennel.Tests.Routing;

/// <summary>Short ways to write rows in tests.</summary>
internal static class Rows
{
    public static readonly InstanceId Ours = Valid(InstanceId.Parse("owner", "0123456789ab"));
    public static readonly InstanceId Theirs = Valid(InstanceId.Parse("owner", "ba9876543210"));

    public static RoutingTable Table(params (string Host, Route Route)[] rows) =>
        new(toMap(rows.Select(row => (Host(row.Host), new RouteEntry(Ours, row.Route)))));

    public static RoutingTable With(this RoutingTable table, InstanceId owner, string host, Route route) =>
        table.With(new RouteEntry(owner, route), host);

    public static RoutingTable With(this RoutingTable table, RouteEntry entry, string host) =>
        new(table.Entries.AddOrUpdate(Host(host), entry));

    public static RouteEntry Hidden(InstanceId owner, Route route) => new(owner, route) { IsHidden = true };

    public static Route Service(int port) => new Route.Service(Port(port));

    public static Route Site(string name = "site", bool singlePage = false) =>
        new Route.Site(Valid(StorePath.Parse("root", $"/nix/store/{new string('0', 32)}-{name}")), singlePage);

    public static Route SiteAfter(string name, string before, bool singlePage = false) =>
        (Route.Site)Site(name, singlePage) with
        {
            Before = ((Route.Site)Site(before)).Root,
        };

    public static HostName Host(string host) => Valid(HostName.Parse("host", host));

    public static Port Port(int number) => Valid(Kennel.Core.Domain.Port.Parse("port", number));

    public static T Valid<T>(Validation<Problem, T> parsed) =>
        parsed.Match(value => value, problems => throw new InvalidOperationException(string.Join("; ", problems)));
}
