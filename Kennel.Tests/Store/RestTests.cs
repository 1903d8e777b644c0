using Kennel.Core.Domain;
using Kennel.Core.Lifecycle;
using Kennel.Core.Planning;
using Kennel.Core.Ports;
using Kennel.Shell.Store;
using Action = Kennel.Core.Planning.Action;

namespace Kennel.Tests.Store;

public sealed class RestTests : IDisposable
{
    private readonly StoreOnTrial store = new();

    public void Dispose() => store.Dispose();

    [Fact]
    public async Task A_branch_that_is_new_or_built_is_in_use()
    {
        await store.Register();
        await store.Deploy();
        var created = store.Clock.Now;
        Assert.Equal(Some(created), (await store.OnlyBranch()).Life.ActiveAt);

        store.Clock.Now = created.AddDays(3);
        await store.Deploy();
        Assert.Equal(Some(store.Clock.Now), (await store.OnlyBranch()).Life.ActiveAt);
    }

    [Fact]
    public async Task A_mark_that_stands_is_acted_on_and_one_that_does_not_is_not()
    {
        var branch = await Done();
        var at = store.Clock.Now;
        var hibernate = new Action.Hibernate(branch.Id, at, at.AddMinutes(1));
        Assert.IsType<Effect.Failed>(await store.Record(hibernate));

        await store.Done(new Action.MarkExpiring(branch.Id, ExpiryKind.Hibernate, at));
        Assert.IsType<Effect.Failed>(await store.Record(hibernate with { MarkedAt = at.AddSeconds(1) }));
        await store.Done(hibernate);
        await store.Done(hibernate);

        var life = (await store.OnlyBranch()).Life;
        Assert.Equal(new Rest.Asleep(at.AddMinutes(1)), life.Rest);
        Assert.True(life.Expiring.IsNone);
    }

    [Fact]
    public async Task A_build_between_the_mark_and_the_deed_is_in_time()
    {
        var branch = await Done();
        var at = store.Clock.Now;
        await store.Done(new Action.MarkExpiring(branch.Id, ExpiryKind.Remove, at));
        await store.Deploy();

        Assert.IsType<Effect.Failed>(await store.Record(new Action.ExpireBranch(branch.Id, at, "expired", at)));
        Assert.True((await store.OnlyBranch()).Life.Expiring.IsNone);
        Assert.True((await store.OnlyBranch()).Removed.IsNone);
    }

    [Fact]
    public async Task An_expired_branch_is_marked_for_removal_and_the_time_is_kept()
    {
        var branch = await Done();
        var at = store.Clock.Now;
        await store.Done(new Action.RecordWatch(new ActivityWatch(at.AddDays(-40), at)));
        await store.Done(new Action.MarkExpiring(branch.Id, ExpiryKind.Remove, at));
        await store.Done(new Action.ExpireBranch(branch.Id, at, "expired: no activity for 30 days", at.AddMinutes(1)));
        await store.Done(new Action.RecordWatch(new ActivityWatch(at.AddDays(-40), at.AddMinutes(2))));

        var desired = await store.Read();
        Assert.Equal(Some("expired: no activity for 30 days"), desired.Branches[0].Removed.Map(it => it.Reason));
        Assert.Equal(Some(at.AddMinutes(1)), desired.Watch.Bind(watch => watch.RemovedAt));
        Assert.Equal(Some(at.AddMinutes(2)), desired.Watch.Map(watch => watch.Until));
    }

    [Fact]
    public async Task The_watch_can_be_given_up()
    {
        await store.Done(new Action.RecordWatch(new ActivityWatch(store.Clock.Now, store.Clock.Now)));
        await store.Done(new Action.RecordWatch(None));
        Assert.True((await store.Read()).Watch.IsNone);
    }

    [Fact]
    public async Task The_last_use_only_moves_on_unless_it_is_yet_to_come()
    {
        var branch = await Done();
        var now = store.Clock.Now;
        Task Use(DateTimeOffset at, DateTimeOffset found) =>
            store.Done(new Action.RecordActivity(Map((branch.Id, at)), found));
        async Task<Option<DateTimeOffset>> Last() => (await store.OnlyBranch()).Life.ActiveAt;

        await Use(now.AddDays(100), now.AddDays(100));
        await Use(now.AddDays(99), now.AddDays(100));
        Assert.Equal(Some(now.AddDays(100)), await Last());
        await Use(now.AddDays(1), now.AddDays(1));
        Assert.Equal(Some(now.AddDays(1)), await Last());
    }

