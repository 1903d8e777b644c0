using Kennel.Core.Ports;
using Kennel.Shell.Garage;
using Kennel.Shell.Postgres;
using Kennel.Shell.Valkey;

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
    /// <summary>The secret store; a host may have none.</summary>
    public ISecrets Secrets { get; init; } = new NoSecrets();

    /// <summary>PostgreSQL; none where nothing of it is to be touched.</summary>
    public IPostgres Postgres { get; init; } = new NoPostgres();

    /// <summary>Valkey; none where nothing of it is to be touched.</summary>
    public IValkey Valkey { get; init; } = new NoValkey();

    /// <summary>Garage; none where nothing of it is to be touched.</summary>
    public IGarage Garage { get; init; } = new NoGarage();

    /// <summary>The dumps of databases.</summary>
    public IDumps Dumps { get; init; } = new NoDumps();

    /// <summary>The DNS service, where Kennel may write to one.</summary>
    public IDns Dns { get; init; } = new NoDns();
}
