using Kennel.PropertyTests.World;

namespace Kennel.PropertyTests.Laws;

/// <summary>What becomes of a release that proved good and then crashes again and again.</summary>
public sealed class CrashingAgain
{
    [Fact]
    public void It_is_started_again_with_growing_pauses_and_keeps_its_route()
    {
        using var simulation = new Simulation(Seq<Fault>());
        simulation.Do(Scenarios.Deploy("main", "api:1", Behaviour.LateCrash));
        var starts = new SortedSet<DateTimeOffset>();
        for (var seconds = 0; seconds < 600; seconds++)
        {
            simulation.Do(new Step.Wait(1000));
            var generations = simulation.Host.Units.Values.Where(unit => unit.Name.Build.IsNone);
            starts.UnionWith(generations.Select(unit => unit.StartedAt));
            Assert.True(seconds < 60 || !simulation.Host.Served.Entries.IsEmpty, $"no route after {seconds} s");
        }

        var pauses = starts.Zip(starts.Skip(1), (one, next) => next - one).ToList();
        Assert.InRange(pauses.Count, 5, 12);
        Assert.Equal(pauses.Order(), pauses);
        Assert.True(pauses[^1] > pauses[0] + TimeSpan.FromSeconds(20), string.Join(", ", pauses));
    }
}
