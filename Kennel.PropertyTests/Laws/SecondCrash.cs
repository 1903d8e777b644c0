using Kennel.PropertyTests.World;

namespace Kennel.PropertyTests.Laws;

/// <summary>P5 for crashes that follow each other.</summary>
public sealed class SecondCrash
{
    public static TheoryData<string> Titles => [.. Scenarios.All.Map(scenario => scenario.Title)];

    [Theory]
    [MemberData(nameof(Titles))]
    public void A_second_crash_during_recovery_ends_in_the_same_world_too(string title) =>
        FaultTrial.TwoCrashesAtEachEffect(Scenarios.Steps(title));
}
