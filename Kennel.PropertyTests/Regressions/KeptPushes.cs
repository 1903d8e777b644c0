using Kennel.PropertyTests.World;

namespace Kennel.PropertyTests.Regressions;

/// <summary>Pushes that ended wrongly once. They stay, as they were found.</summary>
public sealed class KeptPushes
{
    [Fact]
    public void A_return_to_a_commit_that_was_built_before_does_not_start_the_superseded_build_anew()
    {
        using var simulation = Run(
            Push("main", "api:1"),
            new Step.Settle(),
            Push("main", "api:2", seconds: 20),
            new Step.Passes(4),
            new Step.OnForge(new ForgeChange.Return("main", 0)),
            new Step.Settle()
        );
        Assert.Equal(2, simulation.Host.BuildStarts.Count);
    }

    [Fact]
    public void What_a_fetch_found_before_the_branch_returned_is_not_built_in_the_end()
    {
        using var simulation = Run(
            Push("dev", "api:1", seconds: 20),
            Push("feature", "api:2", seconds: 20),
            new Step.Passes(4),
            Push("main", "api:3"),
            new Step.Passes(2),
            new Step.HoldDeliveries(),
            Push("main", "api:4"),
            new Step.Passes(2),
            new Step.OnForge(new ForgeChange.Return("main", 0)),
            new Step.DeliverAll(),
            new Step.Settle()
        );
    }

    [Fact]
    public void Builds_that_wait_for_the_same_commit_further_back_do_not_hold_up_the_queue()
    {
        var projects = Range(1, 8).Map(number => $"project{number}").ToSeq();
        using var simulation = Run([
            Push("dev", "api:1", seconds: 20),
            Push("feature", "api:2", seconds: 20),
            new Step.Passes(4),
            .. projects.Map(project => Push("feature", $"api:{project}", project: project)),
            new Step.Passes(3),
            .. projects.Map(project => (Step)new Step.OnForge(new ForgeChange.Follow("main", "feature"), project)),
            new Step.Passes(2),
            new Step.Reboot(),
            new Step.Settle(),
        ]);
    }

    [Fact]
    public void A_commit_that_asks_not_to_be_built_does_not_end_the_build_before_it()
    {
        using var simulation = Run(
            Push("main", "api:1", seconds: 20),
            new Step.Passes(4),
            Push("main", "api:2", message: "words only [skip ci]"),
            new Step.Settle()
        );
        Assert.Single(simulation.Host.BuildStarts);
        Assert.Single(simulation.Image().Units);
    }

    [Fact]
    public void A_build_whose_unit_could_not_be_started_keeps_its_place_among_those_that_run()
    {
        for (var effect = 1; effect <= 12; effect++)
        {
            using var simulation = Run(
                [Push("dev", "api:1"), Push("feature", "api:2"), Push("main", "api:3")],
                new Fault(effect, FaultKind.FailClean)
            );
        }
    }

    [Fact]
    public void A_build_whose_unit_could_not_be_started_waits_for_room_like_any_other()
    {
        for (var passes = 1; passes <= 8; passes++)
        {
            for (var effect = 1; effect <= 8; effect++)
            {
                using var simulation = Run(
                    [
                        Push("main", "api:1"),
                        new Step.Passes(passes),
                        new Step.Room(2),
                        new Step.Wait(60_000),
                        new Step.Room(50),
                        new Step.Settle(),
                    ],
                    new Fault(effect, FaultKind.FailClean)
                );
            }
        }
    }

    [Fact]
    public void A_build_whose_unit_could_not_be_started_gives_way_to_a_newer_commit_like_one_that_waits()
    {
        using var simulation = Run(
            [
                Push("main", "api:1 web/:1", seconds: 5),
                Push("dev", "api:2", seconds: 20),
                new Step.HoldDeliveries(),
                Push("feature", "api:3"),
                new Step.Passes(3),
                new Step.OnForge(new ForgeChange.Follow("main", "feature")),
            ],
            new Fault(9, FaultKind.FailClean),
            new Fault(13, FaultKind.FailDirty)
        );
    }

    private static Step Push(
        string branch,
        string components,
        int seconds = 2,
        string message = "",
        string project = "shop"
    ) =>
        new Step.OnForge(
            new ForgeChange.Push(branch, Steps.Commit(components) with { BuildSeconds = seconds, Message = message }),
            project
        );

    private static Simulation Run(params Step[] steps) => Run(steps, []);

    private static Simulation Run(Step[] steps, params Fault[] faults)
    {
        var simulation = Simulation.Run(steps.ToSeq(), faults);
        var problems = Joined(simulation.Violations, ForgeEnd.Problems(simulation, isEverythingBuilt: true));
        Assert.True(problems.IsEmpty, string.Join("\n", problems));
        return simulation;
    }
}
