namespace Kennel.PropertyTests.World;

/// <summary>The small scenarios of people on the forge in which every fault is tried at every effect.</summary>
public static class ForgeScenarios
{
    private const int StepsToBuild = 4;

    /// <summary>All of them, by what happens in them.</summary>
    public static Seq<(string Title, Func<Seq<Step>> Steps)> All =>
        Seq<(string, Func<Seq<Step>>)>(
            (
                "a push to a branch with an open pull request",
                () =>
                    Seq(
                        Push("feature", "api:1"),
                        On(new ForgeChange.Open(1, "feature")),
                        new Step.Settle(),
                        Push("feature", "api:2"),
                        new Step.Settle()
                    )
            ),
            (
                "a pull request opened, pushed to and closed",
                () =>
                    Seq(
                        Push("feature", "api:1"),
                        On(new ForgeChange.Open(1, "feature")),
                        new Step.Settle(),
                        Push("feature", "api:2"),
                        new Step.Settle(),
                        On(new ForgeChange.Close(1)),
                        new Step.Settle()
                    )
            ),
            (
                "a branch deleted while it is built",
                () =>
                    Seq(
                        Push("feature", "api:1"),
                        new Step.Passes(StepsToBuild),
                        On(new ForgeChange.Delete("feature")),
                        new Step.Settle()
                    )
            ),
            (
                "a push while the commit before it is built",
                () =>
                    Seq(
                        Push("main", "api:1"),
                        new Step.Settle(),
                        Push("main", "api:2"),
                        new Step.Passes(StepsToBuild),
                        Push("main", "api:3"),
                        new Step.Settle()
                    )
            ),
            (
                "a push whose delivery is lost",
                () =>
                    Seq(
                        Push("main", "api:1"),
                        new Step.Settle(),
                        new Step.HoldDeliveries(),
                        Push("main", "api:2"),
                        new Step.Lose(0),
                        new Step.Settle()
                    )
            )
        );

    /// <summary>A new commit is pushed.</summary>
    public static Step Push(string branch, string components, BuildBehaviour build = BuildBehaviour.Good) =>
        On(new ForgeChange.Push(branch, Steps.Commit(components, build: build) with { BuildSeconds = 20 }));

    private static Step On(ForgeChange change) => new Step.OnForge(change);
}
