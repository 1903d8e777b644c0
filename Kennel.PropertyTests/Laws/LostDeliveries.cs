using Kennel.PropertyTests.World;

namespace Kennel.PropertyTests.Laws;

/// <summary>Deliveries that never arrive, one at a time: what makes up for them, and what does not.</summary>
public sealed class LostDeliveries
{
    [Fact]
    public void A_lost_push_is_made_up_for_by_a_look_at_the_repository_and_by_nothing_else()
    {
        using var simulation = After(
            Push("main", "api:1"),
            new Step.Settle(),
            new Step.HoldDeliveries(),
            Push("main", "api:2"),
            new Step.Lose(0),
            new Step.DeliverAll(),
            new Step.Wait(3_600_000)
        );
        Assert.StartsWith("shop has refs/heads/main", Assert.Single(Problems(simulation)), StringComparison.Ordinal);

        LookAround(simulation);
        Assert.Empty(Problems(simulation));
    }

    [Fact]
    public void So_is_a_lost_push_to_a_pull_request()
    {
        using var simulation = After(
            Push("feature", "api:1"),
            On(new ForgeChange.Open(1, "feature")),
            new Step.Settle(),
            new Step.HoldDeliveries(),
            Push("feature", "api:2"),
            new Step.Lose(0),
            new Step.Lose(0),
            new Step.DeliverAll(),
            new Step.Settle()
        );
        Assert.Equal(2, simulation.Forge.Lost.Count);
        Assert.Single(Problems(simulation));

        LookAround(simulation);
        Assert.Empty(Problems(simulation));
    }

    [Fact]
    public void A_branch_of_which_no_delivery_arrived_waits_for_one()
    {
        using var simulation = After(
            new Step.HoldDeliveries(),
            Push("feature", "api:1"),
            new Step.Lose(0),
            new Step.Lose(0),
            new Step.DeliverAll()
        );
        LookAround(simulation);
        Assert.Empty(simulation.Host.BuildStarts);
        Assert.Empty(Problems(simulation));

        simulation.Do(Push("feature", "api:2"));
        simulation.Settle();
        Assert.Single(simulation.Host.BuildStarts);
        Assert.Empty(Problems(simulation));
    }

    [Fact]
    public void What_no_look_can_tell_is_not_lost_in_this_world()
    {
        using var simulation = After(
            Push("feature", "api:1"),
            On(new ForgeChange.Open(1, "feature")),
            new Step.Settle(),
            new Step.HoldDeliveries(),
            On(new ForgeChange.Delete("feature")),
            new Step.Lose(0),
            new Step.Lose(1),
            new Step.DeliverAll(),
            new Step.Settle()
        );
        Assert.Empty(simulation.Forge.Lost);
        Assert.Empty(Problems(simulation));
    }

    private static Step Push(string branch, string components) => ForgeScenarios.Push(branch, components);

    private static Step On(ForgeChange change) => new Step.OnForge(change);

    private static Simulation After(params Step[] steps)
    {
        var simulation = new Simulation(Seq<Fault>());
        steps.Iter(simulation.Do);
        return simulation;
    }

    private static void LookAround(Simulation simulation)
    {
        simulation.Do(new Step.LookAround());
        simulation.Settle();
    }

    private static Seq<string> Problems(Simulation simulation) =>
        Joined(simulation.Violations, ForgeEnd.Problems(simulation, isEverythingBuilt: true));
}
