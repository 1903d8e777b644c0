using Kennel.Core.Domain;
using Kennel.Core.Planning;
using Kennel.Core.Ports;
using Kennel.Tests.Views;
using Action = Kennel.Core.Planning.Action;

namespace Kennel.Tests.Postgres;

/// <summary>Databases that are made as copies of others, in a real PostgreSQL.</summary>
public sealed class PostgresTemplateTests
{
    private static readonly RoleName Role = Scene.Sure(RoleName.Parse("test", "knl-00000000000000aa"));
    private static readonly DatabaseName Name = Scene.Sure(DatabaseName.Parse("test", "kennel_hello_pr-7"));
    private static readonly TemplateName Sample = Scene.Sure(TemplateName.Parse("test", "Shop.sample"));

    // One of every kind that an application has, and what follows another.
    private const string Content = """
        CREATE SCHEMA "Odd ""one"" ";
        CREATE TYPE mood AS ENUM ('good', 'bad');
        CREATE DOMAIN percent AS int CHECK (VALUE BETWEEN 0 AND 100);
        CREATE TYPE span AS RANGE (subtype = int);
        CREATE TYPE pair AS (a int, b text);
        CREATE TABLE items (id int GENERATED ALWAYS AS IDENTITY, old serial, mood mood, share percent);
        INSERT INTO items (mood) VALUES ('good'), ('bad');
        CREATE TABLE "Odd ""one"" "."Odd; table" (n int) PARTITION BY RANGE (n);
        CREATE TABLE part PARTITION OF "Odd ""one"" "."Odd; table" FOR VALUES FROM (0) TO (9);
        CREATE INDEX ON items (mood);
        CREATE STATISTICS about (dependencies) ON id, mood FROM items;
        CREATE SEQUENCE numbers;
        CREATE VIEW good AS SELECT * FROM items WHERE mood = 'good';
        CREATE MATERIALIZED VIEW counted AS SELECT count(*) FROM items;
        CREATE FUNCTION twice(int, text DEFAULT 'a,b') RETURNS int LANGUAGE sql AS 'SELECT 2 * $1';
        CREATE PROCEDURE nothing() LANGUAGE sql AS 'SELECT 1';
        CREATE AGGREGATE total(int) (SFUNC = int4pl, STYPE = int);
        CREATE OPERATOR <+> (FUNCTION = int4pl, LEFTARG = int, RIGHTARG = int);
        CREATE TEXT SEARCH CONFIGURATION plain (COPY = simple);
        CREATE EXTENSION pg_trgm;
        SELECT lo_from_bytea(0, 'large');
        """;

    [PostgresFact]
    public async Task All_that_is_in_a_copy_is_its_owners_and_the_template_stays_as_it_was()
    {
        await using var server = await PostgresProcess.Start();
        await MakeTemplate(server, "kennel", Content);
        await server.Say("CREATE DATABASE other OWNER kennel");

        Assert.IsType<Effect.Done>(await Make(server));
        Assert.IsType<Effect.Done>(await Adopt(server));
        Assert.IsType<Effect.Done>(await Adopt(server));

        Assert.Equal("", await Foreign(server));
        await server.Say(
            """
            ALTER TABLE items ADD COLUMN more text; DROP VIEW good; REFRESH MATERIALIZED VIEW counted; DROP FUNCTION twice;
            ALTER TYPE mood ADD VALUE 'fair'; SELECT nextval('numbers'); DROP SCHEMA "Odd ""one"" " CASCADE;
            INSERT INTO items (mood) VALUES ('good'); CREATE TABLE new (n int); SELECT lo_unlink(oid) FROM pg_largeobject_metadata
            """,
            Name.Value,
            Role.Value
        );
        Assert.Equal("3", await server.Say("SELECT count(*) FROM items", Name.Value, Role.Value));
        Assert.Equal("2", await server.Say("SELECT count(*) FROM items", Sample.Value, "kennel"));
        Assert.Equal(
            $"{Sample}|kennel\nother|kennel",
            await server.Say(
                "SELECT datname, pg_get_userbyid(datdba) FROM pg_database WHERE datname !~ '^(kennel_|template|postgres)' ORDER BY 1"
            )
        );
    }

    [PostgresFact]
    public async Task A_copy_is_closed_to_all_but_its_owner_as_every_database_is()
    {
        await using var server = await PostgresProcess.Start();
        await MakeTemplate(server, "kennel", "CREATE TABLE items (n int)");
        await server.Say("CREATE ROLE stranger LOGIN");

        Assert.IsType<Effect.Done>(await Make(server));

        await Assert.ThrowsAsync<InvalidOperationException>(() => server.Say("SELECT 1", Name.Value, "stranger"));
    }

