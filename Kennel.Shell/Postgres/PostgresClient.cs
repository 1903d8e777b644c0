using Kennel.Core.Domain;
using Kennel.Core.Planning;
using Kennel.Core.Ports;
using Npgsql;
using Action = Kennel.Core.Planning.Action;

namespace Kennel.Shell.Postgres;

/// <summary>PostgreSQL over its socket.</summary>
/// <param name="options">Where it is, and how long it may take.</param>
/// <param name="clock">Tells how long a silent server is left alone.</param>
/// <param name="wake">Called when a server that could not be looked at answers again.</param>
public sealed class PostgresClient(PostgresOptions options, TimeProvider clock, System.Action wake)
    : IPostgres,
        IAsyncDisposable
{
    private readonly PostgresSession session = new(options, clock, wake);

    /// <inheritdoc/>
    public Task<Observation<ObservedDatabases>> Databases(CancellationToken cancellation) =>
        session.Look(
            async connection =>
            {
                var obstacle = await PostgresQueries.Obstacle(connection, cancellation);
                if (obstacle.IsSome)
                    return Observation.Unknown<ObservedDatabases>(obstacle.IfNone(""));
                // Roles after databases: whose owner is not listed yet must not look like nobody's.
                var databases = await PostgresQueries.AllDatabases(connection, cancellation);
                var roles = await PostgresQueries.AllRoles(connection, cancellation);
                return Observation.Known(
                    new ObservedDatabases(
                        toMap(databases.Map(database => (database.Name, database))),
                        toMap(roles.Map(role => (role.Name, role)))
                    )
                );
            },
            cancellation
        );

    /// <inheritdoc/>
    public Task<Effect> CreateRole(Action.CreateRole action, CancellationToken cancellation) =>
        session.Change(
            async connection =>
            {
                var name = Sql.Name(action.Role.Value);
                var roles = await PostgresQueries.AllRoles(connection, cancellation);
                return await roles
                    .Find(role => role.Name == action.Role)
                    .Match(
                        role =>
                            Task.FromResult(
                                role.Mark == Some(action.Instance)
                                    ? Effect.Happened
                                    : Changed($"the role {action.Role} is not Kennel's")
                            ),
                        () =>
                            session.Together(
                                connection,
                                Seq(
                                    $"CREATE ROLE {name} LOGIN",
                                    $"COMMENT ON ROLE {name} IS {Sql.Text(ResourceMark.Write(action.Instance, action.Title))}",
                                    $"GRANT {name} TO CURRENT_USER WITH INHERIT TRUE, SET TRUE"
                                ),
                                cancellation
                            )
                    );
            },
            cancellation
        );

    /// <inheritdoc/>
    public Task<Effect> CreateDatabase(Action.CreateDatabase action, CancellationToken cancellation) =>
        session.Change(
            async connection =>
                await (await Find(connection, action.Database, cancellation)).Match(
                    database =>
                        Task.FromResult(
                            database.Owner == action.Owner.Value
                                ? Effect.Happened
                                : Changed($"the database {action.Database} belongs to {database.Owner}")
                        ),
                    async () =>
                        PostgresTemplates.Explain(
                            await session.Alone(
                                connection,
                                $"CREATE DATABASE {Sql.Name(action.Database.Value)} OWNER {Sql.Name(action.Owner.Value)} ALLOW_CONNECTIONS false"
                                    + PostgresTemplates.Clause(action.Template),
                                cancellation
                            ),
                            action.Template,
                            options.User
                        )
                ),
            cancellation
        );

    /// <inheritdoc/>
    public Task<Effect> PrepareDatabase(Action.PrepareDatabase action, CancellationToken cancellation) =>
        session.Change(
            async connection =>
            {
                var name = Sql.Name(action.Database.Value);
                var mark = Sql.Text(ResourceMark.Write(action.Instance, action.Title));
                var found = await Find(connection, action.Database, cancellation);
                return found.Exists(database => database.Owner == action.Owner.Value)
                    ? await session.Together(
                        connection,
                        Joined(
                            Seq($"REVOKE ALL ON DATABASE {name} FROM PUBLIC", $"COMMENT ON DATABASE {name} IS {mark}"),
                            Sql.Limits(action.Database.Value, action.Limits),
                            Seq1($"ALTER DATABASE {name} ALLOW_CONNECTIONS true")
                        ),
                        cancellation
                    )
                    : Changed($"the database {action.Database} is not {action.Owner}'s");
            },
            cancellation
        );

    /// <inheritdoc/>
    public Task<Effect> AdoptObjects(Action.AdoptObjects action, CancellationToken cancellation) =>
        session.Change(
            async connection =>
            {
                var found = await Find(connection, action.Database, cancellation);
                return found.Exists(database => database.Owner == action.Owner.Value)
                    ? await session.ChangeInside(
                        action.Database,
                        inside => PostgresTemplates.Adopt(session, inside, action, cancellation),
                        cancellation
                    )
                    : Changed($"the database {action.Database} is not {action.Owner}'s");
            },
            cancellation
        );

    /// <inheritdoc/>
    public Task<Effect> AddExtensions(Action.AddExtensions action, CancellationToken cancellation) =>
        session.Change(
            async connection =>
            {
                var found = await Find(connection, action.Database, cancellation);
                return found.Exists(database => database.Owner == action.Owner.Value)
                    ? PostgresExtensions.Explain(
                        await session.ChangeInside(
                            action.Database,
                            inside => session.Together(inside, PostgresExtensions.Statements(action), cancellation),
                            cancellation
                        ),
                        action
                    )
                    : Changed($"the database {action.Database} is not {action.Owner}'s");
            },
            cancellation
        );

    /// <inheritdoc/>
    public Task<Effect> DropDatabase(Action.DropDatabase action, CancellationToken cancellation) =>
        session.Change(
            async connection =>
                await (await Find(connection, action.Database, cancellation)).Match(
                    database =>
                        database.Number == action.Number && database.Owner == action.Owner
                            ? DropRefusals.Explain(
                                Drop(connection, action.Database, cancellation),
                                connection,
                                action.Database,
                                cancellation
                            )
                            : Task.FromResult(Changed($"the database {action.Database} is another one by now")),
                    () => Task.FromResult(Effect.Happened)
                ),
            cancellation
        );

    /// <inheritdoc/>
    public Task<Effect> DropRole(Action.DropRole action, CancellationToken cancellation) =>
        session.Change(
            async connection =>
            {
                var roles = await PostgresQueries.AllRoles(connection, cancellation);
                return await roles
                    .Find(role => role.Name == action.Role)
                    .Match(
                        role =>
                            role.Mark == Some(action.Instance)
                                ? session.Alone(connection, $"DROP ROLE {Sql.Name(action.Role.Value)}", cancellation)
                                : Task.FromResult(Changed($"the role {action.Role} is not Kennel's")),
                        () => Task.FromResult(Effect.Happened)
                    );
            },
            cancellation
        );

    /// <summary>What somebody should change at this server, with the remedy for each; nothing where it cannot be asked.</summary>
    public Task<Seq<string>> Shortcomings(CancellationToken cancellation) =>
        session.Ask(PostgresCheck.Of, cancellation);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => session.DisposeAsync();

    // Its application may have called it a template, and those are not dropped. One whose drop was cut off cannot be
    // altered: who tries is thrown out.
    private async Task<Effect> Drop(NpgsqlConnection connection, DatabaseName database, CancellationToken cancellation)
    {
        var name = Sql.Name(database.Value);
        var isTemplate = await PostgresQueries.First(
            connection,
            "SELECT 1 FROM pg_database WHERE datname = @name AND datistemplate AND datconnlimit <> -2",
            row => Some(row.GetInt32(0)),
            cancellation,
            ("name", database.Value)
        );
        if (isTemplate.IsSome)
            _ = await session.Alone(connection, $"ALTER DATABASE {name} IS_TEMPLATE false", cancellation);
        return await session.Alone(connection, $"DROP DATABASE {name} WITH (FORCE)", cancellation);
    }

    private static async Task<Option<ObservedDatabase>> Find(
        NpgsqlConnection connection,
        DatabaseName name,
        CancellationToken cancellation
    ) => (await PostgresQueries.AllDatabases(connection, cancellation)).Find(database => database.Name == name);

    private static Effect Changed(string what) => Effect.Refused(DatabasePlanner.System, $"{what}; look again");
}
