using Kennel.Core.Domain;
using Kennel.Core.Lifecycle;
using Kennel.Core.Planning;
using Kennel.Shell.Store;
using Kennel.Tests.Views;
using Action = Kennel.Core.Planning.Action;

namespace Kennel.Tests.Store;

public sealed class RollBackTests : IDisposable
{
    private static readonly BootId Boot = Scene.Sure(BootId.Parse("test", "01234567-89ab-cdef-0123-456789abcdef"));
    private readonly StoreOnTrial store = new();

    public void Dispose() => store.Dispose();

    [Fact]
    public async Task A_roll_back_aims_at_the_releases_of_the_build_before_as_they_are_and_pins_the_branch()
    {
        var (first, _) = await TwoBuilds();
        var before = (await store.OnlyBranch()).Deployments[0].Releases.Find(release => release.Build == first);

        var row = StoreOnTrial.Must(await RollBack());

        var branch = await store.OnlyBranch();
        Assert.Equal((first, Some(first)), (row.Build, branch.Life.Pin));
        Assert.Equal(before, branch.Deployments[0].TargetRelease);
        Assert.Equal(2, branch.Deployments[0].Releases.Count);
    }

    [Fact]
    public async Task A_component_that_the_earlier_build_did_not_have_loses_its_target()
    {
        await store.Register();
        await Live("api");
        await Live("api", "worker");

        StoreOnTrial.Must(await RollBack());

        var worker = (await store.OnlyBranch()).Deployments[1];
        Assert.Equal((None, true), (worker.Target, worker.Serving.IsSome));
    }

    [Fact]
    public async Task A_build_that_is_unknown_rejected_serving_or_not_kept_is_refused_with_the_reason()
    {
        var (first, second) = await TwoBuilds();
        var rejected = await store.Built();
        await store.Done(
            new Action.RecordRejected((await store.TargetRelease()).Id, None, StoreOnTrial.Crash, store.Clock.Now)
        );
        Assert.Equal("unknown-build", await RefusalOf(new BuildId(99)));
        Assert.Equal("never-accepted", await RefusalOf(rejected));
        Assert.Equal(second, StoreOnTrial.Must(await RollBack(second)).Build);
        Assert.Equal("serves-already", await RefusalOf(second));
        await Live("api");
        await Live("api");
        await Live("api");
        Assert.Equal("not-kept", await RefusalOf(first));
        Assert.Equal(
            "unknown-project",
            CodeOf(await store.History.RollBack(Name("other"), StoreOnTrial.Main, None, default))
        );
        Assert.Equal(
            "unknown-branch",
            CodeOf(await store.History.RollBack(StoreOnTrial.Hello, StoreOnTrial.BranchOf("x"), None, default))
        );
    }

    [Fact]
    public async Task Without_anything_good_before_there_is_nothing_to_go_back_to()
    {
        await store.Register();
        await Live("api");
        Assert.Equal("nothing-before", CodeOf(await RollBack()));
    }

    [Fact]
    public async Task What_is_built_while_the_branch_is_pinned_waits_and_unpinning_deploys_the_newest_of_it()
    {
        var (first, _) = await TwoBuilds();
        StoreOnTrial.Must(await RollBack());
        var target = (await store.TargetRelease()).Id;

        var third = await store.Built();
        var fourth = await store.Built();

        Assert.Equal(target, (await store.TargetRelease()).Id);
        Assert.Equal(fourth, Assert.Single((await store.Read()).Builds).Id);
        Assert.Equal(BuildState.Cancelled, (await Build(third)).State);
        Assert.Equal(Some(first), (await Build(fourth)).Pin);

        Assert.Equal(fourth, StoreOnTrial.Must(await Unpin()).Build);
        Assert.Equal(fourth, (await store.TargetRelease()).Build);
        Assert.Equal(None, (await store.OnlyBranch()).Life.Pin);
        Assert.Equal("not-pinned", CodeOf(await Unpin()));
    }

    [Fact]
    public async Task Unpinning_where_nothing_was_built_returns_to_what_served_before()
    {
        var (_, second) = await TwoBuilds();
        StoreOnTrial.Must(await RollBack());
        Assert.Equal(second, StoreOnTrial.Must(await Unpin()).Build);
        Assert.Equal(second, (await store.TargetRelease()).Build);
    }

    [Fact]
    public async Task A_switch_that_was_planned_before_a_roll_back_does_not_happen_after_it()
    {
        var (first, _) = await TwoBuilds();
        await store.Built();
        await store.Done(new Action.RecordAccepted((await store.TargetRelease()).Id, store.Clock.Now));
        var planned = store.ServeTarget(await store.OnlyBranch());

        StoreOnTrial.Must(await RollBack(first));

        Assert.NotEqual(Kennel.Core.Ports.Effect.Happened, await store.Record(planned));
    }

