using Kennel.Core.Domain;
using Kennel.Core.Planning;
using Kennel.Core.Ports;
using Kennel.Shell.Store;
using Action = Kennel.Core.Planning.Action;

namespace Kennel.Tests.Store;

public sealed class HistoryTests : IDisposable
{
    private static readonly UnitName Unit = StoreOnTrial.UnitOf("kennel-hello-main-api-0123456789.service");
    private static readonly Action Stop = new Action.StopUnit(Unit);
    private static readonly Effect Failure = Effect.Refused("systemd", "no");
    private static readonly Effect Silence = Effect.Unanswered("systemd", "no answer");

    private readonly StoreOnTrial store = new();

    public void Dispose() => store.Dispose();

    [Fact]
    public async Task Failures_in_a_row_add_up_in_one_row_that_the_next_success_closes()
    {
        var branch = await Deployed();
        for (var count = 0; count < 3; count++)
            await Note(branch, Stop, Failure);
        var attempts = (await store.Read()).Attempts[ActionKeys.Of(Stop)];
        Assert.Equal((3, store.Clock.Now, "systemd refused: no"), (attempts.Count, attempts.LastAt, attempts.Error));
        await Note(branch, Stop, Effect.Happened);
        Assert.Empty((await store.Read()).Attempts);
        var row = Assert.Single(await History(branch));
        Assert.Equal(("done", 4, "because"), (row.Outcome, row.Attempts, row.Why));
        await Note(branch, Stop, Failure);
        Assert.Equal(1, (await store.Read()).Attempts[ActionKeys.Of(Stop)].Count);
        Assert.Equal(["failed", "done"], (await History(branch)).Map(it => it.Outcome).ToArray());
    }

    [Fact]
    public async Task A_lost_reply_is_no_failure_and_does_not_hide_one()
    {
        var branch = await Deployed();
        await Note(branch, Stop, Silence);
        Assert.Empty((await store.Read()).Attempts);
        await Note(branch, Stop, Failure);
        await Note(branch, Stop, Failure);
        await Note(branch, Stop, Silence);
        Assert.Equal(2, (await store.Read()).Attempts[ActionKeys.Of(Stop)].Count);
    }

    [Fact]
    public async Task Crashes_are_counted_as_the_plan_counts_them_with_their_last_lines()
    {
        var branch = await Deployed();
        for (var count = 1; count <= 3; count++)
        {
            store.Clock.Now = store.Clock.Now.AddSeconds(1);
            await store.Done(Crash(branch, count), $"words {count}");
        }
        Assert.Equal(3, (await store.Read()).Attempts[ActionKeys.OfCrash(Unit)].Count);
        await Note(branch, Stop, Effect.Happened);
        Assert.Equal(3, (await store.Read()).Attempts[ActionKeys.OfCrash(Unit)].Count);
        store.Clock.Now = store.Clock.Now.AddHours(1);
        await store.Done(Crash(branch, 1));
        Assert.Equal(1, (await store.Read()).Attempts[ActionKeys.OfCrash(Unit)].Count);
        Assert.Equal(["words 3"], (await Evidence(branch))[1].Lines.ToArray());
    }

    [Fact]
    public async Task History_and_evidence_are_bounded()
    {
        var branch = await Deployed();
        var reports = Range(0, 300).ToSeq().Map(_ => Report(branch, Stop, Effect.Happened));
        await store.State.Note(reports, store.Clock.Now, CancellationToken.None);
        Assert.Equal(200, (await History(branch)).Count);
        var lines = Enumerable.Range(0, 100).Select(number => $"{number} " + new string('ü', 400)).ToArray();
        for (var count = 1; count <= 8; count++)
        {
            store.Clock.Now = store.Clock.Now.AddSeconds(1);
            await store.Done(Crash(branch, count), lines);
        }
        var evidence = await Evidence(branch);
        Assert.Equal(5, evidence.Count);
        Assert.All(evidence, row => Assert.StartsWith("99 ", row.Lines.Last, StringComparison.Ordinal));
        Assert.All(
            evidence,
            row => Assert.InRange(row.Lines.Sum(line => System.Text.Encoding.UTF8.GetByteCount(line)), 1, 16384)
        );
    }

    [Fact]
    public async Task A_branch_that_is_gone_leaves_a_line_in_the_hosts_history()
    {
        var branch = await Deployed();
        await store.RemoveBranch();
        var end = new Action.RecordBuildEnd(
            (await store.Read()).Builds[0].Id,
            BuildState.Cancelled,
            new Cause.BranchRemoved(),
            store.Clock.Now
        );
        await store.Done(end);
        await store.Done(new Action.ForgetBranch(branch.Id));
        await Note(branch, new Action.ForgetBranch(branch.Id), Effect.Happened);
        Assert.Empty(await History(branch));
    }

    [Fact]
    public async Task Nothing_to_note_writes_nothing()
    {
        var before = store.Database.WriteCount;
        await store.State.Note(Seq<ActionReport>(), store.Clock.Now, CancellationToken.None);
        Assert.Equal(before, store.Database.WriteCount);
    }

    private async Task<DesiredBranch> Deployed()
    {
        await store.Register();
        await store.Deploy();
        return await store.OnlyBranch();
    }

    private Action.StoreChange Crash(DesiredBranch branch, int count) =>
        new Action.RecordCrash(branch.Id, Unit, count, StoreOnTrial.Crash, store.Clock.Now);

    private Task Note(DesiredBranch branch, Action action, Effect effect)
    {
        store.Clock.Now = store.Clock.Now.AddSeconds(1);
        return store.State.Note(Seq1(Report(branch, action, effect)), store.Clock.Now, CancellationToken.None);
    }

    private static ActionReport Report(DesiredBranch branch, Action action, Effect effect) =>
        new(new PlannedAction(branch.Subject, action, "because"), effect);

    private Task<Seq<HistoryRow>> History(DesiredBranch branch) =>
        store.Intents.History(branch.Id, 1000, CancellationToken.None);

    private Task<Seq<EvidenceRow>> Evidence(DesiredBranch branch) =>
        store.Intents.Evidence(branch.Id, CancellationToken.None);
}
