using Kennel.Core.Domain;
using Kennel.Core.Planning;
using Kennel.Shell.Commands;
using Kennel.Tests.Store;
using Action = Kennel.Core.Planning.Action;

namespace Kennel.Tests.Api;

public sealed class DatabaseApiTests : IAsyncLifetime
{
    private DaemonOnTrial _daemon = null!;

    public async Task InitializeAsync() => _daemon = await DaemonOnTrial.Start();

    public async Task DisposeAsync() => await _daemon.DisposeAsync();

    [Fact]
    public async Task A_database_is_made_anew_only_with_a_yes()
    {
        await WithDatabase();

        var unsure = await _daemon.Kennel("db", "reset", "hello/main");
        var sure = await _daemon.Kennel("db", "reset", "hello/main", "--yes");
        var again = await _daemon.Kennel("db", "reset", "hello/main", "--yes");

        Assert.Equal(ExitCode.Usage, unsure.ExitCode);
        Assert.Contains("All that the database of hello/main has goes", unsure.Error);
        Assert.Contains("goes, after it is dumped, and is made anew", sure.Output);
        Assert.Contains("database-not-complete", again.Error);
        Assert.Equal(ResourceState.Leaving, Assert.Single((await _daemon.Store.OnlyBranch()).Resources).State);
    }

    [Fact]
    public async Task What_has_no_database_or_cannot_be_dumped_is_told()
    {
        await _daemon.Store.Register();
        await _daemon.Store.Serving();
        Assert.Contains("no-database", (await _daemon.Kennel("db", "dump", "hello/main")).Error);
        Assert.Contains("unknown-branch", (await _daemon.Kennel("db", "shell", "hello/other")).Error);

        await Add(await _daemon.Store.OnlyBranch());
        Assert.Contains("dump-not-begun", (await _daemon.Kennel("db", "dump", "hello/main")).Error);
    }

    private async Task WithDatabase()
    {
        await _daemon.Store.Register();
        await Add(await _daemon.Store.Serving());
    }

    private async Task Add(DesiredBranch branch)
    {
        var resource = new Resource.Postgres(StoreOnTrial.Must(DatabaseName.Parse("", "kennel_hello_main")));
        await _daemon.Store.Done(new Action.RecordResource(branch.Id, resource, _daemon.Store.Clock.Now));
        await _daemon.Store.Done(new Action.RecordResourcePresent(branch.Id, resource));
    }
}