    [Fact]
    public async Task A_redeploy_is_a_build_of_its_own_with_new_releases_of_the_same_paths()
    {
        await store.Register();
        var first = await Live("api");
        var before = await store.TargetRelease();

        var row = StoreOnTrial.Must(await Repeat(RepeatKind.Redeploy));

        var after = await store.TargetRelease();
        Assert.Equal((BuildState.Built, Some(new Repeat(first, RepeatKind.Redeploy))), (row.State, row.Repeats));
        Assert.Equal((before.StorePath, row.Id), (after.StorePath, after.Build));
        Assert.NotEqual(before.Digest, after.Digest);
        Assert.Equal(new Outcome.Untried(None), after.Outcome);
        Assert.Equal(1, (await store.OnlyBranch()).Life.Epoch);
    }

    [Theory]
    [InlineData(RepeatKind.Restart, true)]
    [InlineData(RepeatKind.Redeploy, false)]
    public async Task What_a_release_did_before_it_began_is_done_again_by_a_redeploy_and_not_by_a_restart(
        RepeatKind kind,
        bool isDone
    )
    {
        await store.Register();
        await store.Built("hello", "main", "api");
        var release = (await store.TargetRelease()).Id;
        await store.Done(new Action.RecordStepBegun(release, Boot, store.Clock.Now));
        await store.Done(new Action.RecordStepDone(release, store.Clock.Now));
        await Accept();

        StoreOnTrial.Must(await Repeat(kind));

        Assert.Equal(isDone, (await store.TargetRelease()).Step is StepProgress.Done);
    }

    [Fact]
    public async Task A_push_that_was_under_way_when_somebody_redeployed_is_newer_than_that()
    {
        await store.Register();
        await Live("api");
        var pushed = await store.Building();
        var redeployed = StoreOnTrial.Must(await Repeat(RepeatKind.Redeploy)).Id;

        await store.Done(
            new Action.RecordBuilt(pushed, StoreOnTrial.Commit, StoreOnTrial.Result(pushed, "api"), store.Clock.Now)
        );

        Assert.Equal(pushed, (await store.TargetRelease()).Build);
        Assert.Equal(BuildState.Cancelled, (await Build(redeployed)).State);
    }

    [Fact]
    public async Task A_pinned_branch_redeploys_what_it_is_pinned_to_and_what_waits_goes_on_waiting()
    {
        var (first, _) = await TwoBuilds();
        StoreOnTrial.Must(await RollBack());
        await store.Done(store.ServeTarget(await store.OnlyBranch()));
        var waiting = await store.Built();

        var row = StoreOnTrial.Must(await Repeat(RepeatKind.Restart));

        Assert.Equal(Some(row.Id), (await store.OnlyBranch()).Life.Pin);
        Assert.Equal(first, row.Repeats.Value().Of);
        Assert.Equal(BuildState.Built, (await Build(waiting)).State);
        Assert.Equal(waiting, StoreOnTrial.Must(await Unpin()).Build);
        Assert.Equal(BuildState.Cancelled, (await Build(row.Id)).State);
    }

    [Fact]
    public async Task What_serves_is_not_restarted_while_another_release_is_on_trial()
    {
        await TwoBuilds();
        await store.Built();
        Assert.Equal("on-trial", CodeOf(await Repeat(RepeatKind.Restart)));
        Assert.True((await Repeat(RepeatKind.Redeploy)).IsRight);
    }

    [Fact]
    public async Task Every_redeploy_has_a_digest_of_its_own_and_a_later_push_of_the_same_paths_keeps_the_last()
    {
        await store.Register();
        await Live("api");
        for (var count = 0; count < 3; count++)
        {
            StoreOnTrial.Must(await Repeat(RepeatKind.Redeploy));
            await Accept();
        }
        var releases = (await store.OnlyBranch()).Deployments[0].Releases;
        Assert.Equal(4, releases.Map(release => release.Digest).Distinct().Count());
        var pushed = await store.Building();
        var source = (BuildResult.Built)
            BuildResultText.Read(BuildResultText.Of(StoreOnTrial.Result(new BuildId(1), "api")));
        await store.Done(new Action.RecordBuilt(pushed, StoreOnTrial.Commit, source, store.Clock.Now));
        Assert.Equal(releases[0].Digest, (await store.TargetRelease()).Digest);
        Assert.IsType<Outcome.Accepted>((await store.TargetRelease()).Outcome);
    }

    [Fact]
    public async Task The_history_tells_what_serves_what_is_pinned_and_what_is_kept()
    {
        var (first, second) = await TwoBuilds();
        StoreOnTrial.Must(await RollBack());
        var builds = StoreOnTrial
            .Must(await store.History.Releases(StoreOnTrial.Hello, StoreOnTrial.Main, default))
            .Builds;
        Assert.Equal([second, first], builds.Map(past => past.Build.Id).ToArray());
        Assert.Equal([true, false], builds.Map(past => past.IsServing).ToArray());
        Assert.Equal([false, true], builds.Map(past => past.IsPinned && past.IsTarget).ToArray());
    }

