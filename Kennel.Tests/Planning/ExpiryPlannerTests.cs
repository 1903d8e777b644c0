using Kennel.Core.Domain;
using Kennel.Core.Lifecycle;
using Kennel.Core.Planning;
using Kennel.Tests.Views;
using static Kennel.Tests.Planning.IdleScene;
using Action = Kennel.Core.Planning.Action;

namespace Kennel.Tests.Planning;

public sealed class ExpiryPlannerTests
{
    [Fact]
    public void Nothing_happens_before_its_time_and_the_plan_looks_again_then()
    {
        var part = Assert.Single(Plan(Desired(Topic(Week))));
        Assert.Empty(part.Steps);
        Assert.Equal(Some(Now + Hour), part.LookAt);
    }

    [Fact]
    public void What_is_due_is_only_marked_at_first() =>
        Assert.Equal(
            Seq1<Action>(new Action.MarkExpiring(new BranchId(1), ExpiryKind.Hibernate, Now)),
            Actions(Desired(Topic(Week + Hour)))
        );

    [Fact]
    public void A_mark_is_acted_on_after_a_second_look()
    {
        Assert.Empty(Actions(Desired(Topic(Week + Hour, Marked(ExpiryKind.Hibernate, Minute / 2)))));
        Assert.Equal(
            Seq1<Action>(new Action.Hibernate(new BranchId(1), Now - Minute, Now)),
            Actions(Desired(Topic(Week + Hour, Marked(ExpiryKind.Hibernate, Minute))))
        );
    }

    [Fact]
    public void A_use_after_the_mark_clears_it() =>
        Assert.Equal(
            Seq1<Action>(new Action.ClearExpiring(new BranchId(1))),
            Actions(Desired(Topic(Week + Hour, Marked(ExpiryKind.Hibernate, Minute))), Observed(("hello-main", Minute)))
        );

    [Fact]
    public void While_requests_cannot_be_observed_marks_are_cleared_and_none_is_made()
    {
        var marked = Topic(Month + Hour, Marked(ExpiryKind.Remove, Minute));
        Assert.Equal(Seq1<Action>(new Action.ClearExpiring(new BranchId(1))), Actions(Desired(marked), Unseen()));
        Assert.Empty(Actions(Desired(Topic(Month + Hour)), Unseen()));
    }

    [Fact]
    public void Who_looks_without_having_asked_for_requests_changes_nothing() =>
        Assert.Empty(
            Actions(Desired(Topic(Month + Hour, Marked(ExpiryKind.Remove, Minute))), Unseen(Observation.NotAsked))
        );

    [Theory]
    [InlineData(6)]
    [InlineData(0)]
    public void Requests_must_have_been_observed_for_the_whole_period(int days) =>
        Assert.Empty(
            Actions(
                Desired(Topic(Month + Month)) with
                {
                    Watch = new ActivityWatch(Now - TimeSpan.FromDays(days), Now),
                }
            )
        );

    [Fact]
    public void A_gap_until_now_makes_all_that_was_observed_worthless() =>
        Assert.Empty(
            Actions(
                Desired(Topic(Month + Month)) with
                {
                    Watch = new ActivityWatch(Now - Month - Month, Now - Hour - Minute),
                }
            )
        );

    [Fact]
    public void After_a_month_it_is_removed_with_the_reason()
    {
        var action = Assert.IsType<Action.ExpireBranch>(
            Assert.Single(Actions(Desired(Topic(Month + Hour, Marked(ExpiryKind.Remove, Minute)))))
        );
        Assert.Equal("expired: no activity for 30 days", action.Reason);
    }

    [Fact]
    public void One_goes_at_a_time_that_which_was_marked_first()
    {
        var desired = Desired(
            Numbered(1, Topic(Month + Hour, Marked(ExpiryKind.Remove, Minute))),
            Numbered(2, Topic(Month + Hour, Marked(ExpiryKind.Remove, Minute + Minute)))
        );
        var action = Assert.IsType<Action.ExpireBranch>(Assert.Single(Actions(desired)));
        Assert.Equal(new BranchId(2), action.Branch);

        var justNow = desired with { Watch = desired.Watch.Map(it => it with { RemovedAt = Now - Minute }) };
        Assert.Empty(Actions(justNow));
        Assert.All(
            Plan(justNow),
            part => Assert.Contains(part.Notes, note => note is Note.Waiting { On: WaitingOn.ExpiryTurn })
        );
    }

