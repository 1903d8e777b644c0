using Kennel.Core.Domain;
using Kennel.Core.Planning;
using Kennel.Tests.Views;
using Action = Kennel.Core.Planning.Action;

namespace Kennel.Tests.Planning;

public sealed class LookPlannerTests
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(10);
    private static readonly CommitId Old = Scene.Commit(1);
    private static readonly CommitId New = Scene.Commit(3);

    [Fact]
    public void A_repository_that_was_not_looked_at_since_the_start_is_looked_at()
    {
        var look = Assert.IsType<Action.StartListing>(Assert.Single(Actions(Look(None))));
        Assert.Empty(look.Deliveries);
    }

    [Fact]
    public void After_a_look_the_next_one_is_due_when_the_interval_is_over()
    {
        Assert.Equal(Some(Scene.Now + Interval), Look(Listed(Old)).LookAt);
        Assert.Empty(Actions(Look(Listed(Old))));
        Assert.IsType<Action.StartListing>(Assert.Single(Actions(Look(Listed(Old, Scene.Now - Interval)))));
    }

    [Fact]
    public void A_head_that_no_delivery_told_of_is_deployed_and_the_repository_is_asked_anew()
    {
        var actions = Actions(Look(Listed(New)));
        var recorded = Assert.IsType<Action.RecordDeliveries>(actions[0]);
        Assert.Equal(Seq1<BranchIntent>(new BranchIntent.Deploy(Scene.Main, New)), recorded.Intents);
        Assert.Equal(Map((Scene.Main, New)), recorded.Heads);
        Assert.IsType<Action.StartListing>(actions[1]);
    }

    [Fact]
    public void A_head_that_was_heard_of_is_not_deployed_over_what_a_person_asked_for() =>
        Assert.Empty(
            Actions(Look(Listed(New), desired => desired with { Heads = Map(((Scene.Project.Id, Scene.Main), New)) }))
        );

    [Fact]
    public void What_only_a_person_asked_for_follows_nothing() =>
        Assert.Empty(
            Actions(
                Look(
                    Listed(New),
                    desired => desired with { Heads = Map<(ProjectId Project, Branch Branch), CommitId>() }
                )
            )
        );

    [Fact]
    public void An_answer_to_deliveries_is_theirs_alone() =>
        Assert.Empty(
            Actions(Look(new ListingState.Listed(Set(new DeliveryId(1)), Map((Scene.Main.Reference, New)), Scene.Now)))
        );

    [Fact]
    public void A_branch_that_is_missing_is_told_and_stays()
    {
        var part = Look(new ListingState.Listed(Set<DeliveryId>(), Map(("refs/heads/other", New)), Scene.Now));
        Assert.Empty(Actions(part));
        Assert.Contains(part.Notes, note => note is Note.Blocked { By: BlockedBy.BranchMissing });
    }

    [Fact]
    public void A_branch_that_was_pushed_after_the_repository_was_asked_is_not_missing()
    {
        var part = Look(
            new ListingState.Listed(Set<DeliveryId>(), Map(("refs/heads/other", New)), Scene.Now.AddSeconds(-60)),
            desired =>
                desired with
                {
                    Branches = desired.Branches.Map(branch =>
                        branch with
                        {
                            Life = branch.Life with { ActiveAt = Scene.Now.AddSeconds(-30) },
                        }
                    ),
                }
        );
        Assert.Empty(part.Notes);
    }

    [Fact]
    public void An_interval_of_zero_means_never() =>
        Assert.Equal(Part.Nothing, LookPlanner.Plan(Sight(None, desired => desired), Scene.Project));

    private static Option<ListingState> Listed(CommitId head, DateTimeOffset? at = null) =>
        new ListingState.Listed(Set<DeliveryId>(), Map((Scene.Main.Reference, head)), at ?? Scene.Now);

    private static Part Look(Option<ListingState> listing, Func<Desired, Desired>? change = null) =>
        LookPlanner.Plan(
            Sight(
                listing,
                desired =>
                    (change ?? (it => it))(desired) with
                    {
                        Settings = desired.Settings with
                        {
                            Forge = ForgeSettings.Default with { LookInterval = Interval },
                        },
                    }
            ),
            Scene.Project
        );

    private static Sight Sight(Option<ListingState> listing, Func<Desired, Desired> change) =>
        new(
            change(
                Scene.Desired(Scene.Live() with { Newest = Old }) with
                {
                    Settings = Scene.Settings with { Forge = ForgeSettings.Default },
                    Heads = Map(((Scene.Project.Id, Scene.Main), Old)),
                }
            ),
            Scene.Observed() with
            {
                Listings = toMap(listing.Map(state => (Scene.Project.Id, state)).ToSeq()),
            }
        );

    private static Seq<Action> Actions(Part part) => part.Steps.Map(step => step.Action).Strict();
}
