using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;

namespace Kennel.Shell.Caddy;

/// <summary>
/// Caddy's admin endpoint over TCP or a unix socket. Every request has a connection of its own: Caddy closes idle ones at
/// each reload, and a write that meets such a closed one could not be told from a write that was lost.
/// </summary>
internal sealed class AdminEndpoint : IDisposable
{
    private const string UnixPrefix = "unix/";
    private const int AnswerBytesMax = 128 << 20;

    private readonly string _address;
    private readonly TimeSpan _timeout;
    private readonly HttpClient _client;

    public AdminEndpoint(string address, int timeoutSeconds)
    {
        _address = address;
        _timeout = TimeSpan.FromSeconds(timeoutSeconds);
        var handler = new SocketsHttpHandler
        {
            PooledConnectionLifetime = TimeSpan.Zero,
            UseProxy = false,
            AllowAutoRedirect = false,
        };
        if (address.StartsWith(UnixPrefix, StringComparison.Ordinal))
            handler.ConnectCallback = (_, cancellation) => ConnectUnix(SocketPath(address), cancellation);
        _client = new HttpClient(handler)
        {
            BaseAddress = BaseAddress(address),
            Timeout = Timeout.InfiniteTimeSpan,
            MaxResponseContentBufferSize = AnswerBytesMax,
        };
    }

    /// <summary>Reads; once more if the connection broke, as it may while Caddy reloads.</summary>
    public async Task<AdminReply> Read(string path, CancellationToken cancellation)
    {
        var first = await Send(() => new HttpRequestMessage(HttpMethod.Get, path), cancellation);
        return first is AdminReply.Unanswered
            ? await Send(() => new HttpRequestMessage(HttpMethod.Get, path), cancellation)
            : first;
    }

    /// <summary>Writes, once, if what the entity tag marks is as it was.</summary>
    public Task<AdminReply> Write(
        HttpMethod method,
        string path,
        string entityTag,
        string body,
        CancellationToken cancellation
    ) =>
        Send(
            () =>
            {
                var request = new HttpRequestMessage(method, path)
                {
                    Content = new StringContent(body, Encoding.UTF8, new MediaTypeHeaderValue("application/json")),
                };
                request.Headers.TryAddWithoutValidation("If-Match", entityTag);
                return request;
            },
            cancellation
        );

    public void Dispose() => _client.Dispose();

    private async Task<AdminReply> Send(Func<HttpRequestMessage> make, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(_timeout);
        using var request = make();
        try
        {
            using var response = await _client.SendAsync(request, limit.Token);
            var entityTag = response.Headers.TryGetValues("Etag", out var tags) ? tags.First() : "";
            var body = await response.Content.ReadAsStringAsync(limit.Token);
            return new AdminReply.Answer((int)response.StatusCode, entityTag, body);
        }
        catch (HttpRequestException error)
            when (error.HttpRequestError is HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError)
        {
            return new AdminReply.Unreachable($"{_address} cannot be reached: {error.Message}");
        }
        catch (Exception error) when (error is HttpRequestException or IOException)
        {
            return new AdminReply.Unanswered($"{_address} broke the connection: {error.Message}");
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return new AdminReply.Unanswered($"{_address} did not answer within {_timeout.TotalSeconds} s");
        }
    }

    private static async ValueTask<Stream> ConnectUnix(string path, CancellationToken cancellation)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), cancellation);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    // Caddy writes a socket as unix//path, with its mode behind a bar.
    private static string SocketPath(string address) => address[UnixPrefix.Length..].Split('|')[0];

    private static Uri BaseAddress(string address) =>
        address.StartsWith(UnixPrefix, StringComparison.Ordinal) ? new Uri("http://localhost")
        : address.Contains("://", StringComparison.Ordinal) ? new Uri(address)
        : new Uri($"http://{address}");
}
