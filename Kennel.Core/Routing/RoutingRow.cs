using Kennel.Core.Domain;

namespace Kennel.Core.Routing;

/// <summary>
/// One row as the name of a file, which Caddy finds below the host name: its kind, its target, what it serves besides, and
/// its owner, each followed by an <c>@</c> but the last. Names of files can be found by a pattern and cost Caddy a
/// twentieth of what reading a file would.
/// </summary>
/// <example><c>hidden-service@18001@@0123456789ab</c></example>
public static class RoutingRow
{
    private const char Separator = '@';
    private const int TextCount = 4;

    /// <summary>The name of a row.</summary>
    public static string Name(HostName host, RouteEntry entry) =>
        entry.Route switch
        {
            Route.Service service => Name(entry, RouteKind.Service, service.Port.ToString()),
            Route.Site site => Name(
                entry,
                site.SinglePage ? RouteKind.SinglePage : RouteKind.Site,
                SiteKey(site.Root),
                SiteKey(Besides(site))
            ),
            Route.Asleep => Name(entry, RouteKind.Asleep),
            Route.Maintenance page => Name(entry, RouteKind.Maintenance, PageKey(host, page)),
            Route.Verbatim verbatim => verbatim.Row,
            _ => throw new System.Diagnostics.UnreachableException(),
        };

    /// <summary>What a row means; none where it has no owner, or where what it refers to is missing.</summary>
    /// <param name="host">The host name that has it.</param>
    /// <param name="name">The row's name.</param>
    /// <param name="site">The store path that a key of a site stands for.</param>
    /// <param name="message">The message that a key of a page stands for.</param>
    public static Option<RouteEntry> Read(
        HostName host,
        string name,
        Func<string, Option<StorePath>> site,
        Func<string, Option<string>> message
    )
    {
        var texts = Texts(name);
        return InstanceId
            .Parse("row", texts[^1])
            .ToOption()
            .Bind(owner =>
                texts.Length == TextCount && RouteKind.IsKnown(texts[0])
                    ? Meaning(texts, owner, site, message).Filter(entry => Name(host, entry) == name)
                    : new RouteEntry(owner, new Route.Verbatim(name))
            );
    }

    /// <summary>The texts of a row; keys of sites and pages are among them, in rows of any version.</summary>
    public static string[] Texts(string name) => name.Split(Separator);

    /// <summary>
    /// What is served where the site itself lacks a file. A site without one before it names itself: nothing would be the
    /// directory of all sites.
    /// </summary>
    internal static StorePath Besides(Route.Site site) => site.Before.IfNone(site.Root);

    /// <summary>What stands for a store path in rows.</summary>
    internal static string SiteKey(StorePath root) => Key(root.Value);

    /// <summary>What stands for the page of a host in rows.</summary>
    internal static string PageKey(HostName host, Route.Maintenance page) => Key($"{host}\n{page.Message}");

    private static Option<RouteEntry> Meaning(
        string[] texts,
        InstanceId owner,
        Func<string, Option<StorePath>> site,
        Func<string, Option<string>> message
    )
    {
        var (kind, isHidden) = RouteKind.Parse(texts[0]);
        var route = kind switch
        {
            RouteKind.Service => Service(texts[1]),
            RouteKind.Site or RouteKind.SinglePage => Site(texts, kind == RouteKind.SinglePage, site),
            RouteKind.Asleep => Some<Route>(new Route.Asleep()),
            RouteKind.Maintenance => message(texts[1]).Map(text => (Route)new Route.Maintenance(text)),
            _ => None,
        };
        return route.Map(found => new RouteEntry(owner, found) { IsHidden = isHidden });
    }

    private static Option<Route> Service(string target) =>
        int.TryParse(target, out var number)
            ? Port.Parse("row", number).ToOption().Map(port => (Route)new Route.Service(port))
            : None;

    private static Option<Route> Site(string[] texts, bool singlePage, Func<string, Option<StorePath>> site) =>
        from root in site(texts[1])
        from besides in site(texts[2])
        select (Route)new Route.Site(root, singlePage) { Before = besides == root ? Option<StorePath>.None : besides };

    private static string Name(RouteEntry entry, string kind, string target = "", string besides = "") =>
        string.Join(Separator, entry.IsHidden ? RouteKind.Hidden(kind) : kind, target, besides, entry.Owner);

    private static string Key(string text)
    {
        const int length = 32;
        return Naming.Hash(text)[..length];
    }
}
