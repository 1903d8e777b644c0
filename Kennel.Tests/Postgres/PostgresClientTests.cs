using Kennel.Core.Domain;
using Kennel.Core.Planning;
using Kennel.Core.Ports;
using Kennel.Shell.Postgres;
using Kennel.Tests.Views;
using Action = Kennel.Core.Planning.Action;

namespace Kennel.Tests.Postgres;

/// <summary>What becomes of looks and changes when PostgreSQL fails, and who may do what in it.</summary>
public sealed class PostgresClientTests
{
    private static readonly RoleName Role = Scene.Sure(RoleName.Parse("test", "knl-00000000000000aa"));
    private static readonly RoleName OtherRole = Scene.Sure(RoleName.Parse("test", "knl-00000000000000bb"));
    private static readonly DatabaseName Name = Scene.Sure(DatabaseName.Parse("test", "kennel_hello_main"));
    private static readonly DatabaseName OtherName = Scene.Sure(DatabaseName.Parse("test", "kennel_other_main"));

    [PostgresFact]
    public async Task A_server_that_is_not_there_is_unknown_and_nothing_happens()
    {
        await using var server = await PostgresProcess.Start();
        await server.Stop();

        Assert.Contains("Failed to connect", await Unknown(server), StringComparison.Ordinal);
        Assert.IsType<Effect.Failed>(await Make(server.Client, Name, Role));

        await server.StartAgain();
        Assert.True(await server.Returned.WaitAsync(TimeSpan.FromSeconds(30)), "it was not said that it answers again");
        Assert.True((await Look(server.Client)).Databases.IsEmpty);
    }

    [PostgresFact]
    public async Task A_server_that_was_restarted_is_seen_at_once()
    {
        await using var server = await PostgresProcess.Start();
        Assert.IsType<Effect.Done>(await Make(server.Client, Name, Role));

        await server.Stop();
        await server.StartAgain();

        Assert.True((await Look(server.Client)).Databases.ContainsKey(Name));
    }

    [PostgresFact]
    public async Task A_server_that_hangs_holds_up_one_look_and_not_the_next()
    {
        await using var server = await PostgresProcess.Start();
        await using var client = new PostgresClient(
            new PostgresOptions(server.Socket, "kennel") { LookLimit = TimeSpan.FromSeconds(1) },
            TimeProvider.System,
            () => { }
        );
        await server.Hold(true);
        Assert.IsType<Observation<ObservedDatabases>.Unknown>(await client.Databases(CancellationToken.None));
        var before = DateTime.UtcNow;

        Assert.IsType<Observation<ObservedDatabases>.Unknown>(await client.Databases(CancellationToken.None));
        await server.Hold(false);

        Assert.True(DateTime.UtcNow - before < TimeSpan.FromMilliseconds(500));
    }

    [PostgresFact]
    public async Task Without_its_rights_nothing_is_known_and_the_remedy_is_told()
    {
        await using var server = await PostgresProcess.Start(withRights: false);

        Assert.Contains("ALTER ROLE \"kennel\" CREATEDB CREATEROLE", await Unknown(server), StringComparison.Ordinal);
        var complaints = await server.Client.Shortcomings(CancellationToken.None);
        Assert.Contains(complaints, it => it.Contains("CREATEDB CREATEROLE", StringComparison.Ordinal));
        Assert.Contains(
            complaints,
            it => it.Contains("REVOKE CONNECT ON DATABASE postgres, template1", StringComparison.Ordinal)
        );
    }

    [PostgresFact]
    public async Task A_server_as_the_manual_asks_for_has_no_shortcomings()
    {
        await using var server = await PostgresProcess.Start();
        Assert.Empty(await server.Client.Shortcomings(CancellationToken.None));
    }

    [PostgresFact]
    public async Task Only_its_own_role_gets_into_a_database()
    {
        await using var server = await PostgresProcess.Start();
        Assert.IsType<Effect.Done>(await Make(server.Client, Name, Role));
        Assert.IsType<Effect.Done>(await Make(server.Client, OtherName, OtherRole));

        await server.Say("CREATE TABLE visits (id int)", Name.Value, Role.Value);

        foreach (var database in Seq(Name.Value, "postgres", "template1"))
            await Assert.ThrowsAsync<InvalidOperationException>(() =>
                server.Say("SELECT 1", database, OtherRole.Value)
            );
    }

    [PostgresFact]
    public async Task A_database_goes_while_its_service_is_connected()
    {
        await using var server = await PostgresProcess.Start();
        Assert.IsType<Effect.Done>(await Make(server.Client, Name, Role));
        var session = server.Say("SELECT pg_sleep(60)", Name.Value, Role.Value);
        await Until(async () =>
            await server.Say($"SELECT count(*) FROM pg_stat_activity WHERE datname = '{Name}'") == "1"
        );

        Assert.IsType<Effect.Done>(await Drop(server.Client));

        await Assert.ThrowsAsync<InvalidOperationException>(() => session);
    }

