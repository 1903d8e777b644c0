using Kennel.Core.Domain;
using Kennel.Core.Lifecycle;
using Kennel.Core.Planning;
using Kennel.Core.Ports;
using Kennel.Shell.Store;
using Action = Kennel.Core.Planning.Action;

namespace Kennel.Tests.Store;

public sealed class BuildTests : IDisposable
{
    private readonly StoreOnTrial store = new();

    public void Dispose() => store.Dispose();

    [Fact]
    public async Task A_finished_build_gives_the_branch_names_targets_and_releases()
    {
        await store.Register();
        var build = await store.Built("hello", "main", "api", "worker");
        var branch = await store.OnlyBranch();
        Assert.True(branch.Role.IsSome);
        Assert.Equal(["api", "worker"], branch.Deployments.Map(one => one.Component.Value).ToArray());
        Assert.All(branch.Deployments, one => Assert.Equal(build, one.TargetRelease.Value().Build));
        Assert.All(branch.Deployments, one => Assert.True(one.Serving.IsNone));
        Assert.Equal(BuildState.Built, Assert.Single((await store.Read()).Builds).State);
        var hosts = branch.Deployments.Bind(one => one.TargetRelease.Value().Hosts);
        Assert.True(toSet(hosts).IsSubsetOf((await store.Read()).ClaimedHosts));
    }

    [Fact]
    public async Task A_component_that_is_no_longer_built_loses_its_target_and_serves_on()
    {
        await store.Register();
        await store.Serving();
        await store.Built("hello", "main", "worker");
        var deployments = (await store.OnlyBranch()).Deployments;
        Assert.Equal(["api", "worker"], deployments.Map(one => one.Component.Value).ToArray());
        Assert.True(deployments[0].Target.IsNone);
        Assert.True(deployments[0].ServingRelease.IsSome);
    }

    [Fact]
    public async Task A_build_whose_names_are_taken_fails_with_the_cause_and_changes_no_target()
    {
        var taken = new Core.Domain.Cause.NameTaken("hello-main.example.org", "another project");
        var state = new StateStore(
            store.Database,
            StoreOnTrial.SettingsOf,
            _ => Left<Cause, TargetChange>(taken),
            store.Clock
        );
        await store.Register();
        var build = await store.Building();
        var result = StoreOnTrial.Result(build, "api");
        Assert.IsType<Effect.Done>(
            await state.Record(
                new Action.RecordBuilt(build, StoreOnTrial.Commit, result, store.Clock.Now),
                Seq<string>(),
                CancellationToken.None
            )
        );
        var row = (await store.Intents.Build(build, CancellationToken.None)).Value();
        Assert.Equal((BuildState.Failed, taken.Describe()), (row.State, row.Cause.Value()));
        Assert.Empty((await store.OnlyBranch()).Deployments);
    }

    [Fact]
    public async Task Two_takers_of_one_name_at_once_leave_it_with_one_owner()
    {
        using var folder = new TemporaryFolder();
        using var shared = new StoreOnTrial(Database.Open(folder.Database, store.Clock));
        await shared.Register("a");
        await shared.Register("a-b");
        var one = await shared.Building("a", "b-c");
        var other = await shared.Building("a-b", "c");
        await Task.WhenAll(
            new[] { one, other }.Select(build =>
                Task.Run(() =>
                    shared.Done(
                        new Action.RecordBuilt(
                            build,
                            StoreOnTrial.Commit,
                            StoreOnTrial.Result(build, "api"),
                            store.Clock.Now
                        )
                    )
                )
            )
        );
        var branches = (await shared.Read()).Branches;
        var stems = branches.Bind(branch => branch.Deployments.Map(deployment => deployment.Stem));
        var hosts = branches.Bind(branch => branch.Deployments.Bind(it => it.TargetRelease.Value().Hosts));
        Assert.Equal(2, stems.Distinct().Count);
        Assert.Equal(hosts.Count, hosts.Distinct().Count);
    }

    [Fact]
    public async Task A_newer_build_cancels_the_one_that_waits_and_the_one_that_does_not_serve_yet()
    {
        await store.Register();
        var waiting = await store.Deploy();
        var first = await store.Built();
        Assert.Equal(Superseded(first), await Cause(waiting));
        var second = await store.Built();
        Assert.Equal(Superseded(second), await Cause(first));
        Assert.Equal(second, Assert.Single((await store.Read()).Builds).Id);
    }

    [Fact]
    public async Task An_older_build_that_ends_late_changes_no_target()
    {
        await store.Register();
        var older = await store.Building();
        var newer = await store.Built();
        await store.Done(
            new Action.RecordBuilt(older, StoreOnTrial.Commit, StoreOnTrial.Result(older, "api"), store.Clock.Now)
        );
        Assert.Equal(newer, (await store.TargetRelease()).Build);
        Assert.Equal(Superseded(newer), await Cause(older));
    }

    [Fact]
    public async Task A_build_of_a_branch_that_was_removed_changes_nothing()
    {
        await store.Register();
        var build = await store.Building();
        await store.RemoveBranch();
        var effect = await store.Record(
            new Action.RecordBuilt(build, StoreOnTrial.Commit, StoreOnTrial.Result(build, "api"), store.Clock.Now)
        );
        Assert.IsType<Effect.Failed>(effect);
        Assert.Empty((await store.OnlyBranch()).Deployments);
    }

    [Fact]
    public async Task A_pull_request_of_a_project_without_previews_is_built_and_not_deployed()
    {
        await store.Register();
        var build = await store.Building("hello", "#7");
        var result = StoreOnTrial.Result(build, "api");
        var withoutPreviews = result with { Manifest = result.Manifest with { PreviewDeployments = false } };

        await store.Done(new Action.RecordBuilt(build, StoreOnTrial.Commit, withoutPreviews, store.Clock.Now));

        Assert.Empty((await store.OnlyBranch()).Deployments);
        Assert.Equal(BuildState.Built, Assert.Single((await store.Read()).Builds).State);
    }

    [Fact]
    public async Task A_build_counts_its_starts_when_it_is_queued_again()
    {
        await store.Register();
        var build = await store.Building();
        await store.Done(new Action.RequeueBuild(build));
        var queued = Assert.Single((await store.Read()).Builds);
        Assert.Equal((BuildState.Queued, 1, true), (queued.State, queued.Starts, queued.Commit.IsNone));
    }

    [Fact]
    public async Task What_is_at_its_end_stays_there()
    {
        await store.Register();
        var build = await store.Building();
        await store.Done(
            new Action.RecordBuildEnd(build, BuildState.Failed, new Core.Domain.Cause.NoFlake(), store.Clock.Now)
        );
        foreach (var state in new[] { BuildState.Done, BuildState.Cancelled })
            Assert.IsType<Effect.Failed>(
                await store.Record(new Action.RecordBuildEnd(build, state, None, store.Clock.Now))
            );
        Assert.IsType<Effect.Failed>(await store.Record(new Action.RequeueBuild(build)));
    }

    private async Task<CauseRecord> Cause(BuildId build) =>
        (await store.Intents.Build(build, CancellationToken.None)).Value().Cause.Value();

    private static CauseRecord Superseded(BuildId newer) => new Core.Domain.Cause.Superseded(newer).Describe();
}
