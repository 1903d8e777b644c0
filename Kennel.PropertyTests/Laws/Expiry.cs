using Kennel.Core.Domain;
using Kennel.Core.Lifecycle;
using Kennel.PropertyTests.World;

namespace Kennel.PropertyTests.Laws;

/// <summary>What time makes of branches: what really is idle expires, and nothing on a guess.</summary>
public sealed class Expiry
{
    private const int ScenariosMax = 100;
    private const int StepsMax = 16;
    private const ulong Seed = 4611998235417020553;
    private const ulong Gamma = 7721908346401135471;

    private static readonly TimeSpan Week = TimeSpan.FromDays(7);
    private static readonly TimeSpan Month = TimeSpan.FromDays(30);
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private static readonly TimeSpan SecondLook = TimeSpan.FromSeconds(60);

    [Fact]
    public void Nothing_expires_on_a_guess()
    {
        var expired = new List<ExpiryKind>();
        Exploration.Holds(
            RestScenarioGenerator.Scenarios,
            new Exploration(ScenariosMax, StepsMax, Seed, Gamma),
            (steps, faults) =>
            {
                using var simulation = Simulation.Run(steps, faults);
                Assert.Empty(simulation.Violations);
                expired.AddRange(simulation.Truth.Expired.Map(one => one.Kind));
            }
        );
        // A law about what expires says nothing where nothing does.
        Assert.All(Enum.GetValues<ExpiryKind>(), kind => Assert.Contains(kind, expired));
    }

    [Fact]
    public void A_branch_that_hibernates_loses_nothing_and_wakes() =>
        Exploration.Holds(
            ScenarioGenerator.Scenarios,
            new Exploration(ScenariosMax, StepsMax, Seed, Gamma),
            (steps, faults) =>
            {
                using var simulation = Simulation.Run(
                    Joined(
                        steps,
                        Seq1<Step>(new Step.SeeAgain()),
                        Steps.LetGo("topic"),
                        Seq1(Scenarios.Deploy("topic", "api:1 web/:1"))
                    ),
                    faults
                );
                var awake = simulation.Image();
                simulation.Do(new Step.Hibernate("topic"));
                simulation.Settle();
                var asleep = simulation.Image();
                simulation.Do(new Step.Use("topic"));
                simulation.Settle();

                Assert.Equal(awake.StateDirectories, asleep.StateDirectories);
                Assert.Equal(awake.Protected, asleep.Protected);
                Assert.Equal(awake.Routes.Keys, asleep.Routes.Keys);
                Assert.Equal($"{awake.Branches["shop/topic"]} Asleep", asleep.Branches["shop/topic"]);
                Assert.DoesNotContain(asleep.Units.Keys, unit => unit.Contains("-topic-", StringComparison.Ordinal));
                Assert.Equal(awake, simulation.Image());
                Assert.Empty(simulation.Violations);
            }
        );

    [Fact]
    public void After_a_week_without_use_a_branch_hibernates_and_after_a_month_it_is_gone()
    {
        using var simulation = Live("main", "topic");
        var began = simulation.Host.Now;
        simulation.Do(new Step.Expire(Week, Month));
        simulation.Do(new Step.Idle(Month + TimeSpan.FromDays(1)));

        var topic = Branch.Parse("test", "topic").Valid();
        Assert.Equal(
            [(ExpiryKind.Hibernate, topic), (ExpiryKind.Remove, topic)],
            simulation.Truth.Expired.Map(one => (one.Kind, one.Branch)).ToArray()
        );
        Assert.InRange(simulation.Truth.Expired[0].At - began, Week, Week + Hour + SecondLook + SecondLook);
        Assert.InRange(simulation.Truth.Expired[1].At - began, Month, Month + Hour + SecondLook + SecondLook);
        Assert.Equal(["shop/main"], simulation.Image().Branches.Keys);
        Assert.Empty(simulation.Violations);
    }

    [Fact]
    public void A_use_on_the_sixth_day_counts_and_a_crawler_does_not()
    {
        using var simulation = Live("topic", "other");
        simulation.Do(new Step.Expire(Week, TimeSpan.Zero));
        for (var day = 1; day <= 8; day++)
        {
            simulation.Do(new Step.Idle(TimeSpan.FromDays(1)));
            simulation.Do(new Step.Crawl("other"));
            if (day == 6)
                simulation.Do(new Step.Use("topic"));
        }
        Assert.Equal(["other"], simulation.Truth.Expired.Map(one => $"{one.Branch}").ToArray());
    }

