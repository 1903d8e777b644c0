using Kennel.Core.Planning;
using Kennel.PropertyTests.World;

namespace Kennel.PropertyTests.Laws;

/// <summary>A branch with a valkey-server of its own has that one and nothing in the host's Valkey, and keeps the kind it has.</summary>
public sealed class CacheServers
{
    [Fact]
    public void A_branch_has_its_server_and_nothing_in_the_hosts_Valkey_until_it_is_removed()
    {
        using var simulation = Simulation.Run(
            Seq<Step>(new Step.GiveCaches(CacheMode.Instance), Scenarios.Deploy("main", "api%:1"))
        );
        Assert.Equal(Some("Running"), simulation.Image().Units.Find("cache of shop/main"));
        Assert.Empty(simulation.Image().Caches);

        simulation.Do(new Step.GiveCaches(CacheMode.Shared));
        simulation.Do(Scenarios.Deploy("main", "api%:2"));
        simulation.Settle();
        Assert.Equal(Some("Running"), simulation.Image().Units.Find("cache of shop/main"));
        Assert.Empty(simulation.Image().Caches);

        simulation.Do(new Step.Remove("main"));
        simulation.Settle();
        Assert.Equal(WorldImage.Nothing, simulation.Image());
        Assert.Empty(simulation.Violations);
    }
}
