using System.Net;
using System.Net.Sockets;
using Kennel.Core.Configuration;
using Kennel.Core.Domain;
using Kennel.Shell.Commands;
using Kennel.Shell.Daemon;
using Kennel.Tests.Store;
using static Kennel.Tests.Store.StoreOnTrial;

namespace Kennel.Tests.Forge;

public sealed class DaemonPortTests
{
    [Fact]
    public async Task A_daemon_whose_port_is_taken_does_not_serve_and_says_so_with_its_exit_code()
    {
        using var folder = new TemporaryFolder();
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var port = Must(Port.Parse("", ((IPEndPoint)other.LocalEndpoint).Port));

        var exitCode = await KennelDaemon
            .Serve(
                HostConfiguration.Default with
                {
                    StateDirectory = folder.Path,
                    Socket = Path.Combine(folder.Path, "kennel.sock"),
                    Api = new ApiConfiguration("127.0.0.1", port, None),
                },
                CancellationToken.None
            )
            .WaitAsync(TimeSpan.FromSeconds(20));

        Assert.Equal(ExitCode.Failed, exitCode);
        Assert.False(File.Exists(Path.Combine(folder.Path, "kennel.sock")));
    }
}
