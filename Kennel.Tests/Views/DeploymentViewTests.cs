using Kennel.Core.Planning;
using Kennel.Core.Routing;
using Kennel.Core.Views;

namespace Kennel.Tests.Views;

public sealed class DeploymentViewTests
{
    private static string StateOfApi(DesiredBranch branch, Func<Observed, Observed>? seen = null)
    {
        var look = Scene.Look(branch);
        var changed = look with { Observed = seen is null ? look.Observed : seen(look.Observed) };
        return DeploymentView
            .OfBranch(changed, branch)
            .Find(it => it.Component == "api")
            .Map(it => it.State)
            .IfNone("");
    }

    [Fact]
    public void A_serving_unit_that_is_gone_is_down() =>
        Assert.Equal(
            "down",
            StateOfApi(
                Scene.Live(),
                seen => seen with { Units = Observation.Known(Map<Core.Domain.UnitName, ObservedUnit>()) }
            )
        );

    [Fact]
    public void Units_that_could_not_be_seen_are_not_called_down() =>
        Assert.Equal(
            "live",
            StateOfApi(
                Scene.Live(),
                seen => seen with { Units = Observation.Unknown<Map<Core.Domain.UnitName, ObservedUnit>>("no bus") }
            )
        );

    [Fact]
    public void A_serving_unit_without_its_route_is_unrouted() =>
        Assert.Equal(
            "unrouted",
            StateOfApi(
                Scene.Live(),
                seen =>
                    seen with
                    {
                        Routing = Observation.Known(new ObservedRouting(Scene.Led, "1", RoutingTable.Empty)),
                    }
            )
        );

    [Fact]
    public void A_first_release_on_trial_is_starting_and_a_rejected_one_has_failed()
    {
        Assert.Equal(
            "starting",
            StateOfApi(Scene.Branch(Scene.Deployment(Scene.Api, None, Scene.Release(Scene.Api, 1, Scene.Untried))))
        );
        Assert.Equal(
            "failed",
            StateOfApi(Scene.Branch(Scene.Deployment(Scene.Api, None, Scene.Release(Scene.Api, 1, Scene.Rejected))))
        );
    }

    [Fact]
    public void A_rejected_release_leaves_the_older_one_serving_and_the_deployment_behind() =>
        Assert.Equal("behind", StateOfApi(Scene.Behind()));

    [Fact]
    public void A_deployment_shows_its_addresses_unit_and_port()
    {
        var view = DeploymentView.OfBranch(Scene.Look(Scene.Live()), Scene.Live()).Head();

        Assert.Equal("https://hello-main.apps.example.org", view.Urls.Head());
        Assert.Equal(Some(Scene.ApiUnit.Value), view.Unit);
        Assert.Equal(Some(18000), view.Port);
    }
}
