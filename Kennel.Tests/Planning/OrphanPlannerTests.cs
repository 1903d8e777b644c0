using Kennel.Core.Domain;
using Kennel.Core.Planning;
using Kennel.Core.Routing;
using Kennel.Tests.Views;
using Action = Kennel.Core.Planning.Action;

namespace Kennel.Tests.Planning;

public sealed class OrphanPlannerTests
{
    private static readonly InstanceId Another = Scene.Sure(InstanceId.Parse("test", "ffffffffffff"));
    private static readonly UnitName Unit = Scene.Sure(
        UnitName.Parse("test", "kennel-old-main-api-0123456789.service")
    );
    private static readonly RootName Root = RootName.Of(
        Another,
        new BuildId(7),
        Scene.Sure(ComponentName.Parse("test", "api"))
    );
    private static readonly HostName Host = Scene.Sure(HostName.Parse("test", "old.example.org"));

    [Fact]
    public void Orphans_are_told_and_left_alone()
    {
        var plan = Plan();
        Assert.Equal(
            [$"unit {Unit}", $"route {Host}"],
            plan.Notes.Bind(note => note is Note.Orphan orphan ? Seq1(orphan.What) : Seq<string>()).AsEnumerable()
        );
        Assert.DoesNotContain(plan.Actions, step => step.Action is Action.StopUnit);
    }

    [Fact]
    public void A_unit_that_a_person_gave_up_is_stopped() =>
        Assert.Contains(Plan($"unit {Unit}").Actions, step => step.Action == new Action.StopUnit(Unit));

    [Fact]
    public void A_route_that_a_person_gave_up_is_left_out_of_the_next_write()
    {
        var write = Plan($"route {Host}").Routes.Map(step => step.Action).ToSeq().OfType<Action.WriteRoutes>().Single();
        Assert.False(write.Table.Entries.ContainsKey(Host));
    }

    [Fact]
    public void A_root_that_a_person_gave_up_is_removed_and_no_rule_forbids_it()
    {
        var wanted = Wanted($"root {Root}");
        var seen = Seen() with
        {
            Roots = Observation.Known(Map((Root, Scene.Release(Scene.Docs, 1, Scene.Accepted).StorePath))),
        };

        var plan = Planner.Plan(wanted, seen);

        Assert.Contains(plan.Actions, step => step.Action == new Action.RemoveRoot(Root));
        Assert.Empty(Lint.Check(plan, wanted));
    }

    [Fact]
    public void What_was_given_up_and_is_gone_is_forgotten() =>
        Assert.Contains(
            Plan("unit kennel-gone.service").Actions,
            step => step.Action == new Action.ForgetGivenUp(Seq1("unit kennel-gone.service"))
        );

    [Fact]
    public void What_was_given_up_is_not_forgotten_while_it_cannot_be_seen()
    {
        var blind = Seen() with { Units = Observation.Unknown<Map<UnitName, ObservedUnit>>("not now") };
        var plan = Planner.Plan(Wanted("unit kennel-gone.service"), blind);
        Assert.DoesNotContain(plan.Actions, step => step.Action is Action.ForgetGivenUp);
    }

    private static Plan Plan(params string[] givenUp) => Planner.Plan(Wanted(givenUp), Seen());

    private static Desired Wanted(params string[] givenUp) =>
        Scene.Desired(Scene.Live()) with
        {
            GivenUp = toSet(givenUp),
        };

    private static Observed Seen()
    {
        var seen = Scene.Observed();
        return seen with
        {
            Units = seen.Units.Match(
                units => Observation.Known(units.Add(Unit, Scene.Unit(Unit, Some(Another), UnitState.Running))),
                Observation.Unknown<Map<UnitName, ObservedUnit>>
            ),
            Routing = Observation.Known(
                Scene.Routing((Host, new RouteEntry(Another, new Route.Service(Scene.Port(18099)))))
            ),
        };
    }
}
