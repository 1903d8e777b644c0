using Kennel.Core.Domain;
using Kennel.Core.Lifecycle;
using Kennel.Core.Planning;
using Kennel.Core.Routing;
using Kennel.Tests.Store;
using Kennel.Tests.Views;
using Action = Kennel.Core.Planning.Action;

namespace Kennel.Tests.Planning;

public sealed class DomainPlannerTests
{
    private static readonly HostName Domain = Scene.Sure(HostName.Parse("test", "shop.example.net"));
    private static readonly DomainHolder Own = new(Scene.Project.Id, Scene.Main.Reference);
    private static readonly DomainHolder Other = new(new ProjectId(2), Scene.Main.Reference);

    [Fact]
    public void A_domain_that_is_held_leads_to_the_branch_and_is_shown_first()
    {
        var shown = HeldDomains.Show(Declaring(), Map((Domain, Own)));

        Assert.Equal(Domain, shown.Deployments[0].ServingRelease.Value().Hosts[0]);
        Assert.True(
            RoutePlanner
                .Table(new Sight(Desired(shown, Own), Scene.Observed()), RoutingTable.Empty)
                .Entries.ContainsKey(Domain)
        );
    }

    [Fact]
    public void A_domain_that_another_holds_or_that_nobody_holds_does_not_lead_to_it()
    {
        Assert.Equal(Declaring(), HeldDomains.Show(Declaring(), Map((Domain, Other))));
        Assert.Equal(Declaring(), HeldDomains.Show(Declaring(), Map<HostName, DomainHolder>()));
    }

    [Fact]
    public void A_domain_that_is_free_is_taken() =>
        Assert.Equal([new Action.ClaimDomain(Domain, Own)], Steps(Desired(Declaring(), None)));

    [Fact]
    public void Two_that_want_the_same_get_one_answer_each_in_one_pass()
    {
        var other = Declaring() with { Id = new BranchId(2), Project = OtherProject };
        var parts = DomainPlanner.Plan(new Sight(Desired(Declaring(), None, other), Scene.Observed()));

        Assert.Equal(
            [new Action.ClaimDomain(Domain, Own)],
            parts.Bind(part => part.Steps).Map(step => step.Action).ToArray()
        );
        Assert.Equal(
            [new Note.Blocked(other.Subject, new BlockedBy.DomainTaken(Domain, "hello/main"))],
            parts.Bind(part => part.Notes).ToArray()
        );
    }

    [Fact]
    public void Who_wants_what_another_has_is_told_who_that_is()
    {
        var parts = DomainPlanner.Plan(
            new Sight(
                Desired(Declaring(), Other) with
                {
                    Projects = Seq(Scene.Project, OtherProject),
                },
                Scene.Observed()
            )
        );

        Assert.Contains(
            parts.Bind(part => part.Notes),
            note => note is Note.Blocked { By: BlockedBy.DomainTaken { Owner: "project other" } }
        );
    }

    [Fact]
    public void What_nothing_declares_any_more_is_given_up_once_no_route_leads_there()
    {
        Assert.Equal([new Action.ReleaseDomain(Domain, Own)], Steps(Desired(Scene.Live(), Own)));
        Assert.Empty(Steps(Desired(Scene.Live(), Own), Routed));
        Assert.Empty(Steps(Desired(Scene.Live(), Own), Unseen));
    }

    [Fact]
    public void What_is_not_known_to_be_undeclared_is_not_given_up()
    {
        var removed = Scene.Live() with { Removed = new Removal(Scene.Now, "deleted") };
        var locked = Scene.Live() with { Project = Scene.Project with { Lock = new ProjectLock(Scene.Now, "exams") } };

        Assert.Empty(Steps(Desired(Declaring(), Own)));
        Assert.Empty(Steps(Desired(removed, Own)));
        Assert.Empty(Steps(Desired(locked, Own)));
        Assert.Empty(Steps(Desired(Scene.Live(), Own) with { Damage = Seq1("branch 2 is left alone") }));
    }

    [Fact]
    public void A_branch_that_is_no_longer_the_default_one_gives_its_domain_up() =>
        Assert.Equal(
            [new Action.ReleaseDomain(Domain, Own)],
            Steps(Desired(Declaring() with { Environment = DeployEnvironment.Dev }, Own))
        );

    private static readonly DesiredProject OtherProject = Scene.Project with
    {
        Id = new ProjectId(2),
        Name = Scene.Sure(ProjectName.Parse("test", "other")),
    };

    private static Observed Routed =>
        Scene.Observed() with
        {
            Routing = Observation.Known(
                Scene.Routing((Domain, new RouteEntry(Scene.Instance, new Route.Service(Scene.Port(18000)))))
            ),
        };

    private static Observed Unseen => Scene.Observed() with { Routing = Observation.Unknown<ObservedRouting>("down") };

    private static DesiredBranch Declaring() =>
        Scene.Branch(
            Scene.Deployment(Scene.Api, 1, Scene.Release(Scene.Api, 1, Scene.Accepted) with { Domain = Domain })
        );

    private static Desired Desired(DesiredBranch branch, Option<DomainHolder> holder, params DesiredBranch[] more) =>
        Scene.Desired([branch, .. more]) with
        {
            Domains = toMap(holder.ToSeq().Map(it => (Domain, it))),
        };

    private static Action[] Steps(Desired desired, Observed? observed = null) =>
        DomainPlanner
            .Plan(new Sight(desired, observed ?? Scene.Observed()))
            .Bind(part => part.Steps)
            .Map(step => step.Action)
            .ToArray();
}
