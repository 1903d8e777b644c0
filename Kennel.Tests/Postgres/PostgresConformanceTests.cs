using Kennel.PropertyTests.Conformance;

namespace Kennel.Tests.Postgres;

/// <summary>PostgreSQL does what the simulated database server does.</summary>
public sealed class PostgresConformanceTests
{
    [PostgresFact]
    public async Task PostgreSQL_does_what_the_simulated_database_server_does()
    {
        await using var server = await PostgresProcess.Start();
        await new PostgresConformance(
            server.Client,
            async (database, role) =>
            {
                await server.Say($"CREATE ROLE \"{role}\" LOGIN");
                await server.Say($"CREATE DATABASE \"{database}\" OWNER \"{role}\"");
            }
        ).Holds();
    }
}
