using Kennel.Core.Domain;
using Kennel.Core.Planning;
using Kennel.Core.Units;
using Kennel.Tests.Views;
using Action = Kennel.Core.Planning.Action;

namespace Kennel.Tests.Planning;

public sealed class SuccessionTests
{
    [Fact]
    public void Two_generations_of_a_service_stand_side_by_side() =>
        Assert.Equal(2, Wanted.Units(Branch(Scene.Untried, isStateful: false)).Count);

    [Fact]
    public void Of_a_stateful_service_only_the_new_one_is_wanted() =>
        Assert.Equal(
            [2L],
            Wanted.Units(Branch(Scene.Untried, isStateful: true)).Map(unit => unit.Release.Build.Value).AsEnumerable()
        );

    [Fact]
    public void The_old_one_comes_back_if_the_new_one_proves_bad() =>
        Assert.Equal(
            [1L],
            Wanted.Units(Branch(Scene.Rejected, isStateful: true)).Map(unit => unit.Release.Build.Value).AsEnumerable()
        );

    [Fact]
    public void The_old_one_is_stopped_though_the_route_leads_to_it_and_the_new_one_waits()
    {
        var branch = Branch(Scene.Untried, isStateful: true);
        var parts = Plan(branch, Scene.ApiUnit);

        Assert.Equal(new Action.StopUnit(Scene.ApiUnit), Assert.Single(Actions(parts)));
        Assert.Contains(
            parts.Bind(part => part.Notes),
            note => note is Note.Waiting { On: WaitingOn.Predecessor on } && on.Unit == Scene.ApiUnit
        );
    }

    [Fact]
    public void Its_port_stays_its_own_while_it_does_not_run()
    {
        var branch = Branch(Scene.Untried, isStateful: true);

        Assert.Empty(PortPlanner.GiveBack(Sight(branch), Wanted.Units(branch)).Bind(part => part.Steps).AsEnumerable());
    }

    [Fact]
    public void The_old_one_serves_on_while_the_step_of_another_service_runs()
    {
        var step = new ReleaseStep("/nix/store/x/bin/migrate", Seq<string>(), None);
        var other = Scene.Sure(ComponentName.Parse("test", "worker"));
        var worker = Scene.Release(other, 2, Scene.Untried) with
        {
            Specification = Service(isStateful: false) with { PreDeploy = step },
        };
        var branch = Branch(Scene.Untried, isStateful: true);
        branch = branch with { Deployments = branch.Deployments.Add(Scene.Deployment(other, None, worker)) };

        Assert.Equal([1L, 2L], Wanted.Units(branch).Map(unit => unit.Release.Build.Value).Order());
    }

    [Fact]
    public void A_foreign_unit_with_its_data_is_in_the_way()
    {
        var branch = Branch(Scene.Untried, isStateful: true);
        var foreign = UnitName.OfGeneration(branch.Deployments[0].Stem, Digest.Of(Seq1("foreign")));
        var sight = Sight(branch, Scene.Unit(foreign, Scene.Other, UnitState.Running));

        Assert.Contains(
            BranchPlanner.Plan(sight, branch, Map<UnitName, Port>()).Bind(part => part.Notes),
            note => note is Note.Blocked { By: BlockedBy.ForeignUnit by } && by.Unit == foreign
        );
    }

    [Fact]
    public void While_the_new_one_is_on_trial_people_are_told_that_the_old_one_was_stopped()
    {
        var branch = Branch(Scene.Untried, isStateful: true);
        var look = Scene.Look(branch);
        var gone = look with
        {
            Observed = look.Observed with { Units = Observation.Known(Map<UnitName, ObservedUnit>()) },
        };

        Assert.Contains(
            "it is stateful, so the old one was stopped first",
            Core.Views.WhyView.Of(gone, branch, Scene.NoMemory).Headline,
            StringComparison.Ordinal
        );
    }

    private static Seq<Action> Actions(Seq<Part> parts) =>
        parts.Bind(part => part.Steps).Map(step => step.Action).Strict();

    private static Seq<Part> Plan(DesiredBranch branch, UnitName running) =>
        BranchPlanner
            .Plan(
                Sight(branch, Scene.Unit(running, Scene.Instance, UnitState.Running)),
                branch,
                Map((branch.Deployments[0].Unit(branch.Deployments[0].Releases[0]), Scene.Port(18001)))
            )
            .Strict();

    private static Sight Sight(DesiredBranch branch, params ObservedUnit[] units) =>
        new(
            Scene.Desired(branch),
            Scene.Observed() with
            {
                Units = Observation.Known(toMap(units.Select(unit => (unit.Name, unit)))),
            }
        );

    private static DesiredBranch Branch(Outcome target, bool isStateful) =>
        Scene.Branch(
            Scene.Deployment(Scene.Api, 1, Release(2, target, isStateful), Release(1, Scene.Accepted, isStateful))
        );

    private static Release Release(int build, Outcome outcome, bool isStateful) =>
        Scene.Release(Scene.Api, build, outcome) with
        {
            Specification = Service(isStateful),
        };

    private static Specification.Service Service(bool isStateful) =>
        new(Seq<UnitProperty>(), Seq<string>(), new Readiness.Tcp(), "hello-main-api") { IsStateful = isStateful };
}
