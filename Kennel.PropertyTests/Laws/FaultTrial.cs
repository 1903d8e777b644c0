using Kennel.PropertyTests.World;

namespace Kennel.PropertyTests.Laws;

/// <summary>A small scenario with chosen faults, held against the same without.</summary>
internal static class FaultTrial
{
    /// <summary>Every kind of fault at every single effect.</summary>
    public static void EachFaultAtEachEffect(Func<Seq<Step>> steps)
    {
        using var reference = Simulation.Run(steps());
        Assert.Empty(reference.Violations);
        var expected = reference.Image();
        for (var effect = 1; effect <= reference.EffectCount; effect++)
        {
            foreach (var kind in Enum.GetValues<FaultKind>())
                Check(steps(), expected, new Fault(effect, kind));
        }
    }

    /// <summary>A crash after every single effect, and one before the effect that follows.</summary>
    public static void TwoCrashesAtEachEffect(Func<Seq<Step>> steps)
    {
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
