using Kennel.Core.Domain;

namespace Kennel.Core.Routing;

/// <summary>
/// The routing table as files. Caddy looks them up at each request, so that a change of the table is no change of Caddy's
/// configuration, which would cost connections their answer.
/// </summary>
/// <param name="Rows">The name of each host's row; see <see cref="RoutingRow"/>.</param>
/// <param name="Sites">What the keys of sites in them stand for.</param>
/// <param name="Pages">What the keys of pages in them stand for.</param>
public sealed record RoutingFiles(
    Map<HostName, string> Rows,
    Map<string, StorePath> Sites,
    Map<string, MaintenancePage> Pages
)
{
    /// <summary>The files of a table.</summary>
    public static RoutingFiles Of(RoutingTable table)
    {
        var entries = table.Entries.AsEnumerable().ToSeq().Strict();
        return new RoutingFiles(
            toMap(entries.Map(row => (row.Key, RoutingRow.Name(row.Key, row.Value)))),
            toMap(entries.Bind(row => Roots(row.Value.Route)).Map(root => (RoutingRow.SiteKey(root), root)).Distinct()),
            toMap(entries.Bind(row => PageOf(row.Key, row.Value.Route).ToSeq()))
        );
    }

    /// <summary>The table that files stand for. Rows without an owner, or that lack what they refer to, are left out.</summary>
    /// <param name="rows">The name of each host's row.</param>
    /// <param name="site">The store path that a key of a site stands for.</param>
    /// <param name="message">The message that a key of a page stands for.</param>
    public static RoutingTable Read(
        Map<HostName, string> rows,
        Func<string, Option<StorePath>> site,
        Func<string, Option<string>> message
    ) =>
        new(
            toMap(
                rows.AsEnumerable()
                    .ToSeq()
                    .Bind(row =>
                        RoutingRow.Read(row.Key, row.Value, site, message).Map(entry => (row.Key, entry)).ToSeq()
                    )
            )
        );

    private static Seq<StorePath> Roots(Route route) =>
        route is Route.Site site ? Seq(site.Root, RoutingRow.Besides(site)) : Seq<StorePath>();

    private static Option<(string, MaintenancePage)> PageOf(HostName host, Route route) =>
        route is Route.Maintenance page
            ? (RoutingRow.PageKey(host, page), new MaintenancePage(host, page.Message))
            : Option<(string, MaintenancePage)>.None;
}
