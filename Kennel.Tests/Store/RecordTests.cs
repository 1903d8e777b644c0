using Kennel.Core.Domain;
using Kennel.Core.Planning;
using Kennel.Core.Ports;
using Action = Kennel.Core.Planning.Action;

namespace Kennel.Tests.Store;

public sealed class RecordTests : IDisposable
{
    private static readonly UnitName Unit = StoreOnTrial.UnitOf("kennel-hello-main-api-0123456789.service");
    private static readonly UnitName Other = StoreOnTrial.UnitOf("kennel-hello-main-api-9876543210.service");
    private static readonly Port Port = StoreOnTrial.PortOf(20000);

    private readonly StoreOnTrial store = new();

    public void Dispose() => store.Dispose();

    public static TheoryData<string> StoreActions =>
        new(
            "lease",
            "release",
            "forget lease",
            "step begun",
            "step done",
            "ready",
            "accepted",
            "rejected",
            "crash",
            "serving",
            "forget deployment",
            "building",
            "built",
            "done",
            "failed",
            "requeue",
            "forget branch"
        );

    [Theory]
    [MemberData(nameof(StoreActions))]
    public async Task Recording_a_fact_shows_and_recording_it_twice_equals_once(string which)
    {
        await store.Register();
        var action = await Prepare(which);
        var before = await store.Read();
        await store.Done(action, "last words");
        var once = await store.Read();
        Assert.NotEqual(before, once);
        store.Clock.Now = store.Clock.Now.AddSeconds(1);
        await store.Done(action, "last words");
        Assert.Equal(once, await store.Read());
    }

    [Fact]
    public async Task A_step_begins_once_and_ends_only_when_it_has_begun()
    {
        await store.Register();
        var begun = (Action.RecordStepBegun)await Prepare("step begun");
        AssertChanged(await store.Record(new Action.RecordStepDone(begun.Release, begun.At)));
        await store.Done(begun);
        AssertChanged(await store.Record(begun with { Boot = Boot('b') }));
        Assert.Equal(
            new StepProgress.Begun(begun.Boot, begun.At),
            (await store.OnlyBranch()).Deployments[0].TargetRelease.Value().Step
        );
    }

    [Fact]
    public async Task A_port_that_another_unit_has_is_refused()
    {
        await store.Register();
        await store.Done(await Prepare("lease"));
        AssertChanged(await store.Record(new Action.LeasePort(Port, Other, (await store.OnlyBranch()).Id)));
        Assert.Equal(Unit, Assert.Single((await store.Read()).Leases.Values).Unit);
    }

    [Fact]
    public async Task A_unit_gets_another_port_only_while_its_old_one_cools()
    {
        await store.Register();
        await store.Done(await Prepare("lease"));
        var second = new Action.LeasePort(StoreOnTrial.PortOf(20001), Unit, (await store.OnlyBranch()).Id);
        AssertChanged(await store.Record(second));
        await store.Done(new Action.ReleasePort(Port, Unit));
        await store.Done(second);
        Assert.Equal(2, (await store.Read()).Leases.Count);
    }

    [Fact]
    public async Task A_port_in_use_is_not_forgotten()
    {
        await store.Register();
        await store.Done(await Prepare("lease"));
        AssertChanged(await store.Record(new Action.ForgetLease(Port, Unit)));
    }

    [Fact]
    public async Task An_outcome_is_recorded_once()
    {
        await store.Register();
        await store.Done(await Prepare("accepted"));
        var release = (await store.TargetRelease()).Id;
        AssertChanged(
            await store.Record(new Action.RecordRejected(release, Unit, StoreOnTrial.Crash, store.Clock.Now))
        );
        Assert.IsType<Outcome.Accepted>((await store.TargetRelease()).Outcome);
        Assert.Empty(await store.Intents.Evidence((await store.OnlyBranch()).Id, CancellationToken.None));
    }

    [Fact]
    public async Task A_rejected_release_keeps_its_cause_and_last_lines()
    {
        await store.Register();
        await store.Done(await Prepare("rejected"), "one", "two\u0000\n");
        var outcome = Assert.IsType<Outcome.Rejected>((await store.TargetRelease()).Outcome);
        Assert.Equal(StoreOnTrial.Crash.Describe(), outcome.Cause);
        var evidence = await store.Intents.Evidence((await store.OnlyBranch()).Id, CancellationToken.None);
        Assert.Equal(["one", "two??"], Assert.Single(evidence).Lines.ToArray());
    }

    [Fact]
    public async Task Readiness_counts_for_one_start_of_the_unit()
    {
        await store.Register();
        var first = (Action.RecordReady)await Prepare("ready");
        await store.Done(first);
        var later = store.Clock.Now.AddSeconds(1);
        await store.Done(first with { Ready = first.Ready with { At = later } });
        Assert.Equal(new Outcome.Untried(first.Ready), (await store.TargetRelease()).Outcome);
        var restarted = first with { Ready = new FirstReady(Invocation('b'), later) };
        await store.Done(restarted);
        Assert.Equal(new Outcome.Untried(restarted.Ready), (await store.TargetRelease()).Outcome);
    }

    [Fact]
    public async Task Only_a_release_that_proved_good_serves()
    {
        await store.Register();
        await store.Built();
        AssertChanged(await store.Record(store.ServeTarget(await store.OnlyBranch())));
    }

