using FsCheck;
using FsCheck.Fluent;

namespace Kennel.PropertyTests.World;

/// <summary>Random scenarios of people who use branches now and then, of clocks and of time.</summary>
public static class RestScenarioGenerator
{
    private static readonly string[] Branches = ["main", "dev", "topic", "other"];
    private static readonly string[] Components = ["api:1", "api:2", "web/:1", "api:1 web/:1", "api:2 job:1"];

    /// <summary>After how long branches hibernate in these scenarios.</summary>
    public static readonly TimeSpan HibernateAfter = TimeSpan.FromMinutes(100);

    /// <summary>After how long they are removed.</summary>
    public static readonly TimeSpan RemoveAfter = TimeSpan.FromMinutes(300);

    /// <summary>Short lists of steps, in which branches expire from the first on.</summary>
    public static Gen<Seq<Step>> Scenarios =>
        Gen.ListOf(Step)
            .Select(steps => Joined(Seq1<Step>(new Step.Expire(HibernateAfter, RemoveAfter)), steps.ToSeq()));

    private static Gen<Step> Step =>
        Gen.Frequency(
            (5, Deploy),
            (8, Minutes(1, 120)),
            (4, Minutes(90, 320)),
            (5, OfBranch(branch => new Step.Use(branch))),
            (1, OfBranch(branch => new Step.Crawl(branch))),
            (2, OfBranch(branch => new Step.Hibernate(branch))),
            (1, OfBranch(branch => new Step.Wake(branch))),
            (1, OfBranch(branch => new Step.Keep(branch))),
            (1, Gen.Constant((Step)new Step.Reboot())),
            (1, Gen.Constant((Step)new Step.GoBlind("activity"))),
            (1, Gen.Constant((Step)new Step.GoBlind("systemd"))),
            (2, Gen.Constant((Step)new Step.SeeAgain())),
            (1, Gen.Choose(20, 2000).Select(minutes => Jump(minutes))),
            (1, Gen.Choose(20, 2000).Select(minutes => Jump(-minutes)))
        );

    private static Gen<Step> Minutes(int least, int most) =>
        Gen.Choose(least, most).Select(minutes => (Step)new Step.Idle(TimeSpan.FromMinutes(minutes)));

    private static Step Jump(int minutes) => new Step.ClockJump(TimeSpan.FromMinutes(minutes));

    private static Gen<Step> OfBranch(Func<string, Step> step) => Gen.Elements(Branches).Select(step);

    private static Gen<Step> Deploy =>
        from branch in Gen.Elements(Branches)
        from components in Gen.Elements(Components)
        select World.Scenarios.Deploy(branch, components);
}
