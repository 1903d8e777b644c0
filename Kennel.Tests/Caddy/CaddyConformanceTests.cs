using Kennel.PropertyTests.Conformance;

namespace Kennel.Tests.Caddy;

/// <summary>Caddy does what the simulated web server does.</summary>
public sealed class CaddyConformanceTests
{
    [CaddyFact]
    public async Task Caddy_does_what_the_simulated_web_server_does()
    {
        await using var caddy = await CaddyProcess.Start();
        await new CaddyConformance(caddy.Client, () => caddy.Change(HttpMethod.Delete, "/id/kennel", "")).Holds();
    }
}
