using Xunit.Abstractions;

namespace Kennel.Tests.Host;

// Four classes, so that they run side by side.

public sealed class CrashBeforeEachEffectTests(ITestOutputHelper output)
{
    [HostFact]
    public Task Killed_before_each_effect_one_after_the_other_Kennel_ends_in_the_same_world() =>
        CrashWalk.AtEachEffect("before", output);
}

public sealed class CrashAfterEachEffectTests(ITestOutputHelper output)
{
    [HostFact]
    public Task Killed_after_each_effect_one_after_the_other_Kennel_ends_in_the_same_world() =>
        CrashWalk.AtEachEffect("after", output);
}

public sealed class CrashBeforeSomeEffectsTests(ITestOutputHelper output)
{
    [HostFact]
    public Task Killed_before_effects_that_lie_apart_Kennel_ends_in_the_same_world() =>
        CrashWalk.AtSomeEffects("before", output);
}

public sealed class CrashAfterSomeEffectsTests(ITestOutputHelper output)
{
    [HostFact]
    public Task Killed_after_effects_that_lie_apart_Kennel_ends_in_the_same_world() =>
        CrashWalk.AtSomeEffects("after", output);
}
