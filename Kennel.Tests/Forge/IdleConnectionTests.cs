using System.Net.Sockets;
using System.Text;

namespace Kennel.Tests.Forge;

public sealed class IdleConnectionTests
{
    [Fact]
    public async Task A_connection_over_which_nothing_more_comes_is_soon_closed()
    {
        await using var webhook = await WebhookOnTrial.Start();
        using var client = new TcpClient("127.0.0.1", webhook.Port);
        await using var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes("GET /webhook HTTP/1.1\r\nHost: x\r\n\r\n"));
        using var reader = new StreamReader(stream);

        Assert.StartsWith("HTTP/1.1 405", await reader.ReadToEndAsync().WaitAsync(TimeSpan.FromSeconds(25)));
    }
}
