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
    IFiles Files,
    IActivity Activity
)
{
    /// <summary>The DNS service, where Kennel may write to one.</summary>
    public IDns Dns { get; init; } = new NoDns();
}
