using Kennel.Core.Planning;

namespace Kennel.PropertyTests.World;

/// <summary>The small scenarios of buckets in which every fault is tried at every effect.</summary>
public static class BucketScenarios
{
    /// <summary>All of them.</summary>
    public static Seq<(string Title, Func<Seq<Step>> Steps)> All =>
        Seq<(string, Func<Seq<Step>>)>(
            (
                "a bucket among buckets of others, and a removal",
                () =>
                    Seq(
                        new Step.MakeBucket("kennel-shop-main2"),
                        new Step.MakeBucket("kennel-shop-dev"),
                        Scenarios.Deploy("main", "api#:1"),
                        Scenarios.Deploy("dev", "api#:1"),
                        new Step.Settle(),
                        Scenarios.Deploy("main", "api#+:2"),
                        new Step.Settle(),
                        new Step.Remove("main"),
                        new Step.Remove("dev"),
                        new Step.Settle()
                    )
            ),
            (
                "a branch with a bucket removed, and back again",
                () =>
                    Seq(
                        Scenarios.Deploy("dev", "api#:1"),
                        new Step.Settle(),
                        new Step.Remove("dev"),
                        Scenarios.Deploy("dev", "api#:2"),
                        new Step.Settle()
                    )
            ),
            (
                "all data services, and a removal while Garage cannot be reached",
                () =>
                    Seq(
                        Scenarios.Deploy("dev", "api@%#:1"),
                        new Step.Settle(),
                        new Step.GoBlind(BucketPlanner.System),
                        new Step.Remove("dev"),
                        new Step.Settle(),
                        new Step.SeeAgain(),
                        new Step.Settle()
                    )
            )
        );
}
