using Kennel.Core.Domain;
using Kennel.Core.Routing;

namespace Kennel.Shell.Caddy;

/// <summary>How to reach Caddy.</summary>
/// <param name="AdminAddress"><c>http://localhost:2019</c> or <c>unix//run/caddy-admin/admin.sock</c>.</param>
/// <param name="WebPort">The port whose server gets Kennel's subtree.</param>
/// <param name="Routes">The directory of the routing table, which Caddy's user can read.</param>
/// <param name="TimeoutSeconds">How long one answer may take.</param>
public sealed record CaddyOptions(string AdminAddress, Port WebPort, string Routes, int TimeoutSeconds = 15)
{
    /// <summary>Where the Nix store is.</summary>
    public string Store { get; init; } = "/nix/store";

    /// <summary>Who is told what is served.</summary>
    public ServedHosts Served { get; init; } = new();

    /// <summary>Where Caddy asks Kennel to wake what sleeps.</summary>
    public string WakeSocket { get; init; } = WakeDoor.Socket;
}
