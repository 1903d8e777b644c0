using Kennel.Core.Planning;
using Kennel.PropertyTests.World;
using Fault = Kennel.PropertyTests.World.Fault;

namespace Kennel.PropertyTests.Laws;

/// <summary>P1 to P4, P7 to P10, P13 and P14 over random scenarios with random faults.</summary>
public sealed class Convergence
{
    private const int ScenariosMax = 60;
    private const int StepsMax = 12;

    private const ulong Seed = 15567451193250752113;
    private const ulong Gamma = 9039492038544248199;

    [Fact]
    public void A_settled_world_stays_as_it_is_and_nothing_is_planned() =>
        Holds(
            (steps, faults) =>
            {
                using var simulation = Simulation.Run(steps, faults);
                var (image, effects) = (simulation.Image(), simulation.EffectCount);
                for (var count = 0; count < 3; count++)
                    simulation.OnePass();
                Assert.True(simulation.Look().Look.Plan.IsEmpty, simulation.Describe());
                Assert.Equal(effects, simulation.EffectCount);
                Assert.Equal(image, simulation.Image());
            }
        );

    [Fact]
    public void No_law_of_safety_is_broken_on_the_way() =>
        Holds(
            (steps, faults) =>
            {
                using var simulation = Simulation.Run(steps, faults);
                Assert.Empty(simulation.Violations);
            }
        );

    [Fact]
    public void The_end_does_not_depend_on_the_way_there() =>
        Holds(
            (steps, faults) =>
            {
                var last = new Step.Deploy("main", Steps.Commit("api:final web/:final"));
                var end = Seq<Step>(new Step.SeeAgain(), new Step.Settle(), new Step.Remove("dev"), last);
                using var wound = Simulation.Run(Joined(steps, Steps.LetGo("main"), end), faults);
                using var straight = Simulation.Run(Seq1<Step>(last));
                if (!IsBuildLost(wound))
                    Assert.Equal(straight.Image().WithoutHistory(), wound.Image().WithoutHistory());
            }
        );

    [Fact]
    public void After_removing_everything_nothing_is_left() =>
        Holds(
            (steps, faults) =>
            {
                var end = Seq<Step>(
                    new Step.SeeAgain(),
                    new Step.Settle(),
                    new Step.Remove("main"),
                    new Step.Remove("dev")
                );
                using var simulation = Simulation.Run(Joined(steps, Steps.LetGo("main"), end), faults);
                // What was dumped before it went is there for people.
                Assert.Equal(WorldImage.Nothing, simulation.Image() with { Dumps = Set<string>() });
            }
        );

    [Fact]
    public void Executing_every_plan_twice_is_like_executing_it_once() =>
        Holds(
            (steps, _) =>
            {
                using var once = Simulation.Run(steps);
                using var twice = Simulation.RunTwice(steps);
                Assert.Empty(twice.Violations);
                Assert.Equal(once.Image(), twice.Image());
            }
        );

    [Fact]
    public void The_plan_does_not_depend_on_the_order_of_its_inputs() =>
        Holds(
            (steps, faults) =>
            {
                using var simulation = new Simulation(faults.ToSeq());
                steps.Iter(step =>
                {
                    simulation.Do(step);
                    var look = simulation.Look().Look;
                    Assert.Equal(look.Plan, Planner.Plan(Reversed(look.Desired), look.Observed));
                });
            }
        );

    [Fact]
    public void A_bad_declaration_followed_by_a_good_one_converges() =>
        Holds(
            (steps, faults) =>
            {
                var cure = Scenarios.Deploy("main", "api:cured");
                using var simulation = Simulation.Run(Joined(steps, Steps.LetGo("main"), Seq1(cure)), faults);
                if (IsBuildLost(simulation))
                    return;
                var main = simulation.Image().Branches["shop/main"];
                Assert.Contains("Accepted", main, StringComparison.Ordinal);
                Assert.DoesNotContain("rejected", main, StringComparison.Ordinal);
            }
        );

    // Two faults that hit both starts of one build end it: a unit that is gone is queued again once, then failed.
    private static bool IsBuildLost(Simulation simulation) =>
        simulation.Store.Builds().Exists(build => build.Cause == "build-lost");

    private static Desired Reversed(Desired desired) =>
        desired with
        {
            Branches = desired
                .Branches.Rev()
                .Map(branch => branch with { Deployments = branch.Deployments.Rev() })
                .ToSeq(),
            Builds = desired.Builds.Rev().ToSeq(),
        };

    private static void Holds(Action<Seq<Step>, Fault[]> law) =>
        Exploration.Holds(ScenarioGenerator.Scenarios, new Exploration(ScenariosMax, StepsMax, Seed, Gamma), law);
}
