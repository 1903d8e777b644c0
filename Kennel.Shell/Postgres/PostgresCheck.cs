using Npgsql;

namespace Kennel.Shell.Postgres;

/// <summary>What is wrong with a server for Kennel, with the remedy; asked when Kennel starts.</summary>
internal static class PostgresCheck
{
    private const string OpenDatabases = """
        SELECT d.datname::text FROM pg_database d
        WHERE d.datname IN ('postgres', 'template1') AND EXISTS (
            SELECT 1 FROM aclexplode(coalesce(d.datacl, acldefault('d', d.datdba))) a
            WHERE a.grantee = 0 AND a.privilege_type = 'CONNECT')
        ORDER BY d.datname
        """;

    internal static async Task<Seq<string>> Of(NpgsqlConnection connection, CancellationToken cancellation)
    {
        var obstacle = await PostgresQueries.Obstacle(connection, cancellation);
        var open = await PostgresQueries.All(connection, OpenDatabases, row => row.GetString(0), cancellation);
        return Joined(
            obstacle.Map(what => $"PostgreSQL cannot be used: {what}").ToSeq(),
            open.IsEmpty
                ? Seq<string>()
                : Seq1(
                    $"Every service can connect to the database {string.Join(" and ", open)} and list the others. As the superuser: "
                        + $"REVOKE CONNECT ON DATABASE {string.Join(", ", open)} FROM PUBLIC; GRANT CONNECT ON DATABASE postgres TO kennel"
                )
        );
    }
}
