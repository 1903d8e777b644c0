using Xunit.Abstractions;

namespace Kennel.Tests.Host;

// Four classes, so that they run side by side.

public sealed class CrashBeforeOddEffectsTests(ITestOutputHelper output)
{
    [HostFact]
    public Task Killed_before_any_odd_effect_Kennel_ends_in_the_same_world() => CrashWalk.Run("before", 1, output);
}

public sealed class CrashBeforeEvenEffectsTests(ITestOutputHelper output)
{
    [HostFact]
    public Task Killed_before_any_even_effect_Kennel_ends_in_the_same_world() => CrashWalk.Run("before", 0, output);
}

public sealed class CrashAfterOddEffectsTests(ITestOutputHelper output)
{
    [HostFact]
    public Task Killed_after_any_odd_effect_Kennel_ends_in_the_same_world() => CrashWalk.Run("after", 1, output);
}

public sealed class CrashAfterEvenEffectsTests(ITestOutputHelper output)
{
    [HostFact]
    public Task Killed_after_any_even_effect_Kennel_ends_in_the_same_world() => CrashWalk.Run("after", 0, output);
}
