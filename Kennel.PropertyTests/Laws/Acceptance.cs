using Kennel.PropertyTests.World;

namespace Kennel.PropertyTests.Laws;

/// <summary>What has not proved good is not shown to anybody, at any moment.</summary>
public sealed class Acceptance
{
    private const int ScenariosMax = 100;
    private const int StepsMax = 12;
    private const ulong Seed = 5120937465019283747;
    private const ulong Gamma = 6610293847561029385;

    [Fact]
    public void Only_accepted_releases_serve()
    {
        var (served, refused) = (0, 0);
        Exploration.Holds(
            ScenarioGenerator.Scenarios,
            new Exploration(ScenariosMax, StepsMax, Seed, Gamma),
            (steps, faults) =>
            {
                using var simulation = Simulation.Run(Joined(Scenarios.Steps("a redeploy")(), steps), faults);
                Assert.Empty(simulation.Violations);
                served += simulation.Serving.AcceptedCount;
                refused += simulation.Causes().Count;
            }
        );
        // A law about what serves says nothing where nothing does, or where everything is good.
        Assert.InRange(served, ScenariosMax, int.MaxValue);
        Assert.InRange(refused, 1, int.MaxValue);
    }

    [Fact]
    public void A_release_that_was_not_accepted_is_noticed_as_serving_and_behind_a_route()
    {
        using var simulation = Simulation.Run(Scenarios.Steps("a first deploy")());
        var rows = simulation.Store.Judged();
        Assert.Empty(new ServingWatch(simulation.Host, () => rows).Check());

        var unjudged = rows.Map(row => row with { IsAccepted = false });

        var told = new ServingWatch(simulation.Host, () => unjudged).Check();
        Assert.Contains(told, one => one.Contains("serves and was not accepted", StringComparison.Ordinal));
        Assert.Contains(told, one => one.Contains("leads to kennel-shop-main-api-", StringComparison.Ordinal));
    }
}
