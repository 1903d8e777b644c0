using System.Text.Encodings.Web;
using System.Text.Json.Nodes;
using System.Text.Unicode;
using Kennel.Core.Domain;

namespace Kennel.Core.Routing;

/// <summary>One row as one mapping of Caddy's map handler; its <c>@id</c> names the owner.</summary>
internal static class RoutingRow
{
    // What rows were before they had a third text.
    private const int OldestOutputCount = 2;

    private static readonly HtmlEncoder Html = HtmlEncoder.Create(UnicodeRanges.All);

    private static readonly int OwnerLength = "0123456789ab".Length;

    public static JsonNode Render(HostName host, RouteEntry entry) =>
        entry.Route switch
        {
            Route.Service service => Mapping(host, entry, RouteKind.Service, service.Address.ToString()),
            Route.Site { SinglePage: false } site => Mapping(host, entry, RouteKind.Site, site),
            Route.Site site => Mapping(host, entry, RouteKind.SinglePage, site),
            Route.Asleep => Mapping(host, entry, RouteKind.Asleep),
            Route.Maintenance page => Mapping(
                host,
                entry,
                RouteKind.Maintenance,
                Literal(page.Message),
                Literal(Html.Encode(page.Message))
            ),
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
        return row.Map(found => (found.host, EntryOf(fields, found.host, found.owner)));
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
    private static RouteEntry EntryOf(JsonObject given, HostName host, InstanceId owner)
    {
        var fields = Fitting(given);
        return Meaning(fields["outputs"], owner)
            .Filter(entry => JsonNode.DeepEquals(Render(host, entry), fields))
            .IfNone(() => new RouteEntry(owner, new Route.Verbatim(fields.ToJsonString(RoutingDocument.Compact))));
    }

    private static Option<RouteEntry> Meaning(JsonNode? outputs, InstanceId owner)
    {
        if (
            outputs is not JsonArray { Count: RoutingTemplate.OutputCount } texts
            || Text(texts[0]) is not { } kind
            || Text(texts[1]) is not { } target
            || Text(texts[2]) is not { } besides
        )
            return None;
        var (shown, isHidden) = RouteKind.Parse(kind);
        var route = shown switch
        {
            RouteKind.Service => Service(target),
            RouteKind.Site => Site(target, besides, singlePage: false),
            RouteKind.SinglePage => Site(target, besides, singlePage: true),
            RouteKind.Asleep => Some<Route>(new Route.Asleep()),
            RouteKind.Maintenance => Some<Route>(new Route.Maintenance(FromLiteral(target))),
            _ => None,
        };
        return route.Map(found => new RouteEntry(owner, found) { IsHidden = isHidden });
    }

    private static Option<Route> Service(string target) =>
        ListenAddress.Parse("target", target).ToOption().Map(address => (Route)new Route.Service(address));

    private static Option<Route> Site(string target, string before, bool singlePage) =>
        from root in StorePath.Parse("root", target).ToOption()
        from previous in StorePath.Parse("root", before).ToOption()
        select (Route)
            new Route.Site(root, singlePage) { Before = previous == root ? Option<StorePath>.None : previous };

    // Caddy refuses the whole document if one row gives more or fewer texts than the map has destinations. What older
    // versions wrote gets the text that they did not have; what else has too few gets the map's defaults.
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
        given is null ? null
        : place < given.Count ? given[place]?.DeepClone()
        : given.Count == OldestOutputCount ? Added(given)
        : null;

    private static JsonNode? Added(JsonArray given) =>
        Text(given[0]) switch
        {
            RouteKind.Service => "",
            RouteKind.Site or RouteKind.SinglePage => given[1]?.DeepClone(),
            _ => null,
        };

    // A site without one before it names itself: an empty path would be the directory that Caddy was started in.
    private static JsonObject Mapping(HostName host, RouteEntry entry, string kind, Route.Site site) =>
        Mapping(host, entry, kind, site.Root.Value, site.Before.IfNone(site.Root).Value);

    private static JsonObject Mapping(
        HostName host,
        RouteEntry entry,
        string kind,
        string target = "",
        string besides = ""
    ) =>
        new()
        {
            ["@id"] = Id(entry.Owner, host),
            ["input"] = host.Value,
            ["outputs"] = new JsonArray(entry.IsHidden ? RouteKind.Hidden(kind) : kind, target, besides),
        };

    // Caddy's map replaces {placeholders} in what it gives out.
    private static string Literal(string text) =>
        text.Replace("{", "\\{", StringComparison.Ordinal).Replace("}", "\\}", StringComparison.Ordinal);

    private static string FromLiteral(string text) =>
        text.Replace("\\{", "{", StringComparison.Ordinal).Replace("\\}", "}", StringComparison.Ordinal);

    private static string Id(InstanceId owner, HostName host) => $"kennel-{owner}-{host}";

    private static string? Text(JsonNode? node) =>
        node is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
}
