using System.Runtime.InteropServices;
using Kennel.Shell.Systemd.Native;

namespace Kennel.Shell.Systemd;

/// <summary>
/// Tells the service manager how Kennel itself is doing: sd_notify(3). Without a service manager every message is
/// passed over; where there is one that cannot be reached, <see cref="IOException"/> says so.
/// </summary>
public sealed class ServiceNotifier
{
    /// <summary>Start is complete.</summary>
    public void Ready() => Send("READY=1");

    /// <summary>Kennel is going down on purpose.</summary>
    public void Stopping() => Send("STOPPING=1");

    /// <summary>Kennel is alive.</summary>
    public void Watchdog() => Send("WATCHDOG=1");

    /// <summary>What <c>systemctl status</c> shows in words; one line.</summary>
    public void Status(string text) => Send($"STATUS={text.ReplaceLineEndings(" ")}");

    /// <summary>The longest silence that the service manager allows; none if it does not watch.</summary>
    public Option<TimeSpan> WatchdogInterval()
    {
        var result = LibSystemd.WatchdogEnabled(0, out var microseconds);
        return result switch
        {
            < 0 => throw Failure("sd_watchdog_enabled", result),
            0 => None,
            _ => TimeSpan.FromMicroseconds((long)microseconds),
        };
    }

    private static void Send(string state)
    {
        var result = LibSystemd.Notify(0, state);
        if (result < 0)
        {
            throw Failure("sd_notify", result);
        }
    }

    private static IOException Failure(string call, int result) =>
        new($"{call}: {Marshal.GetPInvokeErrorMessage(-result)}");
}