    [Fact]
    public async Task A_name_wakes_the_branch_it_leads_to_once()
    {
        var branch = await Asleep();
        var host = branch.Deployments[0].Releases[0].Hosts.Head();
        store.Clock.Now = store.Clock.Now.AddHours(5);

        var first = Must(await store.Intents.WakeHost(host, CancellationToken.None));
        var second = Must(await store.Intents.WakeHost(host, CancellationToken.None));
        var life = (await store.OnlyBranch()).Life;

        Assert.Equal(Some(new WokenBranch(branch.Id, true)), first);
        Assert.Equal(Some(new WokenBranch(branch.Id, false)), second);
        Assert.Equal(new Rest.Waking(store.Clock.Now), life.Rest);
        Assert.Equal(Some(store.Clock.Now), life.ActiveAt);
        var nobodys = StoreOnTrial.Must(HostName.Parse("", "nobody.example.org"));
        Assert.Equal(Option<WokenBranch>.None, Must(await store.Intents.WakeHost(nobodys, CancellationToken.None)));
    }

    [Fact]
    public async Task What_is_awake_is_recorded_for_the_start_that_was_seen_only()
    {
        var branch = await Asleep();
        Must(await store.Intents.Wake(StoreOnTrial.Hello, StoreOnTrial.Main, CancellationToken.None));
        var since = store.Clock.Now;

        Assert.IsType<Effect.Failed>(await store.Record(new Action.RecordAwake(branch.Id, since.AddSeconds(-1))));
        await store.Done(new Action.RecordAwake(branch.Id, since));
        await store.Done(new Action.RecordAwake(branch.Id, since));
        Assert.IsType<Rest.Awake>((await store.OnlyBranch()).Life.Rest);
    }

    [Fact]
    public async Task What_is_built_wakes_its_branch()
    {
        await Asleep();
        var build = await store.Building();
        Assert.IsType<Rest.Asleep>((await store.OnlyBranch()).Life.Rest);
        await store.Done(
            new Action.RecordBuilt(build, StoreOnTrial.Commit, StoreOnTrial.Result(build, "api"), store.Clock.Now)
        );
        Assert.IsType<Rest.Waking>((await store.OnlyBranch()).Life.Rest);
    }

    [Fact]
    public async Task What_is_being_built_or_never_ran_does_not_hibernate_by_hand()
    {
        await store.Register();
        Assert.Equal("unknown-branch", await Refused());
        var build = await store.Deploy();
        Assert.Equal("build-under-way", await Refused());
        Must(await store.Intents.Cancel(build, "a test", CancellationToken.None));
        Assert.Equal("nothing-runs", await Refused());
    }

    [Fact]
    public async Task Periods_of_a_project_are_set_and_given_back_to_the_host()
    {
        await store.Register();
        async Task<(Option<TimeSpan>, Option<TimeSpan>)> Set(string? hibernate, string? remove)
        {
            var change = StoreOnTrial.Must(PeriodChange.Parse(hibernate, remove));
            Must(await store.Intents.SetPeriods(StoreOnTrial.Hello, change, CancellationToken.None));
            var project = (await store.Read()).Projects[0];
            return (project.HibernateAfter, project.RemoveAfter);
        }

        Assert.Equal((Some(TimeSpan.FromDays(3)), Option<TimeSpan>.None), await Set("3d", null));
        Assert.Equal((Some(TimeSpan.FromDays(3)), Some(TimeSpan.Zero)), await Set(null, "0"));
        Assert.Equal((Option<TimeSpan>.None, Some(TimeSpan.Zero)), await Set("default", null));
    }

    [Fact]
    public async Task What_happens_all_the_time_is_not_kept_as_history()
    {
        var host = new Subject.Host();
        var watch = new Action.RecordWatch(new ActivityWatch(store.Clock.Now, store.Clock.Now));
        await store.State.Note(
            Seq1(new ActionReport(new PlannedAction(host, watch, "requests are observed"), Effect.Happened)),
            store.Clock.Now,
            CancellationToken.None
        );
        var rows = await store.Database.Read(
            session => session.Number("SELECT count(*) FROM actions"),
            CancellationToken.None
        );
        Assert.Equal(0, rows);
    }

    private static T Must<T>(Either<Refusal, T> value) => StoreOnTrial.Must(value);

    private async Task<string> Refused() =>
        (await store.Intents.Hibernate(StoreOnTrial.Hello, StoreOnTrial.Main, CancellationToken.None)).Match(
            _ => "",
            refusal => refusal.Code
        );

    private async Task<DesiredBranch> Done()
    {
        await store.Register();
        var branch = await store.Serving();
        var build = (await store.Read()).Builds[0].Id;
        await store.Done(new Action.RecordBuildEnd(build, BuildState.Done, None, store.Clock.Now));
        return branch;
    }

    private async Task<DesiredBranch> Asleep()
    {
        var branch = await Done();
        Must(await store.Intents.Hibernate(StoreOnTrial.Hello, StoreOnTrial.Main, CancellationToken.None));
        return branch;
    }
}
