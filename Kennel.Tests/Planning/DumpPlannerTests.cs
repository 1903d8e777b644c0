using Kennel.Core.Domain;
using Kennel.Core.Planning;
using Kennel.Tests.Views;
using Action = Kennel.Core.Planning.Action;

namespace Kennel.Tests.Planning;

public sealed class DumpPlannerTests
{
    private static readonly DatabaseName Name = Scene.Sure(DatabaseName.Parse("test", "kennel_hello_main"));
    private static readonly Release Next = Scene.Release(Scene.Api, 5, Scene.Untried);
    private static readonly DumpName Dump = DumpName.BeforeBuild(Name, Next.Build, Next.Commit);

    [Fact]
    public void Production_is_dumped_before_a_release_is_tried_on_it()
    {
        var (part, isDone) = Before(Scene.Live(), Map<DumpName, DumpState>());

        Assert.False(isDone);
        Assert.Equal(new Action.StartDump(Name, Dump), Assert.Single(part.Steps).Action);
    }

    [Fact]
    public void The_release_waits_until_the_dump_is_there()
    {
        Assert.False(Before(Scene.Live(), Map((Dump, (DumpState)new DumpState.Running()))).IsDone);
        Assert.True(Before(Scene.Live(), Map((Dump, (DumpState)new DumpState.Done(Scene.Now, 1)))).IsDone);
    }

    [Fact]
    public void A_dump_that_failed_is_tried_again_after_a_pause_and_the_release_waits()
    {
        var failed = new DumpState.Failed(new Cause.Refused("pg_dump", "disk full"), Scene.Now, 3);

        var (part, isDone) = Before(Scene.Live(), Map((Dump, (DumpState)failed)));

        Assert.False(isDone);
        Assert.Empty(part.Steps);
        Assert.Equal(Some(Scene.Now.AddSeconds(4)), part.LookAt);
        Assert.NotEmpty(
            Before(Scene.Live(), Map((Dump, (DumpState)(failed with { At = Scene.Now.AddSeconds(-4) })))).Part.Steps
        );
    }

    [Fact]
    public void What_cannot_be_seen_is_neither_made_nor_passed_over()
    {
        var (part, isDone) = DumpPlanner.BeforeBuild(
            new Sight(Scene.Desired(), Scene.Observed()),
            Scene.Live(),
            Name,
            Next
        );

        Assert.False(isDone);
        Assert.Empty(part.Steps);
        Assert.NotEmpty(part.Notes);
    }

    [Fact]
    public void Nothing_is_dumped_for_previews_nor_before_the_first_release_nor_where_none_are_kept()
    {
        var preview = Scene.Live() with { Environment = DeployEnvironment.Preview };
        var first = Scene.Live() with
        {
            Deployments = Scene.Live().Deployments.Map(it => it with { Serving = None }).Strict(),
        };

        Assert.True(Before(preview, Map<DumpName, DumpState>()).IsDone);
        Assert.True(Before(first, Map<DumpName, DumpState>()).IsDone);
        Assert.True(Before(Scene.Live(), Map<DumpName, DumpState>(), kept: 0).IsDone);
    }

    [Fact]
    public void The_newest_dumps_of_each_database_stay()
    {
        var other = Scene.Sure(DatabaseName.Parse("test", "kennel_other_main"));
        var dumps = toMap(
            Joined(
                Range(1, 4).ToSeq().Map(day => (Of(Name, day), Made(day))),
                Seq1((DumpName.BeforeRemoval(other, new BranchId(1), Scene.Now), Made(0))),
                Seq1((Of(other, 99), (DumpState)new DumpState.Running()))
            )
        );

        var removed = DumpPlanner.Retire(Sight(dumps, kept: 3)).Bind(part => part.Steps).Map(step => step.Action);

        Assert.Equal(Seq1((Action)new Action.RemoveDump(Of(Name, 1))), removed);
        Assert.Empty(DumpPlanner.Retire(Sight(dumps, kept: 0)));
    }

    [Fact]
    public void None_goes_while_one_has_a_date_in_the_future()
    {
        var dumps = toMap(Range(1, 4).ToSeq().Map(day => (Of(Name, day), Made(day + 8))));

        Assert.Empty(DumpPlanner.Retire(Sight(dumps, kept: 1)));
    }

    [Fact]
    public void A_dump_for_a_build_of_the_same_number_is_not_taken_for_its_own()
    {
        var earlier = DumpName.BeforeBuild(Name, Next.Build, Scene.Commit(4));

        Assert.Equal(
            new Action.StartDump(Name, Dump),
            Assert.Single(Before(Scene.Live(), Map((earlier, Made(1)))).Part.Steps).Action
        );
    }

    [Fact]
    public void Nor_is_one_for_an_earlier_removal_of_a_branch_of_the_same_number()
    {
        var earlier = DumpName.BeforeRemoval(Name, Scene.Live().Id, Scene.Now.AddDays(-9));

        var (part, isDone) = DumpPlanner.BeforeRemoval(
            Sight(Map((earlier, Made(1))), kept: 7),
            Scene.Live(),
            Name,
            new Removal(Scene.Now, "deleted")
        );

        Assert.False(isDone);
        Assert.NotEmpty(part.Steps);
    }

    private static DumpName Of(DatabaseName database, int build) =>
        DumpName.BeforeBuild(database, new BuildId(build), Scene.Commit(1));

    private static DumpState Made(int day) => new DumpState.Done(Scene.Now.AddDays(day - 10), 1);

    private static (Part Part, bool IsDone) Before(
        DesiredBranch branch,
        Map<DumpName, DumpState> dumps,
        int kept = 7
    ) => DumpPlanner.BeforeBuild(Sight(dumps, kept), branch, Name, Next);

    private static Sight Sight(Map<DumpName, DumpState> dumps, int kept) =>
        new(
            Scene.Desired() with
            {
                Settings = Scene.Settings with { DumpsKept = kept },
            },
            Scene.Observed() with
            {
                Dumps = Observation.Known(dumps),
            }
        );
}
