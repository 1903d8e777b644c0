using Kennel.Core.Domain;
using Kennel.Core.Planning;
using Kennel.Core.Ports;
using Kennel.Core.Units;
using Kennel.Shell.Postgres;
using Kennel.Tests.Views;
using Action = Kennel.Core.Planning.Action;

namespace Kennel.Tests.Postgres;

/// <summary>A database that is filled with a dump of another one, in a real PostgreSQL.</summary>
public sealed class CopyTests : IDisposable
{
    private static readonly DatabaseName SourceName = Scene.Sure(DatabaseName.Parse("test", "kennel_hello_dev"));
    private static readonly DatabaseName Name = Scene.Sure(DatabaseName.Parse("test", "kennel_hello_pr-7"));
    private static readonly RoleName SourceRole = Scene.Sure(RoleName.Parse("test", "knl-00000000000000bb"));
    private static readonly RoleName Role = Scene.Sure(RoleName.Parse("test", "knl-00000000000000aa"));
    private static readonly DumpName Dump = DumpName.ForCopy(Name, new BranchId(9));

    private readonly DirectoryInfo directory = Directory.CreateTempSubdirectory("dumps");

    [PostgresFact]
    public async Task A_clone_is_the_previews_own_and_whatever_the_dump_says_is_said_as_the_preview()
    {
        await using var server = await PostgresProcess.Start();
        await Make(server, SourceName, SourceRole);
        await Make(server, Name, Role);
        // A check that is evaluated when rows are restored, and notes who does it.
        await server.Say(
            """
            CREATE EXTENSION pg_trgm; COMMENT ON EXTENSION pg_trgm IS 'ours';
            CREATE FUNCTION noted(text) RETURNS boolean LANGUAGE plpgsql AS
                'BEGIN PERFORM set_config(''trap.user'', current_user, false); RETURN $1 = '''' OR current_user LIKE ''knl-%''; END';
            CREATE TABLE items (name text CHECK (noted(name)));
            INSERT INTO items VALUES ('a'), ('b'); CREATE INDEX ON items USING gin (name gin_trgm_ops);
            GRANT SELECT ON items TO PUBLIC; COMMENT ON TABLE items IS 'things'; CREATE PUBLICATION news FOR TABLE items
            """,
            SourceName.Value,
            SourceRole.Value
        );

        await Copy(server);

        Assert.Equal("2", await server.Say("SELECT count(*) FROM items", Name.Value, Role.Value));
        Assert.Equal(
            $"{Role}",
            await server.Say("SELECT pg_get_userbyid(relowner) FROM pg_class WHERE relname = 'items'", Name.Value)
        );
        Assert.Equal("0", await server.Say("SELECT count(*) FROM pg_publication", Name.Value));
    }

    [PostgresFact]
    public async Task A_restore_that_fails_leaves_nothing()
    {
        await using var server = await PostgresProcess.Start();
        await Make(server, SourceName, SourceRole);
        await Make(server, Name, Role);
        await server.Say(
            """
            CREATE FUNCTION mine(text) RETURNS boolean LANGUAGE sql AS $$ SELECT current_user = 'knl-00000000000000bb' $$;
            CREATE TABLE before (n int); INSERT INTO before VALUES (1);
            CREATE TABLE items (name text CHECK (mine(name))); INSERT INTO items VALUES ('a')
            """,
            SourceName.Value,
            SourceRole.Value
        );

        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => Copy(server));

        Assert.Contains("violates check constraint", error.Message, StringComparison.Ordinal);
        Assert.Equal(
            "0",
            await server.Say(
                "SELECT count(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace",
                Name.Value,
                Role.Value
            )
        );
    }

    public void Dispose() => directory.Delete(recursive: true);

    private async Task Copy(PostgresProcess server)
    {
        using var ended = new SemaphoreSlim(0);
        await using var dumps = new DumpFiles(
            new DumpOptions(directory.FullName, server.Socket, "kennel")
            {
                Program = Path.Combine(PostgresFactAttribute.Programs, "pg_dump"),
            },
            TimeProvider.System,
            () => ended.Release()
        );
        await dumps.StartDump(new Action.StartDump(SourceName, Dump), CancellationToken.None);
        Assert.True(await ended.WaitAsync(TimeSpan.FromSeconds(30)));
        await server.Restore(Path.Combine(directory.FullName, Dump.Value), Command(server), Role.Value);
    }

    private Seq<string> Command(PostgresProcess server) =>
        CopyUnit
            .AtStart(
                new RestoreHost("/usr/bin/pg_restore", directory.FullName),
                server.Socket,
                Role,
                Name,
                Dump,
                Scene.Hello,
                Scene.Main,
                "copy",
                TimeSpan.FromHours(1)
            )
            .Bind(property => property.Value is UnitValue.Commands it ? it.Values : Seq<CommandLine>())
            .Head()
            .Arguments;

    private static async Task Make(PostgresProcess server, DatabaseName name, RoleName role)
    {
        await server.Client.CreateRole(
            new Action.CreateRole(role, Scene.Instance, "hello/dev"),
            CancellationToken.None
        );
        await server.Client.CreateDatabase(new Action.CreateDatabase(name, role), CancellationToken.None);
        Assert.IsType<Effect.Done>(
            await server.Client.PrepareDatabase(
                new Action.PrepareDatabase(name, role, Scene.Instance, "hello/dev", DatabaseLimits.None),
                CancellationToken.None
            )
        );
    }
}
