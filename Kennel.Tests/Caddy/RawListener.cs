using System.Net.Sockets;
using System.Text;

namespace Kennel.Tests.Caddy;

/// <summary>A unix socket that tells what it was sent.</summary>
internal static class RawListener
{
    /// <summary>The head of the first request that arrives while something is done; it is answered with 503.</summary>
    public static async Task<string> FirstRequest(string path, Func<Task> act)
    {
        using var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        listener.Bind(new UnixDomainSocketEndPoint(path));
        listener.Listen();
        var acting = act();
        using var connection = await listener.AcceptAsync();
        var head = new StringBuilder();
        var buffer = new byte[64 << 10];
        while (!head.ToString().Contains("\r\n\r\n", StringComparison.Ordinal))
            head.Append(Encoding.ASCII.GetString(buffer, 0, await connection.ReceiveAsync(buffer)));
        await connection.SendAsync("HTTP/1.1 503 Busy\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"u8.ToArray());
        await acting;
        return head.ToString();
    }
}
