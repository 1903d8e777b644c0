using System.Globalization;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;

namespace Kennel.Tests.Forge;

/// <summary>What a stranger may send over a connection.</summary>
/// <param name="IsSigned">Whether it may be accepted: it holds a body with a good signature.</param>
/// <param name="Bytes">All of it.</param>
internal sealed partial record FuzzCase(bool IsSigned, byte[] Bytes)
{
    private const byte SignedMark = (byte)'+';
    private const byte UnsignedMark = (byte)'-';
    private static readonly TimeSpan BeforeLeaving = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Sends it; gives the statuses of all answers, which may be none where it was no request.</summary>
    internal async Task<IReadOnlyList<int>> Send(int port)
    {
        using var limit = new CancellationTokenSource(Patience);
        using var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", port, limit.Token);
        await using var stream = client.GetStream();
        var answer = new MemoryStream();
        try
        {
            await stream.WriteAsync(Bytes, limit.Token);
            var answering = stream.CopyToAsync(answer, limit.Token);
            // Half a request is answered by nobody; whole ones are left alone, for the server gives up those it sees leave.
            if (await Task.WhenAny(answering, Task.Delay(BeforeLeaving, limit.Token)) != answering)
                client.Client.Shutdown(SocketShutdown.Send);
            await answering;
        }
        catch (Exception error) when (error is IOException or SocketException)
        {
            // The server may end a connection that makes no sense while there is still something to send.
        }
        return StatusLine()
            .Matches(Encoding.Latin1.GetString(answer.ToArray()))
            .Select(line => int.Parse(line.Groups["status"].Value, CultureInfo.InvariantCulture))
            .ToList();
    }

    internal byte[] Written() => [IsSigned ? SignedMark : UnsignedMark, .. Bytes];

    internal static FuzzCase Read(byte[] file) => new(file[0] == SignedMark, file[1..]);

    [GeneratedRegex(@"^HTTP/1\.1 (?<status>[0-9]{3}) ", RegexOptions.Multiline)]
    private static partial Regex StatusLine();
}