    [PostgresFact]
    public async Task What_keeps_a_database_from_going_is_told_by_name()
    {
        await using var server = await PostgresProcess.Start();
        Assert.IsType<Effect.Done>(await Make(server.Client, Name, Role));
        await server.Say("BEGIN; CREATE TABLE t (id int); PREPARE TRANSACTION 'half done'", Name.Value, Role.Value);

        var refused = Assert.IsType<Effect.Failed>(await Drop(server.Client));

        Assert.Contains("ROLLBACK PREPARED 'half done'", refused.Cause.Describe().Sentence, StringComparison.Ordinal);
        await server.Say("ROLLBACK PREPARED 'half done'", Name.Value, Role.Value);
        Assert.IsType<Effect.Done>(await Drop(server.Client));
    }

    [PostgresFact]
    public async Task An_application_cannot_hide_its_database_from_Kennel()
    {
        await using var server = await PostgresProcess.Start();
        Assert.IsType<Effect.Done>(await Make(server.Client, Name, Role));

        await server.Say(
            $"COMMENT ON DATABASE \"{Name}\" IS 'Kennel made this for x [ba9876543210]'",
            Name.Value,
            Role.Value
        );

        var seen = await Look(server.Client);
        Assert.Equal(Some(Scene.Instance), seen.MakerOf(seen.Databases[Name]));
        await Assert.ThrowsAsync<InvalidOperationException>(() =>
            server.Say($"COMMENT ON ROLE \"{Role}\" IS 'mine'", Name.Value, Role.Value)
        );
    }

    [PostgresFact]
    public async Task An_extension_belongs_to_the_role_and_what_an_application_left_is_not_run()
    {
        await using var server = await PostgresProcess.Start();
        Assert.IsType<Effect.Done>(await Make(server.Client, Name, Role));
        await server.Say(
            $"""
            CREATE SCHEMA trap;
            CREATE FUNCTION trap.caught() RETURNS text LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION ''caught''; END';
            CREATE VIEW trap.pg_type AS SELECT oid, trap.caught() AS typname FROM pg_catalog.pg_type;
            ALTER DATABASE "{Name}" SET search_path = trap, pg_catalog
            """,
            Name.Value,
            Role.Value
        );

        Assert.IsType<Effect.Done>(await Add(server, "pg_trgm"));

        Assert.Equal(
            Role.Value,
            await server.Say(
                "SELECT pg_catalog.pg_get_userbyid(extowner) FROM pg_catalog.pg_extension WHERE extname = 'pg_trgm'",
                Name.Value,
                Role.Value
            )
        );
    }

    [PostgresFact]
    public async Task An_extension_that_needs_a_superuser_is_refused_with_the_remedy_and_nothing_is_added()
    {
        await using var server = await PostgresProcess.Start();
        Assert.IsType<Effect.Done>(await Make(server.Client, Name, Role));

        var refused = Assert.IsType<Effect.Failed>(await Add(server, "hstore", "pageinspect"));

        Assert.Contains("as its superuser, in template1", refused.Cause.Describe().Sentence, StringComparison.Ordinal);
        Assert.Equal("1", await server.Say("SELECT count(*) FROM pg_extension", Name.Value, Role.Value));
        Assert.Empty((await Look(server.Client)).Databases[Name].Extensions);
    }

    private static Task<Effect> Add(PostgresProcess server, params string[] names) =>
        server.Client.AddExtensions(
            new Action.AddExtensions(
                Name,
                Role,
                Scene.Instance,
                "hello/main",
                toSet(names.Select(name => Scene.Sure(ExtensionName.Parse("test", name))))
            ),
            CancellationToken.None
        );

    private static async Task<Effect> Make(PostgresClient client, DatabaseName name, RoleName role)
    {
        var steps = Seq<Func<Task<Effect>>>(
            () => client.CreateRole(new Action.CreateRole(role, Scene.Instance, "hello/main"), CancellationToken.None),
            () => client.CreateDatabase(new Action.CreateDatabase(name, role), CancellationToken.None),
            () =>
                client.PrepareDatabase(
                    new Action.PrepareDatabase(name, role, Scene.Instance, "hello/main", DatabaseLimits.None),
                    CancellationToken.None
                )
        );
        foreach (var step in steps)
        {
            if (await step() is var effect and not Effect.Done)
                return effect;
        }
        return Effect.Happened;
    }

    private static async Task<Effect> Drop(PostgresClient client) =>
        await client.DropDatabase(DatabasePlanner.Drop((await Look(client)).Databases[Name]), CancellationToken.None);

    private static async Task<ObservedDatabases> Look(PostgresClient client) =>
        (await client.Databases(CancellationToken.None)).Match(
            seen => seen,
            reason => throw new InvalidOperationException(reason)
        );

    private static async Task<string> Unknown(PostgresProcess server) =>
        Assert
            .IsType<Observation<ObservedDatabases>.Unknown>(await server.Client.Databases(CancellationToken.None))
            .Reason;

    private static async Task Until(Func<Task<bool>> holds)
    {
        for (var count = 0; count < 200 && !await holds(); count++)
            await Task.Delay(50);
    }
}
