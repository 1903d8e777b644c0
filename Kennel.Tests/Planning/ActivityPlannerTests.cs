using Kennel.Core.Domain;
using Kennel.Core.Lifecycle;
using Kennel.Core.Planning;
using static Kennel.Tests.Planning.IdleScene;
using Action = Kennel.Core.Planning.Action;

namespace Kennel.Tests.Planning;

public sealed class ActivityPlannerTests
{
    private static readonly ActivityWatch Anew = new(Now, Now);

    [Fact]
    public void A_use_is_written_once_it_is_an_hour_newer_than_what_is_written()
    {
        Assert.Empty(Actions(Desired(Topic(Hour)), Observed(("hello-main", Minute))));
        Assert.Equal(
            Seq1<Action>(new Action.RecordActivity(Map((new BranchId(1), Now - Minute)), Now)),
            Actions(Desired(Topic(Hour + Minute)), Observed(("hello-main", Minute)))
        );
    }

    [Fact]
    public void A_use_of_any_of_its_names_counts_and_the_last_one_is_written()
    {
        var uses = Observed(("hello-main", Hour), ("hello-docs-main", Minute), ("other", TimeSpan.Zero));
        Assert.Equal(
            Seq1<Action>(new Action.RecordActivity(Map((new BranchId(1), Now - Minute)), Now)),
            Actions(Desired(Topic(Week)), uses)
        );
    }

    [Fact]
    public void Production_is_written_too_for_it_may_be_another_branch_one_day() =>
        Assert.Single(Actions(Desired(Topic(Week, name: "main")), Observed(("hello-main", Minute))));

    [Fact]
    public void A_use_that_is_yet_to_come_was_written_by_a_wrong_clock() =>
        Assert.Equal(
            Seq1<Action>(new Action.RecordActivity(Map((new BranchId(1), Now)), Now)),
            Actions(Desired(Topic(-Month)))
        );

    [Fact]
    public void The_watch_begins_with_the_first_look() =>
        Assert.Equal(Seq1<Action>(new Action.RecordWatch(Anew)), Actions(Watched(None)));

    [Fact]
    public void The_watch_is_carried_on_every_ten_minutes()
    {
        var part = ActivityPlanner.Plan(new Sight(Watched(new ActivityWatch(Now - Week, Now - Minute)), Observed()))[1];
        Assert.Empty(part.Steps);
        Assert.Equal(Some(Now + (9 * Minute)), part.LookAt);
        Assert.Equal(
            Seq1<Action>(new Action.RecordWatch(new ActivityWatch(Now - Week, Now))),
            Actions(Watched(new ActivityWatch(Now - Week, Now - (10 * Minute))))
        );
    }

    [Theory]
    [InlineData(61)]
    [InlineData(-61)]
    public void After_a_gap_or_a_jump_of_the_clock_it_begins_anew(int minutes) =>
        Assert.Equal(
            Seq1<Action>(new Action.RecordWatch(Anew)),
            Actions(Watched(new ActivityWatch(Now - Month, Now - TimeSpan.FromMinutes(minutes))))
        );

    [Fact]
    public void While_requests_cannot_be_observed_there_is_none_and_that_is_told()
    {
        var parts = ActivityPlanner.Plan(new Sight(Desired(Topic(Week)), Unseen()));
        Assert.Contains(
            parts.Bind(part => part.Notes),
            note => note is Note.Waiting { On: WaitingOn.Sight { System: "requests" } }
        );
        Assert.Equal(Seq1<Action>(new Action.RecordWatch(None)), Actions(Desired(Topic(Week)), Unseen()));
        Assert.Empty(Actions(Watched(None), Unseen()));
    }

    [Fact]
    public void Who_looks_without_having_asked_for_requests_changes_nothing() =>
        Assert.Empty(ActivityPlanner.Plan(new Sight(Desired(Topic(Week)), Unseen(Observation.NotAsked))));

    [Fact]
    public void Where_nothing_ever_expires_nothing_is_written() =>
        Assert.Empty(
            ActivityPlanner.Plan(
                new Sight(
                    Watched(None) with
                    {
                        Settings = Desired().Settings with { Expiry = ExpiryPeriods.Never },
                    },
                    Observed(("hello-main", Minute))
                )
            )
        );

    private static Desired Watched(Option<ActivityWatch> watch) => Desired(Topic(Hour)) with { Watch = watch };

    private static Seq<Action> Actions(Desired desired, Observed? observed = null) =>
        ActivityPlanner
            .Plan(new Sight(desired, observed ?? Observed()))
            .Bind(part => part.Steps)
            .Map(step => step.Action)
            .Strict();
}
