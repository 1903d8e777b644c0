using Kennel.Core.Domain;
using Kennel.Core.Lifecycle;
using Kennel.Core.Planning;
using Kennel.Core.Routing;
using Kennel.Tests.Views;
using Action = Kennel.Core.Planning.Action;

namespace Kennel.Tests.Planning;

public sealed class LockPlannerTests
{
    private static readonly DesiredProject Locked = Scene.Project with
    {
        Lock = new ProjectLock(Scene.Now, "the exam runs"),
    };

    [Fact]
    public void What_serves_in_a_locked_project_is_kept_running()
    {
        var plan = Plan(Scene.Live() with { Project = Locked }, Map<UnitName, ObservedUnit>());
        Assert.Contains(plan.Actions, step => step.Action is Action.StartUnit start && start.Unit == Scene.ApiUnit);
    }

    [Fact]
    public void Nothing_is_tried_or_switched_in_a_locked_project()
    {
        var branch = Scene.Branch(
            Scene.Deployment(
                Scene.Api,
                1,
                Scene.Release(Scene.Api, 2, Scene.Untried),
                Scene.Release(Scene.Api, 1, Scene.Accepted)
            ),
            Scene.Deployment(
                Scene.Docs,
                1,
                Scene.Release(Scene.Docs, 2, Scene.Untried),
                Scene.Release(Scene.Docs, 1, Scene.Accepted)
            )
        );
        Assert.Contains(Plan(branch).Actions, step => step.Action is Action.StartUnit);
        var plan = Plan(branch with { Project = Locked });
        Assert.Empty(Changes(plan));
        Assert.Contains(plan.Notes, note => note is Note.Waiting { Subject: Subject.OfBranch, On: WaitingOn.Lock });
    }

    [Fact]
    public void Nothing_of_a_removed_branch_goes_while_its_project_is_locked()
    {
        var removed = Scene.Live() with { Removed = new Removal(Scene.Now, "deleted") };
        Assert.NotEmpty(Changes(Plan(removed)));
        Assert.Empty(Changes(Plan(removed with { Project = Locked })));
    }

    [Fact]
    public void A_lock_in_the_middle_of_a_removal_brings_nothing_back()
    {
        var removed = Scene.Live() with { Project = Locked, Removed = new Removal(Scene.Now, "deleted") };
        var desired = Scene.Desired(removed) with { Projects = Seq1(Locked), Leases = Map<Port, Lease>() };
        var observed = Scene.Observed() with { Units = Observation.Known(Map<UnitName, ObservedUnit>()) };

        Assert.Empty(Changes(Planner.Plan(desired, observed)));
    }

    [Fact]
    public void A_build_of_a_locked_project_waits_and_takes_nobodys_place()
    {
        var build = Scene.Queued(7, Locked, Scene.Main);
        var desired = Scene.Desired(Scene.Live() with { Project = Locked }) with { Builds = Seq1(build) };
        var plan = Planner.Plan(desired, Scene.Observed());
        Assert.DoesNotContain(plan.Actions, step => step.Action is Action.StartFetch);
        Assert.Contains(
            plan.Notes,
            note => note is Note.Waiting { Subject: Subject.OfBuild, On: WaitingOn.Lock { Reason: "the exam runs" } }
        );
    }

    [Fact]
    public void Every_address_of_a_branch_in_maintenance_leads_to_the_page_and_its_units_run_on()
    {
        var branch = Scene.Live() with
        {
            Life = BranchLife.New with { Maintenance = new Maintenance(Scene.Now, "back at noon") },
        };
        var plan = Plan(branch);
        var write = Assert.IsType<Action.WriteRoutes>(Assert.Single(Changes(plan)));
        Assert.All(
            write.Table.Entries.Values,
            entry => Assert.Equal(new Route.Maintenance("back at noon"), entry.Route)
        );
    }

    private static Seq<Action> Changes(Plan plan) =>
        plan
            .Actions.Map(step => step.Action)
            .Filter(action => action is not (Action.AddRoot or Action.StartListing))
            .ToSeq();

    private static Plan Plan(DesiredBranch branch, Option<Map<UnitName, ObservedUnit>> units = default) =>
        Planner.Plan(
            Scene.Desired(branch) with
            {
                Projects = Seq1(branch.Project),
            },
            units.Match(known => Scene.Observed() with { Units = Observation.Known(known) }, () => Scene.Observed())
        );
}