    [Theory]
    [InlineData("main")]
    [InlineData("staging")]
    [InlineData("dev")]
    public void The_environments_of_their_own_never_expire(string name) =>
        Assert.Empty(Actions(Desired(Topic(Month + Month, name: name))));

    [Fact]
    public void Pull_requests_do() => Assert.Single(Actions(Desired(Topic(Month + Month, name: "#7"))));

    [Fact]
    public void What_is_kept_locked_or_being_built_does_not_and_loses_its_mark()
    {
        var topic = Topic(Month + Month, Marked(ExpiryKind.Remove, Minute));
        var kept = topic with { Life = topic.Life with { IsKept = true } };
        var locked = topic with { Project = topic.Project with { Lock = new ProjectLock(Now, "frozen") } };
        var cleared = Seq1<Action>(new Action.ClearExpiring(new BranchId(1)));

        Assert.Equal(cleared, Actions(Desired(kept)));
        Assert.Equal(cleared, Actions(Desired(locked)));
        Assert.Equal(cleared, Actions(Desired(topic) with { Builds = Seq1(Build(topic)) }));
    }

    [Fact]
    public void Of_sites_alone_nothing_hibernates_and_they_go_as_well()
    {
        var site = Topic(Week + Hour) with
        {
            Deployments = Seq1(Scene.Deployment(Scene.Docs, 1, Scene.Release(Scene.Docs, 1, Scene.Accepted))),
        };
        Assert.Empty(Actions(Desired(site)));
        Assert.Single(Actions(Desired(site with { Life = site.Life with { ActiveAt = Now - Month - Hour } })));
    }

    [Fact]
    public void What_hibernates_already_is_only_removed()
    {
        var asleep = Topic(Week + Week);
        asleep = asleep with { Life = asleep.Life with { Rest = new Rest.Asleep(Now - Week) } };
        Assert.Empty(Actions(Desired(asleep)));
    }

    [Fact]
    public void A_project_that_says_so_itself_is_asked_before_the_host()
    {
        var never = Topic(Month + Month);
        never = never with
        {
            Project = never.Project with { HibernateAfter = TimeSpan.Zero, RemoveAfter = TimeSpan.Zero },
        };
        var soon = Topic(Hour) with { Project = never.Project with { HibernateAfter = Minute } };
        Assert.Empty(Actions(Desired(never)));
        Assert.Single(Actions(Desired(soon)));
    }

    [Fact]
    public void Removal_may_come_before_hibernation()
    {
        var topic = Topic(Hour);
        var brief = topic with { Project = topic.Project with { HibernateAfter = Week, RemoveAfter = Minute } };
        var mark = Assert.IsType<Action.MarkExpiring>(Assert.Single(Actions(Desired(brief))));
        Assert.Equal(ExpiryKind.Remove, mark.Kind);
    }

    [Fact]
    public void A_plan_that_lets_something_expire_that_never_may_is_not_executed()
    {
        var main = Desired(Topic(Month + Month, name: "main"));
        var about = main.Branches[0].Subject;
        Seq<string> Findings(params Action[] actions) =>
            Lint.Check(
                Scene.NoPlan with
                {
                    Strands = Seq1(new Strand(about, actions.Select(it => new PlannedAction(about, it, "")).ToSeq())),
                },
                main
            );
        var expire = new Action.ExpireBranch(new BranchId(7), Now, "expired", Now);

        Assert.Single(Findings(new Action.Hibernate(new BranchId(1), Now, Now)));
        Assert.Single(Findings(expire, expire with { Branch = new BranchId(8) }));
        Assert.Empty(Findings(expire));
    }

    private static DesiredBranch Numbered(long id, DesiredBranch branch) => branch with { Id = new BranchId(id) };

    private static DesiredBuild Build(DesiredBranch branch) =>
        new(
            new BuildId(9),
            branch.Id,
            branch.Project,
            branch.Branch,
            None,
            None,
            None,
            BuildState.Queued,
            0,
            None,
            false,
            None,
            None
        );

    private static Seq<Part> Plan(Desired desired, Observed? observed = null) =>
        ExpiryPlanner.Plan(new Sight(desired, observed ?? Observed())).Strict();

    private static Seq<Action> Actions(Desired desired, Observed? observed = null) =>
        Plan(desired, observed).Bind(part => part.Steps).Map(step => step.Action).Strict();
}
