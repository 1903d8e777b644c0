using System.Net;
using System.Net.Sockets;
using Kennel.Core.Domain;
using Kennel.Shell.Systemd.Native;

namespace Kennel.Shell.Activity;

/// <summary>The socket at which the access log arrives.</summary>
internal static class ActivitySocket
{
    private const int FirstDescriptor = 3;
    private const int BufferBytes = 1 << 20;

    /// <summary>The one that the service manager holds while Kennel is down; else one of Kennel's own.</summary>
    /// <param name="port">The port of Kennel's own.</param>
    /// <exception cref="SocketException">It cannot be had.</exception>
    public static Socket Open(Port port) => HandedOver() ?? Bind(port);

    private static Socket? HandedOver()
    {
        var count = LibSystemd.ListenDescriptors(unsetEnvironment: 1);
        for (var descriptor = FirstDescriptor; descriptor < FirstDescriptor + count; descriptor++)
        {
            var socket = new Socket(new SafeSocketHandle(descriptor, ownsHandle: true));
            if (socket.SocketType == SocketType.Dgram)
                return socket;
            socket.Dispose();
        }
        return null;
    }

    private static Socket Bind(Port port)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        try
        {
            socket.ReceiveBufferSize = BufferBytes;
            socket.Bind(new IPEndPoint(IPAddress.Loopback, port.Number));
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