    [Fact]
    public async Task All_components_switch_together_or_none_does()
    {
        await store.Register();
        await store.Built("hello", "main", "api", "worker");
        var branch = await store.OnlyBranch();
        await store.Done(new Action.RecordAccepted(branch.Deployments[0].Target.Value(), store.Clock.Now));
        AssertChanged(await store.Record(store.ServeTarget(branch)));
        Assert.All((await store.OnlyBranch()).Deployments, one => Assert.True(one.Serving.IsNone));
    }

    [Fact]
    public async Task A_deployment_in_use_or_with_a_port_is_not_forgotten()
    {
        await store.Register();
        var branch = await store.Serving();
        var forget = new Action.ForgetDeployment(branch.Deployments[0].Id);
        AssertChanged(await store.Record(forget));
        var port = new Action.LeasePort(Port, branch.Deployments[0].Unit(await store.TargetRelease()), branch.Id);
        await store.Done(port);
        await store.Built("hello", "main", "worker");
        await store.Done(
            new Action.RecordServing(branch.Id, Seq1(new ServingChange(forget.Deployment, None)), store.Clock.Now)
        );
        AssertChanged(await store.Record(forget));
        await store.Done(new Action.ReleasePort(Port, port.Unit));
        await store.Done(forget);
        Assert.Equal("worker", Assert.Single((await store.OnlyBranch()).Deployments).Component.Value);
    }

    [Fact]
    public async Task A_branch_that_was_not_removed_or_has_a_port_is_not_forgotten()
    {
        await store.Register();
        await store.Done(await Prepare("lease"));
        var forget = new Action.ForgetBranch((await store.OnlyBranch()).Id);
        AssertChanged(await store.Record(forget));
        await store.RemoveBranch();
        AssertChanged(await store.Record(forget));
        await store.Done(new Action.ReleasePort(Port, Unit));
        await store.Done(forget);
        Assert.Empty((await store.Read()).Branches);
    }

    [Fact]
    public async Task A_branch_whose_build_runs_is_not_forgotten()
    {
        await store.Register();
        var build = await store.Building();
        var forget = new Action.ForgetBranch((await store.OnlyBranch()).Id);
        await store.RemoveBranch();
        AssertChanged(await store.Record(forget));
        await store.Done(
            new Action.RecordBuildEnd(build, BuildState.Cancelled, new Cause.BranchRemoved(), store.Clock.Now)
        );
        await store.Done(forget);
    }

    private async Task<Action.StoreChange> Prepare(string which)
    {
        var now = store.Clock.Now;
        switch (which)
        {
            case "building":
                return new Action.RecordBuilding(await store.Deploy(), Commit('b'), now);
            case "requeue":
                return new Action.RequeueBuild(await store.Building());
            case "failed":
                return new Action.RecordBuildEnd(await store.Building(), BuildState.Failed, new Cause.NoFlake(), now);
            case "built":
                var building = await store.Building();
                return new Action.RecordBuilt(
                    building,
                    StoreOnTrial.Commit,
                    StoreOnTrial.Result(building, "api", "worker"),
                    now
                );
            case "done":
                return new Action.RecordBuildEnd(await store.Built(), BuildState.Done, None, now);
            case "forget deployment":
                await store.Built();
                var deployment = (await store.OnlyBranch()).Deployments[0].Id;
                await store.Built("hello", "main", "worker");
                return new Action.ForgetDeployment(deployment);
        }
        return await PrepareBuilt(which, now);
    }

    private async Task<Action.StoreChange> PrepareBuilt(string which, DateTimeOffset now)
    {
        await store.Built();
        var branch = await store.OnlyBranch();
        var release = branch.Deployments[0].Target.Value();
        var lease = new Action.LeasePort(Port, Unit, branch.Id);
        switch (which)
        {
            case "lease":
                return lease;
            case "release":
                await store.Done(lease);
                return new Action.ReleasePort(Port, Unit);
            case "forget lease":
                await store.Done(lease);
                await store.Done(new Action.ReleasePort(Port, Unit));
                return new Action.ForgetLease(Port, Unit);
            case "step begun":
                return new Action.RecordStepBegun(release, Boot('a'), now);
            case "step done":
                await store.Done(new Action.RecordStepBegun(release, Boot('a'), now));
                return new Action.RecordStepDone(release, now);
            case "ready":
                return new Action.RecordReady(release, new FirstReady(Invocation('a'), now));
            case "accepted":
                return new Action.RecordAccepted(release, now);
            case "rejected":
                return new Action.RecordRejected(release, Unit, StoreOnTrial.Crash, now);
            case "crash":
                return new Action.RecordCrash(branch.Id, Unit, 2, StoreOnTrial.Crash, now);
            case "serving":
                await store.Done(new Action.RecordAccepted(release, now));
                return store.ServeTarget(branch);
            case "forget branch":
                await store.RemoveBranch();
                return new Action.ForgetBranch(branch.Id);
            default:
                throw new ArgumentOutOfRangeException(nameof(which), which, message: null);
        }
    }

    private static void AssertChanged(Effect effect) =>
        Assert.IsType<Cause.Refused>(Assert.IsType<Effect.Failed>(effect).Cause);

    private static BootId Boot(char digit) =>
        StoreOnTrial.Must(BootId.Parse("", $"{new string(digit, 8)}-0000-0000-0000-000000000000"));

    private static InvocationId Invocation(char digit) =>
        StoreOnTrial.Must(InvocationId.Parse("", new string(digit, 32)));

    private static CommitId Commit(char digit) => StoreOnTrial.Must(CommitId.Parse("", new string(digit, 40)));
}
