using Kennel.Core.Domain;
using Kennel.Core.Planning;
using Kennel.Core.Ports;

namespace Kennel.Shell.Reconcile;

/// <summary>The only ways out: one port for each outside system.</summary>
public sealed record Outside(
    IStore Store,
    ISystemd Systemd,
    ICaddy Caddy,
    INetwork Network,
    INix Nix,
    IGit Git,
    IFiles Files
)
{
    /// <summary>Who uses what.</summary>
    public IActivity Activity { get; init; } = new NoActivity();
}

/// <summary>Nobody was asked who uses what.</summary>
public sealed class NoActivity : IActivity
{
    /// <inheritdoc/>
    public Observation<Map<HostName, DateTimeOffset>> Requests { get; } =
        Observation.Unknown<Map<HostName, DateTimeOffset>>(Observation.NotAsked);
}
