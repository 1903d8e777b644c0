using System.Net.Sockets;

namespace Kennel.Tests.Api;

public sealed class SocketTests
{
    [Fact]
    public async Task A_second_daemon_is_refused_and_the_first_serves_on()
    {
        await using var daemon = await DaemonOnTrial.Start();

        var error = await Assert.ThrowsAsync<IOException>(daemon.Serve);

        Assert.Contains("another kennel serves on", error.Message);
        Assert.Equal(0, (await daemon.Kennel("status")).ExitCode);
    }

    [Fact]
    public async Task The_socket_that_a_dead_daemon_left_is_replaced()
    {
        await using var daemon = await DaemonOnTrial.Start();
        await daemon.Stop();
        using (var dead = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified))
        {
            dead.Bind(new UnixDomainSocketEndPoint(daemon.Socket));
        }
        Leave(daemon.Socket);

        await daemon.Serve();

        Assert.Equal(0, (await daemon.Kennel("status")).ExitCode);
    }

    [Fact]
    public async Task A_file_that_is_no_socket_is_left_alone()
    {
        await using var daemon = await DaemonOnTrial.Start();
        await daemon.Stop();
        File.WriteAllText(daemon.Socket, "mine");

        var error = await Assert.ThrowsAsync<IOException>(daemon.Serve);

        Assert.Contains("is in the way and is not a socket", error.Message);
        Assert.Equal("mine", File.ReadAllText(daemon.Socket));
    }

    // .NET removes a socket's file when the socket is closed; a killed daemon does not.
    private static void Leave(string path)
    {
        if (!File.Exists(path))
        {
            using var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            var hidden = path + ".hidden";
            listener.Bind(new UnixDomainSocketEndPoint(hidden));
            File.Move(hidden, path);
        }
    }
}
