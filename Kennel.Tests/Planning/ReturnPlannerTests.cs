using Kennel.Core.Domain;
using Kennel.Core.Lifecycle;
using Kennel.Core.Planning;
using Kennel.Tests.Views;
using Action = Kennel.Core.Planning.Action;

namespace Kennel.Tests.Planning;

/// <summary>Build 2 serves, and the branch was rolled back to build 1, which was good once.</summary>
public sealed class ReturnPlannerTests
{
    private static readonly ProbeAnswer Ready = new ProbeAnswer.Connected();
    private static readonly ProbeAnswer Silent = new ProbeAnswer.Silent("connection refused");

    [Fact]
    public void What_was_good_once_is_started_before_it_serves_again()
    {
        var plan = Plan(unit: None, Silent);
        Assert.Contains(plan.Actions, step => step.Action is Action.StartUnit start && start.Unit == Scene.ApiUnit);
        Assert.DoesNotContain(plan.Actions, step => step.Action is Action.RecordServing);
    }

    [Fact]
    public void It_serves_only_once_it_is_ready()
    {
        Assert.DoesNotContain(Plan(Running(1), Silent).Actions, step => step.Action is Action.RecordServing);
        Assert.Contains(Plan(Running(1), Ready).Actions, step => step.Action is Action.RecordServing);
        Assert.DoesNotContain(Plan(Running(1), Ready).Actions, step => step.Action is Action.RecordAccepted);
    }

    [Fact]
    public void It_is_asked_for_its_readiness()
    {
        var inquiry = Inquiry.Of(
            Scene.Desired(RolledBack),
            Running(1).Map(unit => Map((unit.Name, unit))).IfNone(Map<UnitName, ObservedUnit>())
        );
        Assert.Equal([Scene.ApiUnit], inquiry.Probes.Map(question => question.Unit).ToArray());
    }

    [Fact]
    public void One_that_does_not_get_ready_again_blocks_and_is_not_rejected()
    {
        Assert.DoesNotContain(Plan(Running(10), Silent).Notes, IsBlocked);
        var plan = Plan(Running(3600), Silent);
        Assert.Contains(plan.Notes, IsBlocked);
        Assert.DoesNotContain(plan.Actions, step => step.Action is Action.RecordRejected);
    }

    [Fact]
    public void A_target_in_the_very_unit_that_serves_is_as_good_as_that()
    {
        var serving = Scene.Release(Scene.Api, 1, Scene.Accepted);
        var target = serving with { Id = new ReleaseId(99), Build = new BuildId(2), Outcome = Scene.Untried };
        var branch = Scene.Branch(Scene.Deployment(Scene.Api, 1, target, serving));
        var plan = Planner.Plan(Scene.Desired(branch), Scene.Observed());
        Assert.Contains(
            plan.Actions,
            step => step.Action is Action.RecordAccepted accepted && accepted.Release == target.Id
        );
    }

    private static readonly DesiredBranch RolledBack = Scene.Branch(
        Scene.Deployment(
            Scene.Api,
            2,
            Scene.Release(Scene.Api, 2, Scene.Accepted),
            Scene.Release(Scene.Api, 1, Scene.Accepted)
        ) with
        {
            Target = Scene.Release(Scene.Api, 1, Scene.Accepted).Id,
        }
    ) with
    {
        Life = BranchLife.New with { Pin = new BuildId(1) },
    };

    private static bool IsBlocked(Note note) => note is Note.Blocked { By: BlockedBy.NotReadyAgain };

    private static Option<ObservedUnit> Running(int sinceSeconds) =>
        Scene.Unit(Scene.ApiUnit, Scene.Instance, UnitState.Running) with
        {
            Detail = new UnitDetail(None, Scene.Now.AddSeconds(-sinceSeconds), 0, "success", 0, 61234u),
        };

    private static Plan Plan(Option<ObservedUnit> unit, ProbeAnswer answer) =>
        Planner.Plan(
            Scene.Desired(RolledBack),
            Scene.Observed() with
            {
                Units = Observation.Known(unit.Map(one => Map((one.Name, one))).IfNone(Map<UnitName, ObservedUnit>())),
                Probes = Map((Scene.ApiUnit, answer)),
            }
        );
}
