using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Text;
using Kennel.Shell.Systemd;

namespace Kennel.Tests.Systemd;

/// <summary>What the service manager hears: its socket is played by the test.</summary>
public sealed class ServiceNotifierTests
{
    [Fact]
    public void Without_a_service_manager_nothing_happens()
    {
        using var nobody = new NativeVariable("NOTIFY_SOCKET", null);
        new ServiceNotifier().Ready();
    }

    [Fact]
    public void The_service_manager_hears_every_message()
    {
        var path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():n}.socket");
        using var socket = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(path));
        using var address = new NativeVariable("NOTIFY_SOCKET", path);
        var notifier = new ServiceNotifier();
        notifier.Ready();
        notifier.Status("two\nlines");
        notifier.Watchdog();
        notifier.Stopping();
        Assert.Equal(
            ["READY=1", "STATUS=two lines", "WATCHDOG=1", "STOPPING=1"],
            Enumerable.Range(0, 4).Select(_ => Receive(socket))
        );
        File.Delete(path);
    }

    [Fact]
    public void The_watchdogs_interval_is_what_the_service_manager_says()
    {
        using var interval = new NativeVariable("WATCHDOG_USEC", "60000000");
        Assert.Equal(Some(TimeSpan.FromMinutes(1)), new ServiceNotifier().WatchdogInterval());
    }

    [Fact]
    public void Without_a_watchdog_there_is_no_interval()
    {
        using var interval = new NativeVariable("WATCHDOG_USEC", null);
        Assert.Equal(None, new ServiceNotifier().WatchdogInterval());
    }

    private static string Receive(Socket socket)
    {
        var buffer = new byte[256];
        socket.ReceiveTimeout = 5_000;
        return Encoding.UTF8.GetString(buffer, 0, socket.Receive(buffer)).TrimEnd('\n');
    }

    // libsystemd reads the process's own environment, which .NET's variables are only a copy of.
    private sealed class NativeVariable : IDisposable
    {
        private readonly string name;

        internal NativeVariable(string name, string? value)
        {
            this.name = name;
            var result = value is null ? unsetenv(name) : setenv(name, value, 1);
            Assert.Equal(0, result);
        }

        public void Dispose() => Assert.Equal(0, unsetenv(name));

        [DllImport("libc", CharSet = CharSet.Ansi)]
        private static extern int setenv(string name, string value, int overwrite);

        [DllImport("libc", CharSet = CharSet.Ansi)]
        private static extern int unsetenv(string name);
    }
}
