using Kennel.PropertyTests.Conformance;

namespace Kennel.Tests.Valkey;

/// <summary>Valkey does what the simulated cache server does.</summary>
public sealed class ValkeyConformanceTests
{
    [ValkeyFact]
    public async Task Valkey_does_what_the_simulated_cache_server_does()
    {
        await using var server = await ValkeyProcess.Start();
        await new ValkeyConformance(
            server.Client,
            (database, key) => server.Say("-n", $"{database}", "SET", key, "1"),
            async () =>
            {
                await server.Stop();
                await server.StartAgain();
            }
        ).Holds();
    }
}
