using Kennel.Core.Planning;

namespace Kennel.PropertyTests.World;

/// <summary>The small scenarios of data services in which every fault is tried at every effect.</summary>
public static class ResourceScenarios
{
    /// <summary>All of them.</summary>
    public static Seq<(string Title, Func<Seq<Step>> Steps)> All =>
        Seq<(string, Func<Seq<Step>>)>(
            ("a first deploy with a database", () => Seq(Scenarios.Deploy("main", "api@:1"), new Step.Settle())),
            (
                "an update with a database, and a removal",
                () =>
                    Seq(
                        Scenarios.Deploy("main", "api@+:1 web/:1"),
                        new Step.Settle(),
                        Scenarios.Deploy("main", "api@+:2 web/:2"),
                        new Step.Settle(),
                        new Step.Remove("main"),
                        new Step.Settle()
                    )
            ),
            (
                "a branch with a database removed, and back again",
                () =>
                    Seq(
                        Scenarios.Deploy("dev", "api@:1"),
                        new Step.Settle(),
                        new Step.Remove("dev"),
                        Scenarios.Deploy("dev", "api@:2"),
                        new Step.Settle()
                    )
            ),
            (
                "a database that is filled, and its updates",
                () =>
                    Seq(
                        Scenarios.Deploy("dev", "api@+*:1"),
                        new Step.Settle(),
                        Scenarios.Deploy("dev", "api@+*:2"),
                        new Step.Settle(),
                        new Step.Ask(Request.Redeploy, "dev"),
                        new Step.Settle()
                    )
            ),
            (
                "a database that is filled with a first release that is bad",
                () =>
                    Seq(
                        Scenarios.Deploy("dev", "api@*:1", Behaviour.CrashLoop),
                        new Step.Settle(),
                        Scenarios.Deploy("dev", "api@*:2"),
                        new Step.Settle()
                    )
            ),
            (
                "production's database is made anew",
                () =>
                    Seq(
                        Scenarios.Deploy("main", "api@:1"),
                        new Step.Settle(),
                        new Step.Ask(Request.ResetDatabase, "main"),
                        new Step.Settle(),
                        new Step.Ask(Request.ResetDatabase, "main"),
                        new Step.Remove("main"),
                        new Step.Settle()
                    )
            ),
            (
                "a removal while PostgreSQL cannot be reached",
                () =>
                    Seq(
                        Scenarios.Deploy("dev", "api@:1"),
                        new Step.Settle(),
                        new Step.GoBlind(DatabasePlanner.System),
                        new Step.Remove("dev"),
                        new Step.Settle(),
                        new Step.SeeAgain(),
                        new Step.Settle()
                    )
            ),
            (
                "a removal among databases of others",
                () =>
                    Seq(
                        new Step.MakeDatabase("kennel_shop_main2"),
                        new Step.MakeDatabase("kennel_shop_dev"),
                        Scenarios.Deploy("main", "api@:1"),
                        Scenarios.Deploy("dev", "api@:1"),
                        new Step.Settle(),
                        new Step.Remove("main"),
                        new Step.Remove("dev"),
                        new Step.Settle()
                    )
            )
        );
}