    [Fact]
    public async Task A_locked_project_refuses_whatever_would_move_it_and_says_why()
    {
        await TwoBuilds();
        StoreOnTrial.Must(await store.Marks.Lock(StoreOnTrial.Hello, "the exam runs", default));
        var deploy = await store.Intents.Deploy(StoreOnTrial.Hello, StoreOnTrial.Main, None, default);
        Assert.Equal("locked", CodeOf(deploy));
        Assert.Equal("locked", CodeOf(await RollBack()));
        Assert.Equal("locked", CodeOf(await Unpin()));
        Assert.Equal("locked", CodeOf(await Repeat(RepeatKind.Redeploy)));
        Assert.Contains(
            "the exam runs",
            (await RollBack()).Match(_ => "", refusal => refusal.What),
            StringComparison.Ordinal
        );
        StoreOnTrial.Must(await store.Marks.Unlock(StoreOnTrial.Hello, default));
        Assert.True((await RollBack()).IsRight);
    }

    [Fact]
    public async Task Nothing_begins_to_serve_and_no_build_begins_once_the_project_is_locked()
    {
        await TwoBuilds();
        await store.Built();
        await store.Done(new Action.RecordAccepted((await store.TargetRelease()).Id, store.Clock.Now));
        var planned = store.ServeTarget(await store.OnlyBranch());
        var queued = await store.Deploy();
        StoreOnTrial.Must(await store.Marks.Lock(StoreOnTrial.Hello, "the exam runs", default));
        Assert.NotEqual(Kennel.Core.Ports.Effect.Happened, await store.Record(planned));
        Assert.NotEqual(
            Kennel.Core.Ports.Effect.Happened,
            await store.Record(new Action.RecordBuilding(queued, StoreOnTrial.Commit, store.Clock.Now))
        );
    }

    [Fact]
    public async Task Maintenance_and_keep_are_marks_that_come_and_go()
    {
        await store.Register();
        await Live("api");
        StoreOnTrial.Must(
            await store.Marks.Maintenance(StoreOnTrial.Hello, StoreOnTrial.Main, true, "back at noon", default)
        );
        StoreOnTrial.Must(await store.Marks.Keep(StoreOnTrial.Hello, StoreOnTrial.Main, true, default));
        var life = (await store.OnlyBranch()).Life;
        Assert.Equal((Some("back at noon"), true), (life.Maintenance.Value().Message, life.IsKept));
        StoreOnTrial.Must(await store.Marks.Maintenance(StoreOnTrial.Hello, StoreOnTrial.Main, false, None, default));
        StoreOnTrial.Must(await store.Marks.Keep(StoreOnTrial.Hello, StoreOnTrial.Main, false, default));
        Assert.Equal(BranchLife.New, (await store.OnlyBranch()).Life with { ActiveAt = None });
    }

    private async Task<(BuildId First, BuildId Second)> TwoBuilds()
    {
        await store.Register();
        return (await Live("api"), await Live("api"));
    }

    private async Task<BuildId> Live(params string[] services)
    {
        var build = await store.Built("hello", "main", services);
        if ((await store.OnlyBranch()).Life.Pin.IsSome)
            StoreOnTrial.Must(await Unpin());
        await Accept();
        return build;
    }

    private async Task Accept()
    {
        foreach (var deployment in (await store.OnlyBranch()).Deployments)
        foreach (var target in deployment.Target)
            await store.Done(new Action.RecordAccepted(target, store.Clock.Now));
        await store.Done(store.ServeTarget(await store.OnlyBranch()));
        foreach (var build in (await store.Read()).Builds)
            await store.Done(new Action.RecordBuildEnd(build.Id, BuildState.Done, None, store.Clock.Now));
    }

    private Task<Either<Refusal, AimedRow>> RollBack(Option<BuildId> build = default) =>
        store.History.RollBack(StoreOnTrial.Hello, StoreOnTrial.Main, build, CancellationToken.None);

    private Task<Either<Refusal, AimedRow>> Unpin() =>
        store.History.Unpin(StoreOnTrial.Hello, StoreOnTrial.Main, CancellationToken.None);

    private Task<Either<Refusal, BuildRow>> Repeat(RepeatKind kind) =>
        store.History.Repeat(StoreOnTrial.Hello, StoreOnTrial.Main, kind, CancellationToken.None);

    private async Task<BuildRow> Build(BuildId build) =>
        (await store.Intents.Build(build, CancellationToken.None)).Value();

    private async Task<string> RefusalOf(BuildId build) => CodeOf(await RollBack(build));

    private static ProjectName Name(string name) => StoreOnTrial.Must(ProjectName.Parse("", name));

    private static string CodeOf<T>(Either<Refusal, T> answer) => answer.Match(_ => "granted", refusal => refusal.Code);
}
