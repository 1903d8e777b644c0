using Kennel.Core.Configuration;
using Kennel.Core.Domain;
using Kennel.Core.Lifecycle;
using Kennel.Core.Planning;
using Kennel.Core.Ports;
using Kennel.Core.Units;
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
    public async Task A_cache_is_read_as_what_it_was_written_and_a_branch_has_one()
    {
        var branch = await Branch();
        var instance = StoreOnTrial.Must(InstanceId.Parse("", "0123456789ab"));
        var server = new Resource.ValkeyInstance(UnitName.OfCache(instance, branch.Id));
        var shared = new Resource.Valkey(
            CacheUser.Of(instance, branch.Id),
            StoreOnTrial.Must(CacheNumber.Parse("", 3))
        );

        await store.Done(new Action.RecordResource(branch.Id, server, store.Clock.Now));
        await store.Done(new Action.RecordResource(branch.Id, server, store.Clock.Now));
        await store.Done(new Action.RecordResourcePresent(branch.Id, server));
        Assert.Equal(server, (await Row()).Resource);
        Assert.IsType<Effect.Failed>(await store.Record(new Action.RecordResource(branch.Id, shared, store.Clock.Now)));

        await store.RemoveBranch();
        Assert.IsType<Effect.Failed>(await store.Record(new Action.ForgetBranch(branch.Id)));
        await store.Done(new Action.ForgetResource(branch.Id, server));
        await store.Done(new Action.ForgetBranch(branch.Id));
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

    [Fact]
    public async Task Extensions_that_the_host_does_not_allow_are_refused_with_those_that_it_does()
    {
        await store.Register();
        var build = await store.Building();
        var result = StoreOnTrial.Result(build, "api");

        var refused = Assert.IsType<Cause.ManifestInvalid>(
            Assert.Single(
                TargetsOf(await store.OnlyBranch(), build, result, "postgis", "pg_trgm", "timescaledb").LeftToSeq()
            )
        );
        Assert.Equal(2, refused.Problems.Count);
        Assert.Contains("postgis", $"{refused.Problems[0]}", StringComparison.Ordinal);
        Assert.Contains("hstore", $"{refused.Problems[0]}", StringComparison.Ordinal);

        var granted = Assert.Single(TargetsOf(await store.OnlyBranch(), build, result, "pg_trgm").RightToSeq());
        var text = SpecificationText.Write(granted.Targets[0].Release.Specification);
        Assert.Contains("\"extensions\":[\"pg_trgm\"]", text, StringComparison.Ordinal);
        Assert.True(SpecificationText.Read("", text).IsSuccess);
    }

    [Fact]
    public async Task A_database_that_is_to_be_made_anew_leaves_and_is_wanted_and_its_branch_is_redeployed()
    {
        var branch = await Branch();
        Assert.Equal("no-database", await Refused());
        await store.Done(Recorded(branch));
        Assert.Equal("database-not-complete", await Refused());
        await store.Done(new Action.RecordResourcePresent(branch.Id, Database));
        var before = (await store.TargetRelease()).Digest;

        Assert.True((await Reset()).IsRight);

        Assert.Equal(ResourceState.Leaving, (await Row()).State);
        Assert.NotEqual(before, (await store.TargetRelease()).Digest);
        Assert.Equal("database-not-complete", await Refused());
        await store.Done(new Action.RecordResourceWanted(branch.Id, Database));
        await store.Done(new Action.RecordResourceWanted(branch.Id, Database));
        Assert.Equal(ResourceState.Wanted, (await Row()).State);
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

    private Task<Either<Refusal, DatabaseRow>> Reset() =>
        store.History.ResetDatabase(StoreOnTrial.Hello, StoreOnTrial.BranchOf("main"), CancellationToken.None);

    private async Task<string> Refused() => (await Reset()).Match(_ => "", refusal => refusal.Code);

    private static Either<Cause, TargetChange> TargetsOf(
        DesiredBranch branch,
        BuildId build,
        BuildResult.Built result,
        params string[] extensions
    ) =>
        Targets.Of(
            new TargetInput(
                WithPostgres(StoreOnTrial.Must(InstanceId.Parse("", "0123456789ab"))),
                branch,
                build,
                StoreOnTrial.Commit,
                result with
                {
                    Manifest = result.Manifest with
                    {
                        Extensions = toSet(extensions.Select(name => StoreOnTrial.Must(ExtensionName.Parse("", name)))),
                    },
                },
                Claims.From(Seq<Claim>())
            )
        );

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
