using Kennel.Core.Configuration;
using Kennel.Core.Domain;
using Kennel.Core.Lifecycle;
using Kennel.Core.Planning;
using Kennel.Core.Ports;
using Kennel.Shell.Store;
using Action = Kennel.Core.Planning.Action;

namespace Kennel.Tests.Store;

/// <summary>The ledger of data services, and the names in it.</summary>
public sealed class ResourceTests : IDisposable
{
    private static readonly DatabaseName Name = StoreOnTrial.Must(DatabaseName.Parse("", "kennel_hello_main"));
    private static readonly Resource Database = new Resource.Postgres(Name);

    private readonly StoreOnTrial store = new();

    public void Dispose() => store.Dispose();

    [Fact]
    public async Task A_row_comes_before_its_resource_and_is_complete_after_it()
    {
        var branch = await Branch();
        Assert.Empty(branch.Resources);

        await store.Done(Recorded(branch));
        await store.Done(Recorded(branch));
        Assert.Equal(ResourceState.Wanted, (await Row()).State);

        await store.Done(new Action.RecordResourcePresent(branch.Id, Database));
        await store.Done(new Action.RecordResourcePresent(branch.Id, Database));
        await store.Done(Recorded(branch));
        Assert.Equal(ResourceState.Present, (await Row()).State);
    }

    [Fact]
    public async Task A_branch_is_not_forgotten_while_the_ledger_has_something_of_it()
    {
        var branch = await Branch();
        await store.Done(Recorded(branch));
        Assert.IsType<Effect.Failed>(await store.Record(new Action.ForgetResource(branch.Id, Database)));

        await store.RemoveBranch();
        Assert.IsType<Effect.Failed>(await store.Record(new Action.ForgetBranch(branch.Id)));
        Assert.IsType<Effect.Failed>(await store.Record(Recorded(branch)));

        await store.Done(new Action.ForgetResource(branch.Id, Database));
        await store.Done(new Action.ForgetResource(branch.Id, Database));
        await store.Done(new Action.ForgetBranch(branch.Id));
        Assert.Empty((await store.Read()).Branches);
    }

    [Fact]
    public async Task A_name_is_in_the_ledger_once()
    {
        var branch = await Branch();
        await store.Done(Recorded(branch));
        await store.Built("hello", "topic", "api");
        var topic = (await store.Read()).Branches.Last;

        Assert.IsType<Effect.Failed>(
            await store.Record(new Action.RecordResource(topic.Id, Database, store.Clock.Now))
        );
    }

    [Fact]
    public async Task The_name_of_the_default_branchs_database_is_claimed_with_the_project()
    {
        var branch = await Branch();

        Assert.Equal(Some(Name), branch.Database);
    }

    [Fact]
    public async Task With_PostgreSQL_a_release_knows_its_database_and_without_it_none()
    {
        var plain = await Branch();
        Assert.DoesNotContain(Service(plain).Environment, it => it.StartsWith("PG", StringComparison.Ordinal));
        Assert.Contains("DATABASE_PATH=/var/lib/knl/hello-main-api/database.sqlite", Service(plain).Environment);

        var build = await store.Building("hello", "topic/a");
        var state = new StateStore(store.Database, WithPostgres, Targets.Of, store.Clock);
        var built = new Action.RecordBuilt(
            build,
            StoreOnTrial.Commit,
            StoreOnTrial.Result(build, "api"),
            store.Clock.Now
        );
        Assert.IsType<Effect.Done>(await state.Record(built, Seq<string>(), CancellationToken.None));

        var topic = (await store.Read()).Branches.Last;
        var name = topic.Database.Value();
        var role = topic.Role.Value();
        Assert.StartsWith("kennel_hello_topic-a-", name.Value, StringComparison.Ordinal);
        Assert.Equal(Set(ResourceKind.Postgres), Service(topic).Resources);
        Assert.Equal(
            [
                $"DATABASE_URL=postgresql:///{name}?host=/run/postgresql&user={role}",
                "PGHOST=/run/postgresql",
                $"PGDATABASE={name}",
                $"PGUSER={role}",
            ],
            Service(topic).Environment.TakeLast(4)
        );
    }

    [Theory]
    [InlineData("hello", "main", "kennel_hello_main")]
    [InlineData("a-b", "c", "kennel_a-b_c")]
    [InlineData("a", "b-c", "kennel_a_b-c")]
    public void A_plain_name_stays_plain(string project, string branch, string expected) =>
        Assert.Equal(expected, Named(project, branch));

    [Theory]
    [InlineData("Hello", "main")]
    [InlineData("hello", "feature/x")]
    [InlineData("hello", "a_b")]
    [InlineData("hello", "ü")]
    [InlineData("hello", "a-branch-with-a-name-that-is-a-good-deal-longer-than-PostgreSQL-keeps")]
    [InlineData("a-project-with-a-name-that-is-longer-than-all-that-PostgreSQL-would-keep-of-any-name", "main")]
    public void A_name_that_was_changed_or_cut_is_marked_and_fits(string project, string branch)
    {
        var name = Named(project, branch);

        Assert.Matches("-[0-9a-f]{6}$", name);
        Assert.True(DatabaseName.Parse("", name).IsSuccess);
    }

    private static string Named(string project, string branch) =>
        Naming.Database(
            StoreOnTrial.Must(ProjectName.Parse("", project)),
            StoreOnTrial.BranchOf(branch),
            marked: false
        );

    private static Settings WithPostgres(InstanceId instance) =>
        StoreOnTrial.SettingsOf(instance) with
        {
            Resources = new ResourcesConfiguration(
                ResourcesConfiguration.Default.Postgres with
                {
                    Enable = true,
                }
            ).ToSettings(),
        };

    private static Specification.Service Service(DesiredBranch branch) =>
        Assert.IsType<Specification.Service>(branch.Deployments[0].TargetRelease.Value().Specification);

    private Action.RecordResource Recorded(DesiredBranch branch) => new(branch.Id, Database, store.Clock.Now);

    private async Task<DesiredBranch> Branch()
    {
        await store.Register();
        await store.Built();
        return await store.OnlyBranch();
    }

    private async Task<DesiredResource> Row() => Assert.Single((await store.OnlyBranch()).Resources);
}
