using System.Net.Sockets;
using System.Text;
using Kennel.Shell.Systemd;
using Kennel.Shell.Systemd.Native;

namespace Kennel.Tests.Systemd;

/// <summary>Builds a message and reads it back. It belongs to a bus object that leads nowhere.</summary>
internal sealed class DetachedMessage : IDisposable
{
    private readonly SilentPeer peer = new();
    private readonly nint bus;
    private readonly nint message;

    internal DetachedMessage(WriteBody write)
    {
        Assert.True(peer.Open(out bus) >= 0);
        Assert.True(BusMessages.NewMethodCall(bus, out message, "org.example", "/", "org.example.X", "Y") >= 0);
        write(new MessageWriter(message));
        Assert.True(BusMessages.Seal(message, 1, 0) >= 0);
    }

    internal T Read<T>(ReadBody<T> read) => read(new MessageReader(message));

    public void Dispose()
    {
        BusMessages.Unref(message);
        LibSystemd.CloseUnref(bus);
        peer.Dispose();
    }
}

/// <summary>A peer that lets anybody in and never answers a call.</summary>
internal sealed class SilentPeer : IDisposable
{
    private static readonly byte[] Welcome =
        "DATA\r\nOK 0123456789abcdef0123456789abcdef\r\nAGREE_UNIX_FD\r\n"u8.ToArray();

    private readonly string path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():n}.socket");
    private readonly Socket listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    private readonly List<Socket> accepted = [];

    internal SilentPeer()
    {
        listener.Bind(new UnixDomainSocketEndPoint(path));
        listener.Listen();
    }

    internal int Connections => accepted.Count;

    /// <summary>What has come in on the newest connection since the last look.</summary>
    internal string Hear()
    {
        var connection = accepted[^1];
        var bytes = new byte[connection.Available];
        return Encoding.Latin1.GetString(bytes, 0, bytes.Length == 0 ? 0 : connection.Receive(bytes));
    }

    /// <summary>Opens a bus object on a connection to this peer.</summary>
    internal int Open(out nint bus)
    {
        var client = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        client.Connect(new UnixDomainSocketEndPoint(path));
        var server = listener.Accept();
        server.Send(Welcome);
        accepted.Add(server);
        var descriptor = (int)client.SafeHandle.DangerousGetHandle();
        // The bus owns the descriptor from here on.
        client.SafeHandle.SetHandleAsInvalid();
        var result = LibSystemd.New(out bus);
        result = result < 0 ? result : LibSystemd.SetDescriptor(bus, descriptor, descriptor);
        return result < 0 ? result : LibSystemd.Start(bus);
    }

    internal void HangUp() => accepted.ForEach(connection => connection.Dispose());

    public void Dispose()
    {
        HangUp();
        listener.Dispose();
        File.Delete(path);
    }
}
