using System.Net.Sockets;

namespace Kennel.Tests.Host;

/// <summary>Leads what comes to a socket on a host to a server of the tests, which is outside.</summary>
internal sealed class HostDoor : IAsyncDisposable
{
    private readonly Socket listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    private readonly CancellationTokenSource ending = new();
    private readonly Task work;

    /// <summary>Opens it.</summary>
    /// <param name="path">The socket, as it is seen from outside.</param>
    /// <param name="server">The server.</param>
    public HostDoor(string path, Uri server)
    {
        File.Delete(path);
        listener.Bind(new UnixDomainSocketEndPoint(path));
        listener.Listen();
        work = Serve(server);
    }

    public async ValueTask DisposeAsync()
    {
        await ending.CancelAsync();
        await work;
        listener.Dispose();
        ending.Dispose();
    }

    private async Task Serve(Uri server)
    {
        var open = new List<Task>();
        try
        {
            while (true)
                open.Add(Lead(await listener.AcceptAsync(ending.Token), server));
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(open);
        }
    }

    private async Task Lead(Socket near, Uri server)
    {
        using var inside = new NetworkStream(near, ownsSocket: true);
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync(server.Host, server.Port, ending.Token);
            var outside = client.GetStream();
            // What either side ends, ends for both: a request is answered whole before its connection is closed.
            await Task.WhenAny(inside.CopyToAsync(outside, ending.Token), outside.CopyToAsync(inside, ending.Token));
        }
        catch (Exception error) when (error is IOException or SocketException or OperationCanceledException)
        {
            // Whoever asked sees the connection end.
        }
    }
}
