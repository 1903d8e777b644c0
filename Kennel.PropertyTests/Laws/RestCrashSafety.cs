using Kennel.PropertyTests.World;

namespace Kennel.PropertyTests.Laws;

/// <summary>P5 for branches that nobody uses: any fault on the way to sleep, from it, and to the end.</summary>
public sealed class RestCrashSafety
{
    public static TheoryData<string> Titles => [.. RestScenarios.OfTime.Map(scenario => scenario.Title)];

    [Theory]
    [MemberData(nameof(Titles))]
    public void Any_single_fault_at_any_effect_ends_in_the_world_without_faults(string title) =>
        FaultTrial.EachFaultAtEachEffect(Scenarios.Steps(title));
}
