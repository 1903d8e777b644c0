using Kennel.PropertyTests.World;

namespace Kennel.PropertyTests.Laws;

/// <summary>The step of a release runs once, before anything of it starts, and decides whether it may.</summary>
public sealed class StepsOfReleases
{
    [Fact]
    public void A_step_that_hangs_is_ended_at_its_time_limit_and_rejects_the_release() =>
        Ends(
            "step-timed-out",
            Deploy("api+:1"),
            new Step.Settle(),
            Deploy("api+:2", Behaviour.StepHangs),
            new Step.Settle()
        );

    [Fact]
    public void A_step_that_a_restart_of_the_machine_interrupted_is_not_repeated()
    {
        using var simulation = Began("api+:2");
        simulation.Do(new Step.Reboot());
        simulation.Settle();

        Assert.Equal("step-interrupted", Assert.Single(simulation.Causes()));
        Assert.Empty(simulation.Violations);
        Assert.Contains("Accepted aims at", simulation.Image().Branches["shop/main"], StringComparison.Ordinal);
    }

    [Fact]
    public void A_release_whose_step_ended_well_before_the_machine_restarted_goes_on()
    {
        using var simulation = Began("api+:2");
        simulation.Do(new Step.Wait(4000));
        simulation.Do(new Step.Reboot());
        simulation.Settle();

        Assert.Empty(simulation.Causes());
        Assert.Empty(simulation.Violations);
    }

    [Fact]
    public void A_step_of_a_release_that_is_wanted_no_more_ends_by_itself_before_the_next_begins()
    {
        using var simulation = Began("api+:2");
        simulation.Do(Deploy("api+:3"));
        simulation.Settle();

        Assert.Empty(simulation.Violations);
        Assert.Contains("Accepted", simulation.Image().Branches["shop/main"], StringComparison.Ordinal);
    }

    [Fact]
    public void Removing_a_branch_ends_its_step_and_leaves_nothing()
    {
        using var simulation = Began("api+:2");
        simulation.Do(new Step.Remove("main"));
        simulation.Settle();

        Assert.Equal(WorldImage.Nothing, simulation.Image());
    }

    private static void Ends(string cause, params Step[] steps)
    {
        using var simulation = Simulation.Run(steps.ToSeq());
        Assert.Equal(cause, Assert.Single(simulation.Causes()));
        Assert.Empty(simulation.Violations);
    }

    /// <summary>Up to the moment in which the step of the second release was started.</summary>
    private static Simulation Began(string components)
    {
        var simulation = new Simulation(Seq<Fault>());
        simulation.Do(Deploy("api+:1"));
        simulation.Settle();
        simulation.Do(Deploy(components));
        for (var count = 0; count < 200 && !simulation.Host.Units.Values.Any(unit => unit.IsStep); count++)
            simulation.Do(new Step.Passes(1));
        return simulation;
    }

    private static Step Deploy(string components, Behaviour behaviour = Behaviour.Good) =>
        Scenarios.Deploy("main", components, behaviour);
}
