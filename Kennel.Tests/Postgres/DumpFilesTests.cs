using Kennel.Core.Domain;
using Kennel.Core.Planning;
using Kennel.Core.Ports;
using Kennel.Shell.Postgres;
using Kennel.Tests.Views;
using Action = Kennel.Core.Planning.Action;

namespace Kennel.Tests.Postgres;

public sealed class DumpFilesTests : IDisposable
{
    private static readonly RoleName Role = Scene.Sure(RoleName.Parse("test", "knl-00000000000000aa"));
    private static readonly DatabaseName Name = Scene.Sure(DatabaseName.Parse("test", "kennel_hello_main"));
    private static readonly DumpName Dump = DumpName.BeforeBuild(Name, new BuildId(7), Scene.Commit(5));

    private readonly DirectoryInfo directory = Directory.CreateTempSubdirectory("dumps");
    private readonly SemaphoreSlim ended = new(0);

    public void Dispose()
    {
        directory.Delete(recursive: true);
        ended.Dispose();
    }

    [PostgresFact]
    public async Task A_dump_is_complete_and_for_Kennel_alone()
    {
        await using var server = await PostgresProcess.Start();
        await MakeWithData(server);
        await using var dumps = Of(server);

        Assert.IsType<Effect.Done>(await Start(dumps));
        await ended.WaitAsync();

        var done = Assert.IsType<DumpState.Done>((await Look(dumps))[Dump]);
        var path = Path.Combine(directory.FullName, Dump.Value);
        Assert.Equal(new FileInfo(path).Length, done.SizeBytes);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
        Assert.Equal("1", await server.Restored(path, "visits"));
        Assert.Equal([path], Directory.GetFiles(directory.FullName));
    }

    [PostgresFact]
    public async Task What_is_there_is_not_dumped_again()
    {
        await using var server = await PostgresProcess.Start();
        await using var dumps = Of(server);
        await File.WriteAllTextAsync(Path.Combine(directory.FullName, Dump.Value), "earlier");

        Assert.IsType<Effect.Done>(await Start(dumps));

        Assert.Equal("earlier", await File.ReadAllTextAsync(Path.Combine(directory.FullName, Dump.Value)));
        Assert.IsType<Effect.Done>(await dumps.RemoveDump(new Action.RemoveDump(Dump), CancellationToken.None));
        Assert.IsType<Effect.Done>(await dumps.RemoveDump(new Action.RemoveDump(Dump), CancellationToken.None));
        Assert.True((await Look(dumps)).IsEmpty);
    }

    [PostgresFact]
    public async Task A_dump_that_fails_leaves_nothing_and_tells_why_and_how_often()
    {
        await using var server = await PostgresProcess.Start();
        await using var dumps = Of(server);

        foreach (var failures in Seq(1, 2))
        {
            await Start(dumps);
            await ended.WaitAsync();
            var failed = Assert.IsType<DumpState.Failed>((await Look(dumps))[Dump]);
            Assert.Equal(failures, failed.Failures);
            Assert.Contains("does not exist", failed.Cause.Describe().Sentence, StringComparison.Ordinal);
        }

        Assert.Empty(Directory.GetFiles(directory.FullName));
    }

    [Fact]
    public async Task Without_its_program_a_dump_fails()
    {
        await using var dumps = Of(
            new DumpOptions(directory.FullName, "/nowhere", "kennel") { Program = "no-pg_dump" }
        );

        await Start(dumps);
        await ended.WaitAsync();

        var failed = Assert.IsType<DumpState.Failed>((await Look(dumps))[Dump]);
        Assert.Contains("no-pg_dump", failed.Cause.Describe().Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_directory_that_cannot_be_read_is_unknown()
    {
        await using var dumps = Of(new DumpOptions(directory.FullName + "/none", "/nowhere", "kennel"));

        Assert.IsType<Observation<Map<DumpName, DumpState>>.Unknown>(await dumps.Dumps(CancellationToken.None));
    }

    private static async Task MakeWithData(PostgresProcess server)
    {
        await server.Client.CreateRole(new Action.CreateRole(Role, Scene.Instance, "t"), CancellationToken.None);
        await server.Client.CreateDatabase(new Action.CreateDatabase(Name, Role), CancellationToken.None);
        await server.Client.PrepareDatabase(
            new Action.PrepareDatabase(Name, Role, Scene.Instance, "t", DatabaseLimits.None),
            CancellationToken.None
        );
        await server.Say("CREATE TABLE visits (id int); INSERT INTO visits VALUES (1)", Name.Value, Role.Value);
    }

    private DumpFiles Of(PostgresProcess server) =>
        Of(
            new DumpOptions(directory.FullName, server.Socket, "kennel")
            {
                Program = Path.Combine(PostgresFactAttribute.Programs, "pg_dump"),
            }
        );

    private DumpFiles Of(DumpOptions options) => new(options, TimeProvider.System, () => ended.Release());

    private static Task<Effect> Start(DumpFiles dumps) =>
        dumps.StartDump(new Action.StartDump(Name, Dump), CancellationToken.None);

    private static async Task<Map<DumpName, DumpState>> Look(DumpFiles dumps) =>
        (await dumps.Dumps(CancellationToken.None)).Match(
            seen => seen,
            reason => throw new InvalidOperationException(reason)
        );
}
