using Kennel.Core.Domain;
using Kennel.Core.Ports;
using Npgsql;

namespace Kennel.Shell.Postgres;

/// <summary>Why a database cannot be dropped, by name: what only a person can end.</summary>
internal static class DropRefusals
{
    private const string Holders = """
        SELECT 'the prepared transaction ' || quote_literal(gid) || ', ROLLBACK PREPARED ' || quote_literal(gid)
        FROM pg_prepared_xacts WHERE database = @name
        UNION ALL
        SELECT 'the replication slot ' || quote_ident(slot_name) || ', SELECT pg_drop_replication_slot(' || quote_literal(slot_name) || ')'
        FROM pg_replication_slots WHERE database = @name
        UNION ALL
        SELECT 'a session of ' || coalesce(usename::text, '?') || ' (process ' || pid || '), SELECT pg_terminate_backend(' || pid || ')'
        FROM pg_stat_activity WHERE datname = @name
        """;

    internal static async Task<Effect> Explain(
        Task<Effect> dropping,
        NpgsqlConnection connection,
        DatabaseName database,
        CancellationToken cancellation
    )
    {
        var effect = await dropping;
        if (effect is not Effect.Failed { Cause: Cause.Refused refused })
            return effect;
        var holders = await PostgresQueries.All(
            connection,
            Holders,
            row => row.GetString(0),
            cancellation,
            ("name", database.Value)
        );
        return holders.IsEmpty
            ? effect
            : Effect.Refused(
                refused.System,
                $"{refused.Detail}; in the way, and what ends it: {string.Join("; ", holders)}"
            );
    }
}
