using Kennel.Core.Planning;

namespace Kennel.PropertyTests.World;

/// <summary>The small scenarios of branches with a valkey-server of their own in which every fault is tried at every effect.</summary>
public static class CacheInstanceScenarios
{
    private const int PassesToStart = 3;

    /// <summary>All of them.</summary>
    public static Seq<(string Title, Func<Seq<Step>> Steps)> All => Joined(Short, Long);

    private static Step Instances => new Step.GiveCaches(CacheMode.Instance);

    private static Seq<(string Title, Func<Seq<Step>> Steps)> Short =>
        Seq<(string, Func<Seq<Step>>)>(
            (
                "a cache server of its own, a redeploy with a step, and a removal",
                () =>
                    Seq(
                        Instances,
                        Scenarios.Deploy("main", "api%:1"),
                        new Step.Settle(),
                        Scenarios.Deploy("main", "api%+:2"),
                        new Step.Settle(),
                        new Step.Remove("main"),
                        new Step.Settle()
                    )
            ),
            (
                "a cache server of its own, removed and back again",
                () =>
                    Seq(
                        Instances,
                        Scenarios.Deploy("dev", "api%:1"),
                        new Step.Settle(),
                        new Step.Remove("dev"),
                        Scenarios.Deploy("dev", "api%:2"),
                        new Step.Settle()
                    )
            ),
            (
                "a cache server that crashes, and a reboot",
                () =>
                    Seq(
                        Instances,
                        Scenarios.Deploy("main", "api%:1"),
                        new Step.Settle(),
                        new Step.CrashCaches(),
                        new Step.Settle(),
                        new Step.Reboot(),
                        new Step.Settle()
                    )
            ),
            (
                "a cache server that a new release does not need any more",
                () =>
                    Seq(
                        Instances,
                        Scenarios.Deploy("main", "api%:1"),
                        new Step.Settle(),
                        Scenarios.Deploy("main", "api:2"),
                        new Step.Settle()
                    )
            )
        );

    private static Seq<(string Title, Func<Seq<Step>> Steps)> Long =>
        Seq<(string, Func<Seq<Step>>)>(
            (
                "a branch with a cache server hibernates, and a reboot while it wakes",
                () =>
                    Seq(
                        Instances,
                        Scenarios.Deploy("topic", "api%:1 job:1"),
                        new Step.Settle(),
                        new Step.Hibernate("topic"),
                        new Step.Settle(),
                        new Step.Wake("topic"),
                        new Step.Passes(PassesToStart),
                        new Step.Reboot(),
                        new Step.Settle()
                    )
            ),
            (
                "caches are given otherwise from now on",
                () =>
                    Seq(
                        Scenarios.Deploy("main", "api%:1"),
                        new Step.Settle(),
                        Instances,
                        Scenarios.Deploy("main", "api%:2"),
                        Scenarios.Deploy("dev", "api%:1"),
                        new Step.Settle(),
                        new Step.GiveCaches(CacheMode.Shared),
                        Scenarios.Deploy("dev", "api%:2"),
                        new Step.Settle(),
                        new Step.Remove("main"),
                        new Step.Remove("dev"),
                        new Step.Settle()
                    )
            )
        );
}
