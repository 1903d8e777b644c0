using Kennel.PropertyTests.World;

namespace Kennel.PropertyTests.Laws;

/// <summary>
/// "Could not be seen" is never "is not there": in every small scenario, each system unseen for three passes from any
/// effect on ends in the same world as if it had been seen.
/// </summary>
public sealed class Blindness
{
    private const int PassesUnseen = 3;

    public static TheoryData<string, string> Cases
    {
        get
        {
            var cases = new TheoryData<string, string>();
            foreach (var (title, _) in Scenarios.ByHand)
            {
                foreach (var system in ScenarioGenerator.Systems.Filter(system => Matters(title, system)))
                    cases.Add(title, system);
            }
            return cases;
        }
    }

    private static bool Matters(string title, string system) =>
        system switch
        {
            Core.Planning.DatabasePlanner.System => IsIn(ResourceScenarios.All, title)
                || IsIn(CopyScenarios.All, title),
            Core.Planning.BucketPlanner.System => IsIn(BucketScenarios.All, title),
            Core.Planning.CachePlanner.System => IsIn(CacheScenarios.All, title),
            _ => true,
        };

    private static bool IsIn(Seq<(string Title, Func<Seq<Step>> Steps)> scenarios, string title) =>
        scenarios.Exists(scenario => scenario.Title == title);

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_system_unseen_for_three_passes_changes_nothing_in_the_end(string title, string system)
    {
        var steps = Scenarios.Steps(title);
        using var reference = Simulation.Run(steps());
        var expected = reference.Image();
        // Within a pass nobody looks anew: what goes unseen between two of its effects goes unseen with the next pass.
        foreach (var effect in reference.PassBoundaries)
        {
            using var simulation = Simulation.RunUnseen(steps(), new Unseen(system, effect, PassesUnseen));
            var story = $"{system} unseen from effect {effect}";
            Assert.True(simulation.Violations.IsEmpty, $"{story}: {string.Join("; ", simulation.Violations)}");
            Assert.True(expected == simulation.Image(), $"{story}:\n{simulation.Image()}\ninstead of\n{expected}");
        }
    }
}
