using Kennel.PropertyTests.World;

namespace Kennel.PropertyTests.Laws;

/// <summary>P1, P5 and P6 with secrets: any single fault at any effect ends in the world without faults.</summary>
public sealed class SecretCrashSafety
{
    public static TheoryData<string> Titles => [.. SecretScenarios.All.Map(scenario => scenario.Title)];

    [Theory]
    [MemberData(nameof(Titles))]
    public void Any_single_fault_at_any_effect_ends_in_the_world_without_faults(string title) =>
        FaultTrial.EachFaultAtEachEffect(SecretScenarios.Steps(title));
}
