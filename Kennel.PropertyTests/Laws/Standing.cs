using Kennel.PropertyTests.World;

namespace Kennel.PropertyTests.Laws;

/// <summary>A branch that people hold stands where they hold it, and goes on when they let go.</summary>
public sealed class Standing
{
    private const int ScenariosMax = 60;
    private const int StepsMax = 10;
    private const ulong Seed = 4401982371129045537;
    private const ulong Gamma = 8123409187234098173;

    [Fact]
    public void No_law_of_safety_is_broken_where_there_is_something_to_go_back_to() =>
        Exploration.Holds(
            ScenarioGenerator.Scenarios,
            new Exploration(ScenariosMax, StepsMax, Seed, Gamma),
            (steps, faults) =>
            {
                using var simulation = Simulation.Run(Joined(Scenarios.Steps("a redeploy")(), steps), faults);
                Assert.Empty(simulation.Violations);
                Assert.True(simulation.Look().Look.Plan.IsEmpty, simulation.Describe());
            }
        );

    [Fact]
    public void A_pinned_branch_serves_what_it_was_rolled_back_to_whatever_is_pushed_or_collected_meanwhile()
    {
        using var simulation = Simulation.Run(Scenarios.Steps("a roll back")());
        Assert.Contains("build 1", Serving(simulation), StringComparison.Ordinal);
        simulation.Do(Scenarios.Deploy("main", "api:3"));
        simulation.Settle();
        simulation.Do(new Step.CollectGarbage());
        simulation.Do(new Step.Reboot());
        simulation.Settle();
        Assert.Contains("build 1", Serving(simulation), StringComparison.Ordinal);
        simulation.Do(new Step.Ask(Request.Unpin));
        simulation.Settle();
        Assert.Contains("build 3", Serving(simulation), StringComparison.Ordinal);
        Assert.Empty(simulation.Violations);
    }

    [Fact]
    public void Any_number_of_restarts_leaves_the_build_before_to_roll_back_to()
    {
        using var simulation = Simulation.Run(Scenarios.Steps("a redeploy")());
        for (var count = 0; count < 5; count++)
        {
            simulation.Do(new Step.Ask(Request.Restart));
            Assert.Equal(None, simulation.Store.People.Refused);
            simulation.Settle();
        }
        simulation.Do(new Step.CollectGarbage());
        simulation.Do(new Step.Ask(Request.RollBack));
        Assert.Equal(None, simulation.Store.People.Refused);
        simulation.Settle();
        Assert.Contains("build 1", Serving(simulation), StringComparison.Ordinal);
        Assert.Empty(simulation.Violations);
    }

    [Fact]
    public void A_locked_project_serves_what_it_served_through_a_reboot_and_a_removal()
    {
        using var simulation = Simulation.Run(Scenarios.Steps("a first deploy")());
        var routes = simulation.Image().Routes;
        simulation.Do(new Step.Ask(Request.Lock));
        simulation.Do(new Step.Remove("main"));
        simulation.Do(new Step.Reboot());
        simulation.Settle();
        Assert.Equal(routes, simulation.Image().Routes);
        simulation.Do(new Step.Ask(Request.Unlock));
        simulation.Settle();
        Assert.Equal(WorldImage.Nothing, simulation.Image());
    }

    private static string Serving(Simulation simulation) =>
        string.Join(", ", simulation.Store.Serving().Bind(row => row.Build.ToSeq()).Map(build => $"build {build}"));
}
