using Kennel.Core.Domain;

namespace Kennel.Core.Routing;

/// <summary>Where requests for a host name go.</summary>
public abstract record Route
{
    private Route() { }

    /// <summary>To a service on this machine.</summary>
    /// <param name="Port">Its port of the loopback address.</param>
    public sealed record Service(Port Port) : Route;

    /// <summary>To files.</summary>
    public sealed record Site(StorePath Root, bool SinglePage) : Route
    {
        /// <summary>What was served before: open pages may still ask for its files.</summary>
        public Option<StorePath> Before { get; init; }
    }

    /// <summary>To whatever Kennel says when it is asked: a branch that sleeps is woken by that.</summary>
    public sealed record Asleep : Route;

    /// <summary>To a page that says that the branch is being worked on.</summary>
    public sealed record Maintenance : Route
    {
        /// <summary>The page with a message of somebody's.</summary>
        /// <param name="message">What the page says besides; may be empty. Characters that would not show are left out.</param>
        public Maintenance(string message) =>
            Message = new string([.. message.ReplaceLineEndings("\n").Replace('\t', ' ').Where(IsShown)]).Trim();

        /// <summary>What the page says besides.</summary>
        public string Message { get; }

        private static bool IsShown(char letter) => letter == '\n' || !char.IsControl(letter);
    }

    /// <summary>Something this version does not know, such as a row of a newer Kennel's: written back as it was read.</summary>
    /// <param name="Row">The row's name; see <see cref="RoutingRow"/>.</param>
    public sealed record Verbatim(string Row) : Route;
}

/// <summary>One row of the routing table.</summary>
/// <param name="Owner">The instance that wrote it.</param>
/// <param name="Route">Where requests go.</param>
public sealed record RouteEntry(InstanceId Owner, Route Route)
{
    /// <summary>Whether search engines are told to stay away.</summary>
    public bool IsHidden { get; init; }
}

/// <summary>All rows, by host name.</summary>
public sealed record RoutingTable(Map<HostName, RouteEntry> Entries)
{
    /// <summary>No rows.</summary>
    public static readonly RoutingTable Empty = new(Map<HostName, RouteEntry>());
}

/// <summary>What Caddy serves of Kennel's.</summary>
/// <param name="Place">Where Kennel's subtree stands, or may be put.</param>
/// <param name="Version">The mark of the table's state; a write must name it.</param>
/// <param name="Table">The rows, which are served where the subtree is current.</param>
public sealed record ObservedRouting(RoutingPlace Place, string Version, RoutingTable Table)
{
    /// <summary>Whether the subtree is there and just what this version of Kennel renders; if not it is written again.</summary>
    public bool IsCurrent => Place is RoutingPlace.Present { IsCurrent: true };
}

/// <summary>Where Kennel's subtree stands in Caddy's document. It leads to the table and does not change with it.</summary>
public abstract record RoutingPlace
{
    private RoutingPlace() { }

    /// <summary>It is there.</summary>
    /// <param name="EntityTag">Caddy's mark of this state of it; a write must name it.</param>
    /// <param name="IsCurrent">Whether it is just what this version of Kennel renders.</param>
    public sealed record Present(string EntityTag, bool IsCurrent) : RoutingPlace;

    /// <summary>It is missing, and a server listens on the configured port.</summary>
    /// <param name="Server">That server's name.</param>
    /// <param name="HasRoutes">Whether that server has a list of routes to append to.</param>
    /// <param name="EntityTag">Caddy's mark of the list that would change.</param>
    public sealed record Missing(string Server, bool HasRoutes, string EntityTag) : RoutingPlace;

    /// <summary>No server listens on the configured port: nowhere to put it.</summary>
    public sealed record NoServer(string Listens) : RoutingPlace;
}
