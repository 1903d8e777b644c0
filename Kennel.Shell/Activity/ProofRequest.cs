using System.Net;
using System.Net.Sockets;
using Kennel.Core.Routing;

namespace Kennel.Shell.Activity;

/// <summary>A request of Kennel's own through the web server on this host, whose record must arrive.</summary>
internal sealed class ProofRequest : IDisposable
{
    private readonly HttpClient client;

    /// <summary>Asks at this address, which is looked for on this host.</summary>
    public ProofRequest(Uri address, TimeSpan limit) =>
        client = new HttpClient(
            new SocketsHttpHandler
            {
                AllowAutoRedirect = false,
                UseProxy = false,
                PooledConnectionLifetime = TimeSpan.Zero,
                ConnectCallback = (_, cancellation) => Connect(address.Port, cancellation),
                // Nothing is told and nothing is believed: what is asked is whether a record arrives.
                SslOptions = { RemoteCertificateValidationCallback = (_, _, _, _) => true },
            }
        )
        {
            BaseAddress = address,
            Timeout = limit,
        };

    /// <summary>Asks; whatever is answered will do. An error says why there was no answer.</summary>
    /// <param name="mark">What the user agent has by which the record is known.</param>
    /// <param name="cancellation">Ends the request.</param>
    public async Task<Option<string>> Send(string mark, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/");
        request.Headers.TryAddWithoutValidation("User-Agent", $"{AccessLog.ProofAgent} {mark}");
        try
        {
            using var response = await client.SendAsync(
                request,
                HttpCompletionOption.ResponseHeadersRead,
                cancellation
            );
            return None;
        }
        catch (HttpRequestException error)
        {
            return $"Caddy does not answer Kennel's own request to {client.BaseAddress}: {error.GetBaseException().Message}";
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return $"Caddy does not answer Kennel's own request to {client.BaseAddress} in time";
        }
    }

    public void Dispose() => client.Dispose();

    private static async ValueTask<Stream> Connect(int port, CancellationToken cancellation)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, port), cancellation);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
