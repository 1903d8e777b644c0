using Kennel.Core.Planning;
using Kennel.PropertyTests.World;

namespace Kennel.PropertyTests.Laws;

/// <summary>Whose turn it is to be built, and what happens while there is no room to build at all.</summary>
public sealed class BuildTurns
{
    private const int Minute = 60_000;
    private static readonly ForgeChange First = Push("main", "api:1");

    [Fact]
    public void While_the_disk_is_short_nothing_begins_and_what_lives_stays_until_there_is_room_again()
    {
        using var simulation = Simulation.Run(Seq(On(First), new Step.Settle(), new Step.Room(1)));
        var before = simulation.Image();
        simulation.Do(new Step.Room(1));
        simulation.Do(On(Push("main", "api:2")));
        simulation.Do(new Step.Wait(25 * Minute));
        Assert.Equal((before.Units, before.Routes), (simulation.Image().Units, simulation.Image().Routes));
        Assert.Single(simulation.Host.BuildStarts);
        Assert.Equal(3, simulation.Host.Collections.Count);
        Assert.Contains(simulation.Look().Look.Plan.Notes, note => note is Note.Waiting { On: WaitingOn.Room });
        simulation.Do(new Step.Room(50));
        simulation.Settle();
        Assert.Equal(2, simulation.Host.BuildStarts.Count);
        Assert.Empty(simulation.Violations);
        Assert.Empty(ForgeEnd.Problems(simulation, isEverythingBuilt: true));
    }

    [Fact]
    public void Twenty_builds_of_one_project_do_not_keep_the_one_of_another_from_being_next()
    {
        var many = Range(1, 20).Map(number => On(Push($"topic{number}", $"api:{number}"))).ToSeq();
        var other = Push("topic", "api:other");
        using var simulation = Simulation.Run(
            Joined(many, Seq<Step>(new Step.Wait(1000), On(other, "other"), new Step.Settle()))
        );
        var place = simulation.Host.BuildStarts.ToList().FindIndex(start => start.Commit == other.Commit.Id);
        // Those that ran already end at one time; it is among the ones that then begin.
        Assert.InRange(place, 0, (2 * QueueSettings.Default.BuildsMax) - 1);
        Assert.Empty(simulation.Violations);
        Assert.Empty(ForgeEnd.Problems(simulation, isEverythingBuilt: true));
    }

    [Fact]
    public void A_build_that_ignores_being_stopped_is_seen_dead_before_the_next_one_begins()
    {
        using var simulation = Simulation.Run(
            Seq(
                On(new ForgeChange.Push("main", Steps.Commit("api:1", build: BuildBehaviour.IgnoresStop))),
                new Step.Wait(1000),
                On(Push("main", "api:2")),
                new Step.Settle()
            )
        );
        Assert.Equal(["cancelled", "done"], simulation.Store.Builds().Map(build => build.State).ToArray());
        Assert.Equal("superseded", simulation.Store.Builds()[0].Cause);
        Assert.Empty(simulation.Violations);
    }

    [Fact]
    public void A_build_that_somebody_cancels_ends_as_cancelled_and_is_not_begun_again()
    {
        using var simulation = Simulation.Run(
            Seq(On(First), new Step.Wait(1000), new Step.Cancel("main"), new Step.Settle())
        );
        var build = Assert.Single(simulation.Store.Builds());
        Assert.Equal(("cancelled", "cancelled"), (build.State, build.Cause));
        Assert.Empty(simulation.Violations);
    }

    private static ForgeChange.Push Push(string branch, string components) =>
        new(branch, Steps.Commit(components) with { BuildSeconds = 20 });

    private static Step On(ForgeChange change, string project = "shop") => new Step.OnForge(change, project);
}
