using System.Text.Json.Nodes;
using Kennel.Core.Domain;

namespace Kennel.Core.Routing;

/// <summary>One row as one mapping of Caddy's map handler; its <c>@id</c> names the owner.</summary>
internal static class RoutingRow
{
    private static readonly int OwnerLength = "0123456789ab".Length;

    public static JsonNode Render(HostName host, RouteEntry entry) =>
        entry.Route switch
        {
            Route.Service service => Mapping(host, entry.Owner, RoutingTemplate.Service, service.Address.ToString()),
            Route.Site { SinglePage: false } site => Mapping(host, entry.Owner, RoutingTemplate.Site, site.Root.Value),
            Route.Site site => Mapping(host, entry.Owner, RoutingTemplate.SinglePage, site.Root.Value),
            Route.Asleep => Mapping(host, entry.Owner, RoutingTemplate.Asleep, ""),
            Route.Maintenance page => Mapping(host, entry.Owner, RoutingTemplate.Maintenance, page.Message),
            Route.Verbatim verbatim => JsonNode.Parse(verbatim.Mapping)!,
            _ => throw new System.Diagnostics.UnreachableException(),
        };

    /// <summary>The row, or none where owner and host name cannot be told.</summary>
    public static Option<(HostName Host, RouteEntry Entry)> Read(JsonNode? mapping)
    {
        if (mapping is not JsonObject fields || Text(fields["input"]) is not { } input)
            return None;
        var row =
            from host in HostName.Parse("input", input).ToOption()
            from owner in Owner(Text(fields["@id"]), host)
            select (host, owner);
        return row.Map(found => (found.host, new RouteEntry(found.owner, RouteOf(fields, found.host, found.owner))));
    }

    private static Option<InstanceId> Owner(string? id, HostName host)
    {
        const string prefix = "kennel-";
        return
            id is not null && id.StartsWith(prefix, StringComparison.Ordinal) && id.Length > prefix.Length + OwnerLength
            ? InstanceId
                .Parse("@id", id.Substring(prefix.Length, OwnerLength))
                .ToOption()
                .Filter(owner => id == Id(owner, host))
            : None;
    }

    // A row is understood if rendering what it means gives the row again; anything else about it would be lost.
    private static Route RouteOf(JsonObject fields, HostName host, InstanceId owner) =>
        Meaning(fields["outputs"])
            .Filter(route => JsonNode.DeepEquals(Render(host, new RouteEntry(owner, route)), fields))
            .IfNone(() => new Route.Verbatim(Fitting(fields).ToJsonString(RoutingDocument.Compact)));

    private static Option<Route> Meaning(JsonNode? outputs)
    {
        if (outputs is not JsonArray { Count: RoutingTemplate.OutputCount } pair || Text(pair[1]) is not { } target)
            return None;
        return Text(pair[0]) switch
        {
            RoutingTemplate.Service => Service(target),
            RoutingTemplate.Site => Site(target, singlePage: false),
            RoutingTemplate.SinglePage => Site(target, singlePage: true),
            RoutingTemplate.Asleep => Some<Route>(new Route.Asleep()),
            RoutingTemplate.Maintenance => Some<Route>(new Route.Maintenance(target)),
            _ => None,
        };
    }

    private static Option<Route> Service(string target) =>
        ListenAddress.Parse("target", target).ToOption().Map(address => (Route)new Route.Service(address));

    private static Option<Route> Site(string target, bool singlePage) =>
        StorePath.Parse("root", target).ToOption().Map(root => (Route)new Route.Site(root, singlePage));

    // Caddy refuses the whole document if one row gives more or fewer texts than the map has destinations.
    private static JsonObject Fitting(JsonObject fields)
    {
        var given = fields["outputs"] as JsonArray;
        if (given?.Count == RoutingTemplate.OutputCount)
            return fields;
        var fitting = fields.DeepClone().AsObject();
        fitting["outputs"] = new JsonArray([
            .. Enumerable.Range(0, RoutingTemplate.OutputCount).Select(place => Output(given, place)),
        ]);
        return fitting;
    }

    private static JsonNode? Output(JsonArray? given, int place) =>
        given is not null && place < given.Count ? given[place]?.DeepClone() : null;

    private static JsonObject Mapping(HostName host, InstanceId owner, string kind, string target) =>
        new()
        {
            ["@id"] = Id(owner, host),
            ["input"] = host.Value,
            ["outputs"] = new JsonArray(kind, target),
        };

    private static string Id(InstanceId owner, HostName host) => $"kennel-{owner}-{host}";

    private static string? Text(JsonNode? node) =>
        node is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
}