    [PostgresFact]
    public async Task What_the_superuser_made_is_refused_with_the_remedy_and_nothing_is_given()
    {
        await using var server = await PostgresProcess.Start();
        await MakeTemplate(server, "kennel", "CREATE TABLE items (n int)");
        await server.Say("CREATE TABLE secret (n int)", Sample.Value);
        Assert.IsType<Effect.Done>(await Make(server));

        var refused = Assert.IsType<Effect.Failed>(await Adopt(server)).Cause.Describe().Sentence;

        Assert.Contains("public.secret belongs to postgres", refused, StringComparison.Ordinal);
        Assert.Contains("as the role that Kennel is", refused, StringComparison.Ordinal);
        Assert.NotEqual("", await Foreign(server));
    }

    [PostgresFact]
    public async Task A_template_of_another_or_in_use_or_missing_is_refused_with_the_remedy()
    {
        await using var server = await PostgresProcess.Start();
        Assert.Contains("does not exist", await Refused(server), StringComparison.Ordinal);

        await server.Say("CREATE ROLE somebody LOGIN");
        await MakeTemplate(server, "somebody", "CREATE TABLE items (n int)");
        Assert.Contains(
            $"as its superuser: ALTER DATABASE \"{Sample}\" OWNER TO \"kennel\"",
            await Refused(server),
            StringComparison.Ordinal
        );

        await server.Say($"ALTER DATABASE \"{Sample}\" OWNER TO kennel");
        var session = server.Say("SELECT pg_sleep(12)", Sample.Value);
        await Task.Delay(500);
        Assert.Contains("ALLOW_CONNECTIONS false", await Refused(server), StringComparison.Ordinal);
        await session;
    }

    [PostgresFact]
    public async Task An_application_that_calls_its_database_a_template_does_not_keep_it_by_that()
    {
        await using var server = await PostgresProcess.Start();
        await MakeTemplate(server, "kennel", "CREATE TABLE items (n int)");
        Assert.IsType<Effect.Done>(await Make(server));
        await server.Say($"ALTER DATABASE \"{Name}\" IS_TEMPLATE true", Name.Value, Role.Value);

        var seen = (await server.Client.Databases(CancellationToken.None)).Match(
            databases => databases.Databases[Name],
            reason => throw new InvalidOperationException(reason)
        );
        Assert.IsType<Effect.Done>(
            await server.Client.DropDatabase(DatabasePlanner.Drop(seen), CancellationToken.None)
        );
    }

    [PostgresFact]
    public async Task A_database_whose_drop_was_cut_off_is_dropped_all_the_same()
    {
        await using var server = await PostgresProcess.Start();
        await MakeTemplate(server, "kennel", "CREATE TABLE items (n int)");
        Assert.IsType<Effect.Done>(await Make(server));
        await server.Say($"UPDATE pg_database SET datconnlimit = -2 WHERE datname = '{Name}'");

        var seen = (await server.Client.Databases(CancellationToken.None)).Match(
            databases => databases.Databases[Name],
            reason => throw new InvalidOperationException(reason)
        );
        Assert.IsType<Effect.Done>(
            await server.Client.DropDatabase(DatabasePlanner.Drop(seen), CancellationToken.None)
        );
    }

    private static async Task MakeTemplate(PostgresProcess server, string owner, string content)
    {
        await server.Say($"CREATE DATABASE \"{Sample}\" OWNER {owner}");
        await server.Say(content, Sample.Value, owner);
    }

    private static async Task<Effect> Make(PostgresProcess server)
    {
        await server.Client.CreateRole(new Action.CreateRole(Role, Scene.Instance, "hello/#7"), CancellationToken.None);
        var made = await server.Client.CreateDatabase(
            new Action.CreateDatabase(Name, Role) { Template = Sample },
            CancellationToken.None
        );
        return made is Effect.Done
            ? await server.Client.PrepareDatabase(
                new Action.PrepareDatabase(Name, Role, Scene.Instance, "hello/#7", DatabaseLimits.None),
                CancellationToken.None
            )
            : made;
    }

    private static async Task<string> Refused(PostgresProcess server) =>
        Assert.IsType<Effect.Failed>(await Make(server)).Cause.Describe().Sentence;

    private static Task<Effect> Adopt(PostgresProcess server) =>
        server.Client.AdoptObjects(new Action.AdoptObjects(Name, Role, Sample), CancellationToken.None);

    // What is not the owner's and not of an extension, of the kinds that have an owner of their own.
    private static Task<string> Foreign(PostgresProcess server) =>
        server.Say(
            $"""
            SELECT o.type || ' ' || o.identity || ' of ' || pg_get_userbyid(d.refobjid)
            FROM pg_shdepend d CROSS JOIN LATERAL pg_identify_object(d.classid, d.objid, 0) o
            WHERE d.dbid = (SELECT oid FROM pg_database WHERE datname = current_database()) AND d.deptype = 'o'
                AND pg_get_userbyid(d.refobjid) <> '{Role}' AND o.type <> 'extension'
            """,
            Name.Value
        );
}
