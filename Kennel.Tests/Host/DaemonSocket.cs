using System.Net.Sockets;

namespace Kennel.Tests.Host;

/// <summary>The socket of a daemon on a test host, reached from outside: a look costs no process.</summary>
internal static class DaemonSocket
{
    private const int NoAnswer = 7;
    private const int Refused = 22;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    /// <summary>Asks; what went wrong is told as by a program that failed.</summary>
    /// <param name="process">The process that is PID 1 of the host.</param>
    /// <param name="path">What to ask for.</param>
    public static async Task<Ended> Ask(string process, string path)
    {
        var socket = $"/proc/{process}/root/run/kennel/kennel.sock";
        var command = $"GET {path}";
        using var client = new HttpClient(
            new SocketsHttpHandler { ConnectCallback = (_, cancellation) => Connect(socket, cancellation) }
        )
        {
            Timeout = Limit,
        };
        try
        {
            using var response = await client.GetAsync(new Uri($"http://kennel/v1/{path}"));
            var body = await response.Content.ReadAsStringAsync();
            return response.IsSuccessStatusCode
                ? new Ended(command, 0, body, "")
                : new Ended(command, Refused, "", $"{response.StatusCode}: {body}");
        }
        catch (Exception error) when (error is HttpRequestException or OperationCanceledException)
        {
            return new Ended(command, NoAnswer, "", error.GetBaseException().Message);
        }
    }

    private static async ValueTask<Stream> Connect(string path, CancellationToken cancellation)
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
}
