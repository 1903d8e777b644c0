using FsCheck;
using FsCheck.Fluent;
using Kennel.Core.Planning;
using Kennel.PropertyTests.World;

namespace Kennel.PropertyTests.Laws;

/// <summary>P1 to P4, P7 to P10, P13 and P14 over random scenarios with random faults.</summary>
public sealed class Convergence
{
    private const int ScenariosMax = 60;

    [Fact]
    public void A_settled_world_stays_as_it_is_and_nothing_is_planned() =>
        Holds(
            nameof(A_settled_world_stays_as_it_is_and_nothing_is_planned),
            (steps, faults) =>
            {
                using var simulation = Simulation.Run(steps, faults);
                var image = simulation.Image();
                var effects = simulation.EffectCount;
                for (var count = 0; count < 3; count++)
                    simulation.OnePass();
                return simulation.Look().Look.Plan.IsEmpty
                    && simulation.EffectCount == effects
                    && simulation.Image() == image;
            }
        );

    [Fact]
    public void No_law_of_safety_is_broken_on_the_way() =>
        Holds(
            nameof(No_law_of_safety_is_broken_on_the_way),
            (steps, faults) =>
            {
                using var simulation = Simulation.Run(steps, faults);
                return simulation.Violations.IsEmpty;
            }
        );

    [Fact]
    public void The_end_does_not_depend_on_the_way_there() =>
        Holds(
            nameof(The_end_does_not_depend_on_the_way_there),
            (steps, faults) =>
            {
                var last = new Step.Deploy("main", Steps.Commit("api:final web/:final"));
                using var wound = Simulation.Run(
                    Joined(steps, Seq<Step>(new Step.Settle(), new Step.Remove("dev"), last)),
                    faults
                );
                using var straight = Simulation.Run(Seq1<Step>(last));
                return wound.Image().WithoutHistory() == straight.Image().WithoutHistory();
            }
        );

    [Fact]
    public void After_removing_everything_nothing_is_left() =>
        Holds(
            nameof(After_removing_everything_nothing_is_left),
            (steps, faults) =>
            {
                using var simulation = Simulation.Run(
                    Joined(steps, Seq<Step>(new Step.Settle(), new Step.Remove("main"), new Step.Remove("dev"))),
                    faults
                );
                var image = simulation.Image();
                return image.Units.IsEmpty
                    && image.Routes.IsEmpty
                    && image.StateDirectories.IsEmpty
                    && image.Protected.IsEmpty
                    && image.Branches.IsEmpty
                    && image.Residue.IsEmpty;
            }
        );

    [Fact]
    public void The_plan_does_not_depend_on_the_order_of_its_inputs() =>
        Holds(
            nameof(The_plan_does_not_depend_on_the_order_of_its_inputs),
            (steps, faults) =>
            {
                using var simulation = new Simulation(faults.ToSeq());
                return steps.ForAll(step =>
                {
                    simulation.Do(step);
                    var look = simulation.Look();
                    return Planner.Plan(Reversed(look.Look.Desired), look.Look.Observed) == look.Look.Plan;
                });
            }
        );

    [Fact]
    public void A_bad_declaration_followed_by_a_good_one_converges() =>
        Holds(
            nameof(A_bad_declaration_followed_by_a_good_one_converges),
            (steps, faults) =>
            {
                using var simulation = Simulation.Run(
                    Joined(steps, Seq1(Scenarios.Deploy("main", "api:cured"))),
                    faults
                );
                return simulation
                    .Image()
                    .Branches.Values.Any(text => text.Contains("Accepted", StringComparison.Ordinal));
            }
        );

    private static Desired Reversed(Desired desired) =>
        desired with
        {
            Branches = desired
                .Branches.Rev()
                .Map(branch => branch with { Deployments = branch.Deployments.Rev() })
                .ToSeq(),
            Builds = desired.Builds.Rev().ToSeq(),
        };

    private static void Holds(string law, Func<Seq<Step>, Fault[], bool> property)
    {
        var config = Config.QuickThrowOnFailure.WithMaxTest(ScenariosMax).WithEndSize(12).WithName(law);
        var scenarios = ScenarioGenerator.Scenarios.ToArbitrary();
        var faults = ScenarioGenerator.Faults.ToArbitrary();
        Check.One(config, Prop.ForAll(scenarios, faults, property));
    }
}
