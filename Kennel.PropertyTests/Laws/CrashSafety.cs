using Kennel.PropertyTests.World;

namespace Kennel.PropertyTests.Laws;

/// <summary>
/// P1, P5 and the safety laws, exhaustively: in every small scenario, every kind of fault at every single effect ends
/// in the same world as no fault at all.
/// </summary>
public sealed class CrashSafety
{
    public static TheoryData<string> Titles => [.. Scenarios.ByHand.Map(scenario => scenario.Title)];

    [Theory]
    [MemberData(nameof(Titles))]
    public void Any_single_fault_at_any_effect_ends_in_the_world_without_faults(string title) =>
        FaultTrial.EachFaultAtEachEffect(Scenarios.Steps(title));
}
