namespace Kennel.PropertyTests.World;

/// <summary>The small scenarios of sleep in which every fault is tried at every effect.</summary>
public static class RestScenarios
{
    private const int PassesToStop = 6;
    private const int PassesToStart = 3;

    private static readonly TimeSpan Week = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Month = TimeSpan.FromSeconds(150);
    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(20);

    /// <summary>All of them.</summary>
    public static Seq<(string Title, Func<Seq<Step>> Steps)> All => Joined(ByHand, OfTime);

    /// <summary>Those in which nobody uses a branch; so that they are short, a week has a minute.</summary>
    public static Seq<(string Title, Func<Seq<Step>> Steps)> OfTime =>
        Seq<(string, Func<Seq<Step>>)>(
            (
                "a branch that nobody uses for a week, and then somebody does",
                () =>
                    Seq(
                        Scenarios.Deploy("topic", "api:1"),
                        new Step.Settle(),
                        new Step.Expire(Week, TimeSpan.Zero),
                        new Step.Idle(Week + Moment + Moment),
                        new Step.Use("topic"),
                        new Step.Idle(Moment)
                    )
            ),
            (
                "a branch that nobody uses for a month",
                () =>
                    Seq(
                        Scenarios.Deploy("topic", "api:1"),
                        new Step.Settle(),
                        new Step.Expire(Week, Month),
                        new Step.Idle(Month + Moment + Moment + Moment)
                    )
            )
        );

    /// <summary>Those in which somebody asks for it.</summary>
    public static Seq<(string Title, Func<Seq<Step>> Steps)> ByHand =>
        Seq<(string, Func<Seq<Step>>)>(
            (
                "a branch that hibernates",
                () =>
                    Seq(
                        Scenarios.Deploy("topic", "api:1 web/:1"),
                        new Step.Settle(),
                        new Step.Hibernate("topic"),
                        new Step.Settle()
                    )
            ),
            (
                "a branch that hibernates and is woken by a request",
                () =>
                    Seq(
                        Scenarios.Deploy("topic", "api:1 job:1 web/:1"),
                        new Step.Settle(),
                        new Step.Hibernate("topic"),
                        new Step.Settle(),
                        new Step.Use("topic"),
                        new Step.Settle()
                    )
            ),
            (
                "a request while a branch falls asleep, and a reboot while it wakes",
                () =>
                    Seq(
                        Scenarios.Deploy("topic", "api:1"),
                        new Step.Settle(),
                        new Step.Hibernate("topic"),
                        new Step.Passes(PassesToStop),
                        new Step.Wake("topic"),
                        new Step.Passes(PassesToStart),
                        new Step.Reboot(),
                        new Step.Settle()
                    )
            ),
            (
                "a branch that hibernates and is deployed to",
                () =>
                    Seq(
                        Scenarios.Deploy("topic", "api:1"),
                        new Step.Settle(),
                        new Step.Hibernate("topic"),
                        new Step.Settle(),
                        Scenarios.Deploy("topic", "api:2"),
                        new Step.Settle()
                    )
            ),
            (
                "a branch that hibernates and is removed",
                () =>
                    Seq(
                        Scenarios.Deploy("topic", "api:1 web/:1"),
                        new Step.Settle(),
                        new Step.Hibernate("topic"),
                        new Step.Settle(),
                        new Step.Remove("topic"),
                        new Step.Settle()
                    )
            )
        );
}
