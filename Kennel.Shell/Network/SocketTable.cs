using System.Globalization;
using Kennel.Core.Domain;

namespace Kennel.Shell.Network;

/// <summary>The kernel's table of TCP sockets, <c>/proc/net/tcp</c> and <c>tcp6</c>. Source: proc_net_tcp.txt of Linux.</summary>
public static class SocketTable
{
    private const string Listening = "0A";
    private const int LocalAddressField = 1;
    private const int StateField = 3;
    private const int UserField = 7;

    /// <summary>The ports that something listens on, with the listener's user id; where several listen, the lowest.</summary>
    /// <param name="table">The whole text of one table.</param>
    public static Map<Port, uint> Listeners(string table) =>
        table
            .Split('\n')
            .Skip(1)
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Where(fields => fields.Length > UserField && fields[StateField] == Listening)
            .SelectMany(fields => Entry(fields).AsEnumerable())
            .Fold(
                Map<Port, uint>(),
                (ports, entry) => ports.AddOrUpdate(entry.Port, known => Math.Min(known, entry.User), entry.User)
            );

    private static Option<(Port Port, uint User)> Entry(string[] fields)
    {
        var address = fields[LocalAddressField].Split(':');
        return
            address.Length == 2
            && int.TryParse(address[1], NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var port)
            && uint.TryParse(fields[UserField], NumberStyles.None, CultureInfo.InvariantCulture, out var user)
            ? Port.Parse("socket table", port).ToOption().Map(parsed => (parsed, user))
            : None;
    }
}
