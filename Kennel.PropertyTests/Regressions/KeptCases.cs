using Kennel.PropertyTests.World;
using Fault = Kennel.PropertyTests.World.Fault;

namespace Kennel.PropertyTests.Regressions;

/// <summary>Cases that random runs found failing once. They stay, as they were found.</summary>
public sealed class KeptCases
{
    [Fact]
    public void Removal_takes_the_data_of_components_that_were_dropped_before()
    {
        using var simulation = Simulation.Run(
            Seq<Step>(
                Scenarios.Deploy("dev", "api:1"),
                Scenarios.Deploy("dev", "api:2 job:1", Behaviour.ReadyThenCrash),
                new Step.Settle(),
                new Step.StopByHand("main"),
                Scenarios.Deploy("dev", "api:2"),
                new Step.Settle(),
                new Step.Remove("dev")
            )
        );
        Assert.Equal(WorldImage.Nothing, simulation.Image());
    }

    [Fact]
    public void A_build_unit_that_cannot_be_started_once_is_started_again()
    {
        using var simulation = Simulation.Run(
            Seq1(Scenarios.Deploy("main", "api:1")),
            new Fault(5, FaultKind.FailClean)
        );
        Assert.Single(simulation.Image().Units);
    }

    [Fact]
    public void Garbage_collected_while_a_result_cannot_be_taken_does_not_hold_up_the_queue()
    {
        using var simulation = Simulation.Run(
            Seq<Step>(
                Scenarios.Deploy("main", "api:1 web/:1", Behaviour.WrongPort),
                new Step.GoBlind("directories"),
                Scenarios.Deploy("dev", "api:2", Behaviour.WrongPort, BuildBehaviour.Killed),
                new Step.Passes(16),
                new Step.Remove("dev"),
                new Step.CollectGarbage(),
                new Step.SeeAgain(),
                new Step.Settle(),
                Scenarios.Deploy("main", "api:cured")
            )
        );
        Assert.Single(simulation.Image().Units);
    }

    [Fact]
    public void What_was_good_once_is_served_again_only_when_it_is_ready_again()
    {
        using var simulation = Simulation.Run(
            Seq<Step>(
                Scenarios.Deploy("main", "api:1"),
                new Step.Settle(),
                Scenarios.Deploy("main", "api:2"),
                new Step.Settle(),
                Scenarios.Deploy("main", "api:1"),
                new Step.Settle()
            )
        );
        Assert.Empty(simulation.Violations);
    }
}
