using Kennel.Core.Domain;
using Kennel.Core.Planning;
using Kennel.Core.Ports;

namespace Kennel.Shell.Activity;

/// <summary>Nobody observes requests: who looks without the daemon hears none.</summary>
public sealed class NoActivity : IActivity
{
    /// <inheritdoc/>
    public Observation<Map<HostName, DateTimeOffset>> Requests { get; } =
        Observation.Unknown<Map<HostName, DateTimeOffset>>(Observation.NotAsked);
}
