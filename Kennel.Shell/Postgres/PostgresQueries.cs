using Kennel.Core.Domain;
using Kennel.Core.Planning;
using Npgsql;

namespace Kennel.Shell.Postgres;

/// <summary>What is read of PostgreSQL's catalogs, which every role may read.</summary>
internal static class PostgresQueries
{
    /// <summary>The newest way of granting roles that Kennel relies on came with this version.</summary>
    private const int OldestVersion = 160_000;

    private const int InvalidDatabase = -2;

    private const string Rights = """
        SELECT current_setting('server_version_num')::int4, current_user::text,
            rolsuper OR rolcreatedb, rolsuper OR rolcreaterole
        FROM pg_roles WHERE rolname = current_user
        """;

    // An application owns its database and may write a comment and settings on it, of any length.
    private const string Databases = """
        SELECT d.datname::text, d.oid::int8, pg_get_userbyid(d.datdba)::text,
            coalesce(left(shobj_description(d.oid, 'pg_database'), 4096), ''), d.datallowconn, d.datconnlimit,
            EXISTS (SELECT 1 FROM aclexplode(coalesce(d.datacl, acldefault('d', d.datdba))) a WHERE a.grantee = 0),
            ARRAY(SELECT left(c, 64) FROM unnest(s.setconfig) c WHERE starts_with(c, 'statement_timeout='))::text[]
        FROM pg_database d LEFT JOIN pg_db_role_setting s ON s.setdatabase = d.oid AND s.setrole = 0
        WHERE starts_with(d.datname::text, 'kennel_')
        """;

    private const string Roles = """
        SELECT rolname::text, coalesce(shobj_description(oid, 'pg_authid'), '') FROM pg_roles
        WHERE starts_with(rolname::text, 'knl-')
        """;

    /// <summary>What keeps Kennel from using this server, with the remedy; nothing where all is well.</summary>
    internal static Task<Option<string>> Obstacle(NpgsqlConnection connection, CancellationToken cancellation) =>
        First(
            connection,
            Rights,
            row =>
                row.GetInt32(0) < OldestVersion
                    ? Some($"it is version {row.GetInt32(0) / 10_000}; 16 or newer is needed")
                : row.GetBoolean(2) && row.GetBoolean(3) ? None
                : Some(
                    $"the role {row.GetString(1)} may not make databases and roles; as its superuser: "
                        + $"ALTER ROLE {Sql.Name(row.GetString(1))} CREATEDB CREATEROLE"
                ),
            cancellation
        );

    /// <summary>The databases with names as Kennel gives them.</summary>
    internal static async Task<Seq<ObservedDatabase>> AllDatabases(
        NpgsqlConnection connection,
        CancellationToken cancellation
    ) =>
        (
            await All(
                connection,
                Databases,
                row => DatabaseName.Parse("", row.GetString(0)).ToOption().Map(name => Read(row, name)),
                cancellation
            )
        ).Somes();

    /// <summary>The roles with names as Kennel gives them.</summary>
    internal static async Task<Seq<ObservedRole>> AllRoles(
        NpgsqlConnection connection,
        CancellationToken cancellation
    ) =>
        (
            await All(
                connection,
                Roles,
                row =>
                    RoleName
                        .Parse("", row.GetString(0))
                        .ToOption()
                        .Map(name => new ObservedRole(name, ResourceMark.Read(row.GetString(1)))),
                cancellation
            )
        ).Somes();

    /// <summary>The first row of a query.</summary>
    internal static async Task<Option<T>> First<T>(
        NpgsqlConnection connection,
        string sql,
        Func<NpgsqlDataReader, Option<T>> read,
        CancellationToken cancellation,
        params (string Name, object Value)[] values
    ) => (await All(connection, sql, read, cancellation, values)).HeadOrNone().Bind(found => found);

    /// <summary>All rows of a query.</summary>
    internal static async Task<Seq<T>> All<T>(
        NpgsqlConnection connection,
        string sql,
        Func<NpgsqlDataReader, T> read,
        CancellationToken cancellation,
        params (string Name, object Value)[] values
    )
    {
        await using var command = new NpgsqlCommand(sql, connection);
        foreach (var (name, value) in values)
            command.Parameters.AddWithValue(name, value);
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        var found = new List<T>();
        while (await rows.ReadAsync(cancellation))
            found.Add(read(rows));
        return found.ToSeq().Strict();
    }

    private static ObservedDatabase Read(NpgsqlDataReader row, DatabaseName name)
    {
        var connectionsMax = row.GetInt32(5);
        return new ObservedDatabase(
            name,
            (uint)row.GetInt64(1),
            row.GetString(2),
            ResourceMark.Read(row.GetString(3)),
            IsOpen: row.GetBoolean(4) && connectionsMax != InvalidDatabase,
            IsPublic: row.GetBoolean(6),
            new DatabaseLimits(
                connectionsMax >= 0 ? Some(connectionsMax) : None,
                StatementSeconds(row.GetFieldValue<string[]>(7))
            )
        )
        {
            Extensions = ResourceMark.Extensions(row.GetString(3)),
        };
    }

    private static Option<int> StatementSeconds(string[] settings) =>
        settings
            .ToSeq()
            .Find(setting => setting.StartsWith(Sql.StatementTimeout + "=", StringComparison.Ordinal))
            .Bind(setting => parseInt(setting[(Sql.StatementTimeout.Length + 1)..].TrimEnd('s')));
}
