namespace Kennel.Shell.Systemd;

/// <summary>How Kennel uses the system bus.</summary>
public sealed record SystemBusOptions
{
    /// <summary>The longest wait for any reply, the time in the queue included.</summary>
    public TimeSpan CallTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Calls that may wait for their replies at once. dbus-daemon refuses the 129th of a connection on the system bus.
    /// </summary>
    public int CallsInFlightMax { get; init; } = 100;

    /// <summary>Calls that may wait to be sent; further callers wait.</summary>
    public int CallsQueuedMax { get; init; } = 1024;

    /// <summary>The pause before a lost bus is opened again without a call asking for it.</summary>
    public TimeSpan ReconnectDelay { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The units whose changes are told, chosen by name. Runs on the bus's thread: it must be quick.</summary>
    public Func<string, bool> IsWatched { get; init; } = IsOursOrCaddy;

    /// <summary>Kennel's own services and the web server.</summary>
    public static bool IsOursOrCaddy(string unitName) =>
        unitName == "caddy.service"
        || (
            unitName.StartsWith("kennel-", StringComparison.Ordinal)
            && unitName.EndsWith(".service", StringComparison.Ordinal)
        );
}

/// <summary>A reason to look again, not a fact: signals are lost while the bus is.</summary>
/// <param name="UnitName">The unit that changed; none when any may have, because signals were missed.</param>
public readonly record struct UnitSignal(Option<string> UnitName);
