using Kennel.Core.Planning;

namespace Kennel.PropertyTests.World;

/// <summary>The small scenarios of caches in which every fault is tried at every effect.</summary>
public static class CacheScenarios
{
    /// <summary>All of them.</summary>
    public static Seq<(string Title, Func<Seq<Step>> Steps)> All =>
        Seq<(string, Func<Seq<Step>>)>(
            (
                "a cache among keys of others, and a removal",
                () =>
                    Seq(
                        new Step.WriteKeys(1),
                        new Step.AdmitStranger("kennel-ba9876543210-1", 2),
                        Scenarios.Deploy("main", "api%:1"),
                        new Step.Settle(),
                        Scenarios.Deploy("main", "api%+:2"),
                        new Step.Settle(),
                        new Step.Remove("main"),
                        new Step.Settle()
                    )
            ),
            (
                "two branches with caches, one removed and back again",
                () =>
                    Seq(
                        Scenarios.Deploy("main", "api%:1"),
                        Scenarios.Deploy("dev", "api%:1"),
                        new Step.Settle(),
                        new Step.Remove("dev"),
                        Scenarios.Deploy("dev", "api%:2"),
                        new Step.Settle()
                    )
            ),
            (
                "more branches than caches",
                () =>
                    Seq(
                        new Step.LimitCaches(2),
                        Scenarios.Deploy("main", "api%:1"),
                        new Step.Settle(),
                        Scenarios.Deploy("dev", "api%:1"),
                        new Step.Settle()
                    )
            ),
            (
                "Valkey forgets its users, and a removal while it cannot be reached",
                () =>
                    Seq(
                        Scenarios.Deploy("dev", "api%:1"),
                        new Step.Settle(),
                        new Step.RestartValkey(),
                        new Step.Settle(),
                        new Step.GoBlind(CachePlanner.System),
                        new Step.Remove("dev"),
                        new Step.Settle(),
                        new Step.SeeAgain(),
                        new Step.Settle()
                    )
            )
        );
}
