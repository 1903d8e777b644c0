using Kennel.Core.Domain;
using Kennel.Core.Ports;
using Npgsql;
using Action = Kennel.Core.Planning.Action;

namespace Kennel.Shell.Postgres;

/// <summary>
/// Extensions are added from inside a database, where its application may have left anything under any name: what Kennel
/// says there is looked up in the catalog alone, and said as the application's role.
/// </summary>
internal static class PostgresExtensions
{
    private const string NotTrusted = "permission denied to create extension";

    /// <summary>The statements; the schema is set only after the connection is made, for the extensions go there.</summary>
    internal static Seq<string> Statements(Action.AddExtensions action)
    {
        var mark = ResourceMark.Write(action.Instance, action.Title, action.Extensions);
        return Joined(
            Seq($"SET LOCAL ROLE {Sql.Name(action.Owner.Value)}", "SET LOCAL search_path = public"),
            action
                .Extensions.ToSeq()
                .Map(name => $"CREATE EXTENSION IF NOT EXISTS {Sql.Name(name.Value)} CASCADE")
                .Strict(),
            Seq1($"COMMENT ON DATABASE {Sql.Name(action.Database.Value)} IS {Sql.Text(mark)}")
        );
    }

    /// <summary>A refusal with what a person can do about it.</summary>
    internal static Effect Explain(Effect effect, Action.AddExtensions action) =>
        effect is Effect.Failed { Cause: Cause.Refused refused }
        && refused.Detail.Contains(NotTrusted, StringComparison.Ordinal)
            ? Effect.Refused(
                refused.System,
                $"{refused.Detail}; as its superuser, in template1 and in {action.Database}: CREATE EXTENSION"
            )
            : effect;

    /// <summary>A connection to one database, which is not kept.</summary>
    internal static NpgsqlDataSource Open(PostgresOptions options, DatabaseName database)
    {
        var connection = new NpgsqlConnectionStringBuilder(options.ConnectionString)
        {
            Database = database.Value,
            Pooling = false,
            SearchPath = "pg_catalog",
        };
        return new NpgsqlDataSourceBuilder(connection.ConnectionString)
            .ConfigureTypeLoading(types => types.EnableTypeLoading(false))
            .Build();
    }
}
