namespace Kennel.PropertyTests.World;

/// <summary>The small scenarios in which releases are given secrets.</summary>
public static class SecretScenarios
{
    /// <summary>All of them, by what happens in them.</summary>
    public static Seq<(string Title, Func<Seq<Step>> Steps)> All =>
        Seq<(string, Func<Seq<Step>>)>(
            (
                "a release with secrets, and its removal",
                () => Seq(Deploy("main", "api$:1"), new Step.Settle(), new Step.Remove("main"), new Step.Settle())
            ),
            (
                "a secret that changes before the next release",
                () =>
                    Seq(
                        Deploy("main", "api$+:1"),
                        new Step.Settle(),
                        new Step.PutSecret("2"),
                        Deploy("main", "api$+:2"),
                        new Step.Settle()
                    )
            ),
            (
                "a restart of the machine after a secret has changed",
                () =>
                    Seq(
                        Deploy("main", "api$:1 job:1"),
                        new Step.Settle(),
                        new Step.PutSecret("2"),
                        new Step.Reboot(),
                        new Step.Settle()
                    )
            ),
            (
                "a secret that is taken away, and a release that needs it",
                () =>
                    Seq(
                        Deploy("main", "api$:1"),
                        new Step.Settle(),
                        new Step.PutSecret(Option<string>.None),
                        Deploy("main", "api$:2"),
                        new Step.Settle()
                    )
            ),
            (
                "a roll back after a secret has changed, and an unpinning",
                () =>
                    Seq(
                        Deploy("main", "api$+:1"),
                        new Step.Settle(),
                        Deploy("main", "api$+:2"),
                        new Step.Settle(),
                        new Step.PutSecret("2"),
                        new Step.Ask(Request.RollBack),
                        new Step.Settle(),
                        new Step.Ask(Request.Unpin),
                        new Step.Settle()
                    )
            ),
            (
                "a redeploy after a secret has changed, and a restart",
                () =>
                    Seq(
                        Deploy("main", "api$:1"),
                        new Step.Settle(),
                        new Step.PutSecret("2"),
                        new Step.Ask(Request.Redeploy),
                        new Step.Settle(),
                        new Step.Ask(Request.Restart),
                        new Step.Settle()
                    )
            )
        );

    /// <summary>What happens in one of them.</summary>
    public static Func<Seq<Step>> Steps(string title) =>
        All.Find(scenario => scenario.Title == title).IfNone(() => throw new InvalidOperationException(title)).Steps;

    private static Step Deploy(string branch, string components) => Scenarios.Deploy(branch, components);
}
