using Kennel.Core.Domain;

namespace Kennel.Shell.Caddy;

/// <summary>How to reach Caddy.</summary>
/// <param name="AdminAddress"><c>http://localhost:2019</c> or <c>unix//run/caddy-admin/admin.sock</c>.</param>
/// <param name="WebPort">The port whose server gets Kennel's subtree.</param>
/// <param name="TimeoutSeconds">How long one answer may take; a write of 5,000 rows takes well under one second.</param>
public sealed record CaddyOptions(string AdminAddress, Port WebPort, int TimeoutSeconds = 15);
