using Kennel.Core.Domain;

namespace Kennel.Core.Configuration;

/// <summary>How branches that sleep are woken.</summary>
/// <param name="MaxConcurrent">How many may be on their way up at once.</param>
/// <param name="TimeoutSeconds">How long a request is held while its branch wakes.</param>
public sealed record WakeConfiguration(int MaxConcurrent, int TimeoutSeconds)
{
    /// <summary>The longest time that can be configured; Caddy waits longer for an answer.</summary>
    public const int TimeoutSecondsMax = 600;

    /// <summary>What holds on a host that says nothing.</summary>
    public static readonly WakeConfiguration Default = new(4, 60);
}

/// <summary>How Kennel hears what is used.</summary>
/// <param name="Port">The UDP port to which Caddy sends the records of its access log.</param>
/// <param name="ProveSeconds">How often Kennel proves with a request of its own that records arrive.</param>
public sealed record ActivityConfiguration(Port Port, int ProveSeconds)
{
    /// <summary>What holds on a host that says nothing.</summary>
    public static readonly ActivityConfiguration Default = new(
        Port.Parse("default", 9514).Match(port => port, _ => throw new System.Diagnostics.UnreachableException()),
        60
    );
}
