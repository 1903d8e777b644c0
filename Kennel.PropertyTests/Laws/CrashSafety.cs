using Kennel.PropertyTests.World;

namespace Kennel.PropertyTests.Laws;

/// <summary>
/// P1, P5 and the safety laws, exhaustively: in every small scenario, every kind of fault at every single effect ends
/// in the same world as no fault at all.
/// </summary>
public sealed class CrashSafety
{
    public static TheoryData<string> Titles => [.. Scenarios.All.Map(scenario => scenario.Title)];

    [Theory]
    [MemberData(nameof(Titles))]
    public void Any_single_fault_at_any_effect_ends_in_the_world_without_faults(string title)
    {
        var steps = Scenarios
            .All.Find(scenario => scenario.Title == title)
            .IfNone(() => throw new InvalidOperationException())
            .Steps;
        using var reference = Simulation.Run(steps());
        Assert.Empty(reference.Violations);
        var expected = reference.Image();
        for (var effect = 1; effect <= reference.EffectCount; effect++)
        {
            foreach (var kind in Enum.GetValues<FaultKind>())
                Check(steps(), expected, new Fault(effect, kind));
        }
    }

    [Theory]
    [MemberData(nameof(Titles))]
    public void A_second_crash_during_recovery_ends_in_the_same_world_too(string title)
    {
        var steps = Scenarios
            .All.Find(scenario => scenario.Title == title)
            .IfNone(() => throw new InvalidOperationException())
            .Steps;
        using var reference = Simulation.Run(steps());
        var expected = reference.Image();
        for (var effect = 1; effect <= reference.EffectCount; effect++)
            Check(
                steps(),
                expected,
                new Fault(effect, FaultKind.CrashAfter),
                new Fault(effect + 1, FaultKind.CrashBefore)
            );
    }

    private static void Check(Seq<Step> steps, WorldImage expected, params Fault[] faults)
    {
        using var simulation = Simulation.Run(steps, faults);
        var story = string.Join(", ", faults.Select(fault => fault.ToString()));
        Assert.True(simulation.Violations.IsEmpty, $"{story}: {string.Join("; ", simulation.Violations)}");
        // What was built and served on the way depends on when: only a push may come too late or too early for it.
        var isTimed = steps.Exists(step => step is Step.OnForge);
        var (wanted, found) = (expected, simulation.Image());
        if (isTimed)
            (wanted, found) = (wanted.WithoutHistory(), found.WithoutHistory());
        Assert.True(wanted == found, $"{story}:\n{found}\ninstead of\n{wanted}");
    }
}
