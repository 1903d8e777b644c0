namespace Kennel.PropertyTests.World;

/// <summary>The small scenarios in which every fault is tried at every effect.</summary>
public static class Scenarios
{
    /// <summary>All of them, by what happens in them.</summary>
    public static Seq<(string Title, Func<Seq<Step>> Steps)> All =>
        Joined(
            Plain,
            Troubled,
            Stepped,
            Reversed,
            RestScenarios.All,
            ResourceScenarios.All,
            CopyScenarios.All,
            CacheScenarios.All,
            CacheInstanceScenarios.All,
            BucketScenarios.All,
            DomainScenarios.All,
            ForgeScenarios.All
        );

    /// <summary>Those in which a person asks Kennel, and no forge tells it anything.</summary>
    public static Seq<(string Title, Func<Seq<Step>> Steps)> ByHand =>
        Joined(
            Plain,
            Troubled,
            Stepped,
            Reversed,
            RestScenarios.ByHand,
            ResourceScenarios.All,
            CopyScenarios.All,
            CacheScenarios.All,
            CacheInstanceScenarios.All,
            BucketScenarios.All
        );

    private static Seq<(string Title, Func<Seq<Step>> Steps)> Plain =>
        Seq<(string, Func<Seq<Step>>)>(
            ("a first deploy", () => Seq(Deploy("main", "api:1"), new Step.Settle())),
            (
                "a redeploy",
                () => Seq(Deploy("main", "api:1"), new Step.Settle(), Deploy("main", "api:2"), new Step.Settle())
            ),
            (
                "a bad release after a good one",
                () =>
                    Seq(
                        Deploy("main", "api:1"),
                        new Step.Settle(),
                        Deploy("main", "api:2", Behaviour.NeverReady),
                        new Step.Settle()
                    )
            ),
            (
                "a removal",
                () => Seq(Deploy("main", "api:1 web/:1"), new Step.Settle(), new Step.Remove("main"), new Step.Settle())
            ),
            (
                "two components that switch together",
                () =>
                    Seq(
                        Deploy("main", "api:1 web/:1"),
                        new Step.Settle(),
                        Deploy("main", "api:2 web/:2", Behaviour.CrashLoop),
                        new Step.Settle(),
                        Deploy("main", "api:3 web/:3"),
                        new Step.Settle()
                    )
            )
        );

    private static Seq<(string Title, Func<Seq<Step>> Steps)> Troubled =>
        Seq<(string, Func<Seq<Step>>)>(
            (
                "two branches, one removed",
                () =>
                    Seq(
                        Deploy("main", "api:1"),
                        Deploy("dev", "api:1"),
                        new Step.Settle(),
                        new Step.Remove("dev"),
                        new Step.Settle()
                    )
            ),
            (
                "a failed build between two good ones",
                () =>
                    Seq(
                        Deploy("main", "api:1"),
                        new Step.Settle(),
                        Deploy("main", "api:2", Behaviour.Good, BuildBehaviour.Fails),
                        new Step.Settle(),
                        Deploy("main", "api:3"),
                        new Step.Settle()
                    )
            ),
            (
                "a reboot while a release is on trial",
                () =>
                    Seq(
                        Deploy("main", "api:1"),
                        new Step.Settle(),
                        Deploy("main", "api:2"),
                        new Step.Passes(12),
                        new Step.Reboot(),
                        new Step.Settle()
                    )
            ),
            (
                "Caddy loses its routes during a redeploy",
                () =>
                    Seq(
                        Deploy("main", "api:1"),
                        new Step.Settle(),
                        Deploy("main", "api:2"),
                        new Step.Passes(14),
                        new Step.LoseRoutes(),
                        new Step.Settle()
                    )
            ),
            (
                "a branch removed while it is built, and back again",
                () =>
                    Seq(
                        Deploy("dev", "api:1"),
                        new Step.Passes(4),
                        new Step.Remove("dev"),
                        Deploy("dev", "api:2"),
                        new Step.Settle()
                    )
            )
        );

    private static Seq<(string Title, Func<Seq<Step>> Steps)> Reversed =>
        Seq<(string, Func<Seq<Step>>)>(
            ("a roll back", () => Joined(TwoReleases, Seq<Step>(new Step.Ask(Request.RollBack), new Step.Settle()))),
            (
                "a roll back, a commit that waits, and an unpinning",
                () =>
                    Joined(
                        TwoReleases,
                        Seq(
                            new Step.Ask(Request.RollBack),
                            new Step.Settle(),
                            Deploy("main", "api:3"),
                            new Step.Settle(),
                            new Step.Ask(Request.Unpin),
                            new Step.Settle()
                        )
                    )
            ),
            (
                "the same build once more",
                () =>
                    Seq(
                        Deploy("main", "api:1 web/:1"),
                        new Step.Settle(),
                        new Step.Ask(Request.Redeploy),
                        new Step.Settle()
                    )
            ),
            (
                "a lock while a release is on trial",
                () =>
                    Seq(
                        Deploy("main", "api:1"),
                        new Step.Settle(),
                        Deploy("main", "api:2"),
                        new Step.Settle(),
                        new Step.Ask(Request.Restart),
                        new Step.Passes(2),
                        new Step.Ask(Request.Lock),
                        new Step.Settle(),
                        new Step.Ask(Request.Unlock),
                        new Step.Settle()
                    )
            )
        );

    private static Seq<Step> TwoReleases =>
        Seq(Deploy("main", "api:1 web/:1"), new Step.Settle(), Deploy("main", "api:2 web/:1"), new Step.Settle());

    private static Seq<(string Title, Func<Seq<Step>> Steps)> Stepped =>
        Seq<(string, Func<Seq<Step>>)>(
            (
                "releases with steps",
                () =>
                    Seq(
                        Deploy("main", "api+:1 job+:1"),
                        new Step.Settle(),
                        Deploy("main", "api+:2 job+:2"),
                        new Step.Settle()
                    )
            ),
            (
                "a stateful service",
                () =>
                    Seq(
                        Deploy("main", "db!:1 web/:1"),
                        new Step.Settle(),
                        Deploy("main", "db!:2 web/:2"),
                        new Step.Settle(),
                        Deploy("main", "db!:3 web/:3", Behaviour.NeverReady),
                        new Step.Settle()
                    )
            ),
            (
                "a stateful service with a step beside another",
                () =>
                    Seq(
                        Deploy("main", "api+:1 db!+:1"),
                        new Step.Settle(),
                        Deploy("main", "api+:2 db!+:2"),
                        new Step.Settle()
                    )
            ),
            (
                "a step that fails",
                () =>
                    Seq(
                        Deploy("main", "api+:1"),
                        new Step.Settle(),
                        Deploy("main", "api+:2", Behaviour.StepFails),
                        new Step.Settle()
                    )
            )
        );

    /// <summary>What happens in one of them.</summary>
    public static Func<Seq<Step>> Steps(string title) =>
        All.Find(scenario => scenario.Title == title).IfNone(() => throw new InvalidOperationException(title)).Steps;

    /// <summary>Deploys a new commit.</summary>
    public static Step Deploy(
        string branch,
        string components,
        Behaviour behaviour = Behaviour.Good,
        BuildBehaviour build = BuildBehaviour.Good
    ) => new Step.Deploy(branch, World.Steps.Commit(components, behaviour, build));
}
