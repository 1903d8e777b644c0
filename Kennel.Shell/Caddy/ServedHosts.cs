using System.Collections.Frozen;
using Kennel.Core.Routing;

namespace Kennel.Shell.Caddy;

/// <summary>
/// The host names that are served, in memory: what certificates may be had for. Every look at the table of routes and every
/// switch of it publishes them anew; who asks waits for neither, and for no database.
/// </summary>
public sealed class ServedHosts
{
    private readonly string[] _own;
    private FrozenSet<string> _hosts;
    private RoutingTable? _published;

    /// <summary>Nothing is served yet.</summary>
    /// <param name="own">Names of Kennel's own, which no row has.</param>
    public ServedHosts(params string[] own)
    {
        _own = own;
        _hosts = Frozen(_own);
    }

    /// <summary>Whether a name is served, in whatever spelling it is given.</summary>
    public bool Contains(string name) => Volatile.Read(ref _hosts).Contains(name.EndsWith('.') ? name[..^1] : name);

    /// <summary>From now on these are served. A name has a row only because it was claimed, in this database or in one before it.</summary>
    public void Publish(RoutingTable table)
    {
        if (!ReferenceEquals(Interlocked.Exchange(ref _published, table), table))
            Volatile.Write(ref _hosts, Frozen(table.Entries.Keys.Select(host => host.Value).Concat(_own)));
    }

    private static FrozenSet<string> Frozen(IEnumerable<string> names) =>
        names.ToFrozenSet(StringComparer.OrdinalIgnoreCase);
}
