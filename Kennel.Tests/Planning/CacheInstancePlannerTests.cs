using Kennel.Core.Domain;
using Kennel.Core.Lifecycle;
using Kennel.Core.Planning;
using Kennel.Core.Units;
using Kennel.Core.Views;
using Kennel.Tests.Views;
using Action = Kennel.Core.Planning.Action;

namespace Kennel.Tests.Planning;

/// <summary>What a plan makes of a branch with a valkey-server of its own.</summary>
public sealed class CacheInstancePlannerTests
{
    private static readonly Resource.ValkeyInstance Cache = new(UnitName.OfCache(Scene.Instance, new BranchId(1)));

    private static readonly Resource.Valkey Shared = new(
        CacheUser.Of(Scene.Instance, new BranchId(1)),
        Scene.Sure(CacheNumber.Parse("test", 2))
    );

    [Fact]
    public void The_row_comes_before_the_server_and_nothing_that_needs_it_is_started_with_it()
    {
        var plan = Plan(Needy(), Nothing);

        Assert.Equal(Seq("RecordResource", "StartUnit", "RecordResourcePresent"), Kinds(plan));
        Assert.Equal(Cache.Unit, Started(plan));
        Assert.Empty(Lint.Check(plan, Desired(Needy())));
    }

    [Theory]
    [InlineData(UnitState.Starting)]
    [InlineData(UnitState.Restarting)]
    [InlineData(UnitState.Stopping)]
    [InlineData(UnitState.Inactive)]
    public void A_service_waits_until_the_server_runs(UnitState state)
    {
        var plan = Plan(Needy(Cache), Seen(state));

        Assert.Empty(Kinds(plan));
        Assert.Contains(
            plan.Notes,
            note => note is Note.Waiting { On: WaitingOn.UnitChange on } && on.Unit == Cache.Unit
        );
        Assert.True(plan.NextLookAt.IsSome);
    }

    [Fact]
    public void Then_the_service_is_told_its_address_and_no_file_of_secrets_is_needed()
    {
        var start = Plan(Needy(Cache), Seen(UnitState.Running))
            .Actions.Map(step => step.Action)
            .OfType<Action.StartUnit>()
            .Single();

        Assert.Equal(Scene.ApiUnit, start.Unit);
        var address = $"unix:///run/kennel-cache-{Scene.Instance}-1/valkey.sock?db=0";
        Assert.Contains(
            new UnitProperty("Environment", new UnitValue.Texts(Seq($"VALKEY_URL={address}", $"REDIS_URL={address}"))),
            start.Properties
        );
        Assert.DoesNotContain(start.Properties, property => property.Name == "EnvironmentFiles");
    }

    [Fact]
    public void A_server_that_is_gone_starts_again_before_what_needs_it() =>
        Assert.Equal(Cache.Unit, Started(Plan(Needy(Cache), Nothing)));

    [Fact]
    public void A_server_that_failed_is_recorded_and_waits_longer_each_time()
    {
        var failed = Plan(Needy(Cache), Seen(UnitState.Failed));
        Assert.Equal(Seq("RecordCrash", "ResetUnit"), Kinds(failed));

        var crashed = Desired(Needy(Cache)) with
        {
            Attempts = Map(
                (ActionKeys.OfCrash(Cache.Unit), new Attempts(3, Scene.Now.AddSeconds(-1), "it exited with status 1"))
            ),
        };
        var resting = Planner.Plan(crashed, Nothing);
        Assert.Empty(Kinds(resting));
        Assert.Contains(resting.Notes, note => note is Note.Waiting { On: WaitingOn.Retry });
    }

    [Fact]
    public void A_unit_of_that_name_that_Kennel_did_not_make_is_left_alone_and_in_the_way()
    {
        var foreign = Nothing with
        {
            Units = Observation.Known(Map((Cache.Unit, Scene.Unit(Cache.Unit, None, UnitState.Running)))),
        };

        foreach (var branch in Seq(Needy(), Needy(Cache)))
        {
            var plan = Planner.Plan(Desired(branch), foreign);
            Assert.Empty(Kinds(plan));
            Assert.Contains(plan.Notes, note => note is Note.Blocked { By: BlockedBy.ForeignUnit });
        }
        var removed = Needy(Cache) with { Removed = new Removal(Scene.Now, "test") };
        Assert.DoesNotContain(
            Planner.Plan(Desired(removed), foreign).Actions,
            step => step.Action is Action.StopUnit or Action.ResetUnit
        );
    }