    [Fact]
    public void A_use_that_was_not_written_before_a_restart_counts_all_the_same()
    {
        using var simulation = Live("topic");
        simulation.Do(new Step.Expire(TimeSpan.FromHours(10), TimeSpan.Zero));
        simulation.Do(new Step.Idle(Hour + Hour));
        simulation.Do(new Step.Use("topic"));
        simulation.Do(new Step.Idle(Hour - TimeSpan.FromMinutes(5)));
        simulation.Do(new Step.Use("topic"));
        simulation.Do(new Step.Idle(TimeSpan.FromMinutes(1)));
        simulation.Do(new Step.Reboot());
        simulation.Do(new Step.Idle(TimeSpan.FromMinutes(590)));
        Assert.Empty(simulation.Truth.Expired);
        Assert.Empty(simulation.Violations);
        simulation.Do(new Step.Idle(Hour));
        Assert.Single(simulation.Truth.Expired);
    }

    [Fact]
    public void While_requests_cannot_be_observed_nothing_expires_and_afterwards_a_whole_period_counts()
    {
        using var simulation = Live("topic");
        simulation.Do(new Step.Expire(Week, TimeSpan.Zero));
        simulation.Do(new Step.Idle(TimeSpan.FromDays(5)));
        simulation.Do(new Step.GoBlind("activity"));
        simulation.Do(new Step.Idle(TimeSpan.FromDays(20)));
        simulation.Do(new Step.SeeAgain());
        simulation.Do(new Step.Idle(TimeSpan.FromDays(6)));
        Assert.Empty(simulation.Truth.Expired);
        simulation.Do(new Step.Idle(TimeSpan.FromDays(2)));
        Assert.Single(simulation.Truth.Expired);
    }

    [Fact]
    public void A_clock_that_jumps_makes_nothing_expire()
    {
        using var simulation = Live("topic");
        simulation.Do(new Step.Expire(Week, Month));
        foreach (var days in Seq(40, -80, 400))
        {
            simulation.Do(new Step.Idle(TimeSpan.FromDays(3)));
            simulation.Do(new Step.ClockJump(TimeSpan.FromDays(days)));
        }
        simulation.Do(new Step.Idle(TimeSpan.FromDays(3)));
        Assert.Empty(simulation.Truth.Expired);
    }

    [Fact]
    public void Branches_go_one_at_a_time()
    {
        using var simulation = Live("one", "two", "three");
        simulation.Do(new Step.Expire(TimeSpan.Zero, Month));
        simulation.Do(new Step.Idle(Month + TimeSpan.FromDays(1)));
        var times = simulation.Truth.Expired.Map(one => one.At).ToArray();
        Assert.Equal(3, times.Length);
        Assert.All(times.Zip(times.Skip(1)), pair => Assert.True(pair.Item2 - pair.Item1 >= TimeSpan.FromMinutes(10)));
        Assert.Equal(WorldImage.Nothing, simulation.Image());
    }

    [Fact]
    public void What_hibernates_and_is_used_every_week_is_never_removed()
    {
        using var simulation = Live("topic");
        simulation.Do(new Step.Expire(TimeSpan.FromHours(10), TimeSpan.FromHours(40)));
        for (var count = 0; count < 5; count++)
        {
            simulation.Do(new Step.Idle(TimeSpan.FromHours(30)));
            simulation.Do(new Step.Use("topic"));
        }
        Assert.Equal(5, simulation.Truth.Expired.Count(one => one.Kind == ExpiryKind.Hibernate));
        Assert.DoesNotContain(simulation.Truth.Expired, one => one.Kind == ExpiryKind.Remove);
        Assert.Empty(simulation.Violations);
    }

    private static Simulation Live(params string[] branches)
    {
        var simulation = new Simulation(Seq<World.Fault>());
        foreach (var branch in branches)
            simulation.Do(Scenarios.Deploy(branch, "api:1 web/:1"));
        simulation.Settle();
        return simulation;
    }
}
