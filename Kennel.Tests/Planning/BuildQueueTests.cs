using Kennel.Core.Domain;
using Kennel.Core.Planning;
using Kennel.Tests.Views;

namespace Kennel.Tests.Planning;

public sealed class BuildQueueTests
{
    private static readonly Branch Main = Scene.Main;
    private static readonly Branch Feature = new Branch.Git(Scene.Sure(BranchName.Parse("test", "feature")));

    [Fact]
    public void As_many_builds_begin_as_may_run_at_once() =>
        Assert.Equal([1, 2], Beginning(Queued(1, 1, Feature), Queued(2, 2, Feature), Queued(3, 3, Feature)));

    [Fact]
    public void Builds_that_run_take_their_places() =>
        Assert.Equal([2], Beginning(Running(1, 1), Queued(2, 2, Feature), Queued(3, 3, Feature)));

    [Fact]
    public void Default_branches_come_first() =>
        Assert.Equal([2, 3], Beginning(Queued(1, 1, Feature), Queued(2, 2, Main), Queued(3, 3, Main)));

    [Fact]
    public void One_build_of_a_project_is_next_however_many_another_has_queued()
    {
        var many = Range(1, 20).Map(build => Queued(build, 1, Feature, branch: build)).ToSeq();
        Assert.Equal([1, 21], Beginning([.. many, Queued(21, 2, Feature)]));
    }

    [Fact]
    public void A_project_without_a_running_build_comes_before_one_with() =>
        Assert.Equal([3], Beginning(Running(1, 1), Queued(2, 1, Feature), Queued(3, 2, Feature)));

    [Fact]
    public void Among_equals_the_project_comes_first_whose_last_build_began_longest_ago()
    {
        var desired = Of(Running(1, 9), Queued(2, 1, Feature), Queued(3, 2, Feature)) with
        {
            LastStarts = Map((new ProjectId(1), Scene.Now), (new ProjectId(2), Scene.Now.AddHours(-1))),
        };
        Assert.Equal([3], Beginning(desired));
    }

    [Fact]
    public void A_build_whose_commit_is_not_fetched_takes_no_place()
    {
        var desired = Of(Queued(1, 1, Main), Queued(2, 2, Feature), Queued(3, 3, Feature));
        Assert.Equal([2, 3], Beginning(desired, unfetched: [1]));
    }

    [Fact]
    public void A_cancelled_build_takes_no_place() =>
        Assert.Equal(
            [2, 3],
            Beginning(
                Queued(1, 1, Main) with
                {
                    CancelledBy = "somebody",
                },
                Queued(2, 2, Feature),
                Queued(3, 3, Feature)
            )
        );

    [Fact]
    public void Of_two_builds_of_a_commit_the_one_whose_turn_is_first_begins()
    {
        var commit = Some(Scene.Commit(1));
        var waiting = Queued(1, 1, Feature) with { AnnouncedCommit = commit };
        var first = Queued(2, 1, Main, branch: 50) with { AnnouncedCommit = commit };
        Assert.Equal([2], Beginning(waiting, first));
    }

    [Fact]
    public void A_few_more_are_fetched_than_may_begin()
    {
        var builds = Range(1, 10).Map(build => Queued(build, build, Feature)).ToArray();
        var sight = new Sight(Of(builds), Scene.Observed());
        var queue = BuildQueue.Of(sight);
        Assert.Equal([1, 2, 3, 4, 5, 6], builds.Where(build => queue.MayFetch(build)).Select(build => build.Id.Value));
    }

    [Fact]
    public void A_build_that_an_older_one_may_have_to_give_way_to_is_fetched_however_far_behind_it_is()
    {
        var builds = Range(2, 10).Map(build => Queued(build, build, Main)).ToSeq();
        var last = Queued(99, 99, Feature, branch: 1);
        var sight = new Sight(Of([Running(1, 99) with { Branch = last.Branch }, .. builds, last]), Scene.Observed());
        Assert.True(BuildQueue.Of(sight).MayFetch(last));
    }

    [Fact]
    public void A_build_whose_unit_has_ended_needs_no_place()
    {
        var desired = Of(Running(1, 1), Running(2, 2), Queued(3, 3, Feature));
        Assert.Empty(Beginning(desired));
        Assert.Equal([3], BeginningWithout(desired, UnitName.OfBuild(new BuildId(1))));
    }

    private static DesiredBuild Queued(int build, int project, Branch reference, int branch = 0) =>
        Scene.Queued(
            build,
            Scene.Project with
            {
                Id = new ProjectId(project),
            },
            reference,
            branch == 0 ? build : branch
        );

    private static DesiredBuild Running(int build, int project) =>
        Queued(build, project, Feature) with
        {
            State = BuildState.Building,
            Commit = Scene.Commit(1),
        };

    private static Desired Of(params DesiredBuild[] builds) => Scene.Desired() with { Builds = builds.ToSeq() };

    private static int[] Beginning(params DesiredBuild[] builds) => Beginning(Of(builds));

    private static int[] BeginningWithout(Desired desired, UnitName gone) =>
        Beginning(desired, units => units.Remove(gone));

    private static int[] Beginning(Desired desired, params int[] unfetched) =>
        Beginning(desired, units => units, unfetched);

    private static int[] Beginning(
        Desired desired,
        Func<Map<UnitName, ObservedUnit>, Map<UnitName, ObservedUnit>> change,
        params int[] unfetched
    )
    {
        var units = toMap(
            desired
                .Builds.Filter(build => build.State == BuildState.Building)
                .Map(build => UnitName.OfBuild(build.Id))
                .Map(unit => (unit, Scene.Unit(unit, Some(Scene.Instance), UnitState.Running)))
        );
        var fetched = desired
            .Builds.Map(build => build.Id)
            .Filter(build => !unfetched.Contains((int)build.Value))
            .Map(build => (build, (FetchState)new FetchState.Fetched(Scene.Commit(1), "")));
        var observed = Scene.Observed() with { Fetches = toMap(fetched), Units = Observation.Known(change(units)) };
        var sight = new Sight(desired, observed);
        var queue = BuildQueue.Of(sight);
        return desired.Builds.Map(build => build.Id).Filter(queue.MayBegin).Map(build => (int)build.Value).ToArray();
    }
}