    [Fact]
    public void It_stops_only_when_the_last_service_of_a_branch_that_sleeps_is_gone()
    {
        var asleep = Needy(Cache) with
        {
            Life = BranchLife.New with { Rest = new Rest.Asleep(Scene.Now.AddHours(-1)) },
        };
        var busy = Seen(UnitState.Running) with
        {
            Units = Observation.Known(
                Map(
                    (Cache.Unit, Scene.Unit(Cache.Unit, Scene.Instance, UnitState.Running)),
                    (Scene.ApiUnit, Scene.Unit(Scene.ApiUnit, Scene.Instance, UnitState.Stopping))
                )
            ),
        };

        Assert.DoesNotContain(Plan(asleep, busy).Actions, step => step.Action is Action.StopUnit);
        Assert.Contains(
            Plan(asleep, Seen(UnitState.Running)).Actions,
            step => step.Action == new Action.StopUnit(Cache.Unit)
        );
        Assert.DoesNotContain(Plan(asleep, Nothing).Actions, step => step.Action is Action.ForgetResource);
    }

    [Fact]
    public void A_locked_project_gets_its_server_back_before_its_services()
    {
        var branch = Needy(Cache);
        var locked = branch with
        {
            Project = branch.Project with { Lock = new ProjectLock(Scene.Now, "The exam runs.") },
        };

        Assert.Equal(Cache.Unit, Started(Plan(locked, Nothing)));
        Assert.Equal(Scene.ApiUnit, Started(Plan(locked, Seen(UnitState.Running))));
    }

    [Fact]
    public void What_a_branch_has_stays_whatever_the_host_gives_from_now_on()
    {
        var kept = Plan(Needy(Cache), Nothing, CacheMode.Shared);
        Assert.Equal(Cache.Unit, Started(kept));

        var shared = Plan(Needy(Shared), Nothing);
        Assert.DoesNotContain(shared.Actions, step => step.Action is Action.StartUnit or Action.RecordResource);
        Assert.Contains(shared.Notes, note => note is Note.Waiting { On: WaitingOn.Sight });
    }

    [Fact]
    public void The_hosts_Valkey_is_asked_only_where_something_of_it_is_used()
    {
        Assert.False(NeedsCaches(CacheMode.Instance, Needy()));
        Assert.False(NeedsCaches(CacheMode.Shared, Needy(Cache)));
        Assert.True(NeedsCaches(CacheMode.Shared, Needy()));
        Assert.True(NeedsCaches(CacheMode.Instance, Needy(Shared)));
    }

    [Fact]
    public void A_server_belongs_to_its_branch_and_without_a_row_to_nobody()
    {
        var seen = Seen(UnitState.Running);
        string[] orphan = [$"unit {Cache.Unit}"];

        Assert.Empty(OrphanPlanner.Find(new Sight(Desired(Needy(Cache)), seen)));
        Assert.Equal(orphan, OrphanPlanner.Find(new Sight(Desired(Needy()), seen)).Map(it => it.Title));
        Assert.Empty(
            OrphanPlanner.Find(new Sight(Desired(Needy()) with { Damage = Seq1("row 1 cannot be read") }, seen))
        );
        var item = InventoryView
            .Of(new Look(Desired(Needy(Cache)), seen, Scene.NoPlan))
            .Items.Find(it => it.Name == Cache.Unit.Value);
        Assert.Equal(Some("hello/main"), item.Bind(it => it.Owner));
    }

    private static Observed Nothing =>
        Scene.Observed() with
        {
            Units = Observation.Known(Map<UnitName, ObservedUnit>()),
        };

    private static Observed Seen(UnitState state) =>
        Nothing with
        {
            Units = Observation.Known(Map((Cache.Unit, Scene.Unit(Cache.Unit, Scene.Instance, state)))),
        };

    private static DesiredBranch Needy(params Resource[] resources)
    {
        var release = Scene.Release(Scene.Api, 1, Scene.Accepted);
        var service = ((Specification.Service)release.Specification) with { Resources = Set(ResourceKind.Valkey) };
        return Scene.Branch(Scene.Deployment(Scene.Api, 1, release with { Specification = service })) with
        {
            Resources = resources
                .Select(it => new DesiredResource(new ResourceId(1), it, ResourceState.Present))
                .ToSeq()
                .Strict(),
        };
    }

    private static Desired Desired(DesiredBranch branch, CacheMode mode = CacheMode.Instance) =>
        Scene.Desired(branch) with
        {
            Settings = Scene.Settings with
            {
                Resources = ResourceSettings.None with { Caches = CacheSettings.Default with { Mode = mode } },
            },
        };

    private static bool NeedsCaches(CacheMode mode, DesiredBranch branch) =>
        Inquiry.Of(Desired(branch, mode), Map<UnitName, ObservedUnit>()).NeedsCaches;

    private static Plan Plan(DesiredBranch branch, Observed seen, CacheMode mode = CacheMode.Instance) =>
        Planner.Plan(Desired(branch, mode), seen);

    // What is done for the branch.
    private static Seq<string> Kinds(Plan plan) =>
        plan.Actions.Filter(step => step.Subject is Subject.OfBranch).Map(step => step.Action.GetType().Name).Strict();

    private static UnitName Started(Plan plan) =>
        plan.Actions.Map(step => step.Action).OfType<Action.StartUnit>().Single().Unit;
}
