using Kennel.Core.Domain;
using Kennel.Core.Planning;
using Kennel.Core.Routing;
using Kennel.Tests.Views;
using Action = Kennel.Core.Planning.Action;

namespace Kennel.Tests.Planning;

/// <summary>The rows that serving releases ask for.</summary>
public sealed class RouteRowsTests
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    [Fact]
    public void For_an_hour_after_a_switch_a_site_also_has_the_files_that_served_before()
    {
        var site = Site(Docs(2, Scene.Now - (Hour / 2), 3, 2, 1));

        Assert.Equal((Path(2), Some(Path(3))), (site.Root, site.Before));
        Assert.Equal((Path(3), Some(Path(2))), Roots(Docs(3, Scene.Now, 3, 2, 1)));
        Assert.Equal((Path(3), Option<StorePath>.None), Roots(Docs(3, Scene.Now - Hour, 3, 2, 1)));
        Assert.Equal((Path(1), Option<StorePath>.None), Roots(Docs(1, Scene.Now, 1)));
    }

    [Fact]
    public void A_release_that_was_rejected_never_served_and_has_no_part_in_it()
    {
        var deployment = Scene.Deployment(
            Scene.Docs,
            1,
            Scene.Release(Scene.Docs, 2, Scene.Rejected),
            Scene.Release(Scene.Docs, 1, Scene.Accepted)
        );

        Assert.Equal(None, Site(deployment with { ServingSince = Scene.Now }).Before);
    }

    [Fact]
    public void When_the_hour_ends_Kennel_looks_again()
    {
        var since = Scene.Now - (Hour / 2);

        Assert.Equal(Some(since + Hour), Plan(Docs(2, since, 2, 1)).NextLookAt);
        Assert.NotEqual(Some(since + Hour), Plan(Docs(1, since, 1)).NextLookAt);
    }

    [Fact]
    public void The_files_that_served_before_stay_protected_for_that_hour()
    {
        Assert.DoesNotContain(Root(1), Removed(Docs(2, Scene.Now - (Hour / 2), 2, 1)));
        Assert.Contains(Root(1), Removed(Docs(2, Scene.Now - Hour, 2, 1)));
    }

    [Fact]
    public void Pull_requests_and_throwaway_branches_are_hidden_from_search_engines_and_no_others()
    {
        Assert.True(IsHidden(new Branch.PullRequest(7), DeployEnvironment.Preview));
        Assert.True(IsHidden(Git("feature/x"), DeployEnvironment.Dev));
        Assert.False(IsHidden(Git("dev"), DeployEnvironment.Dev));
        Assert.False(IsHidden(Git("staging"), DeployEnvironment.Staging));
        Assert.False(IsHidden(Git("main"), DeployEnvironment.Prod));
    }

    private static Branch Git(string name) => new Branch.Git(Scene.Sure(BranchName.Parse("test", name)));

    private static bool IsHidden(Branch branch, DeployEnvironment environment)
    {
        var table = Table(Sight(Scene.Live() with { Branch = branch, Environment = environment }));
        return table.Entries.Values.Select(entry => entry.IsHidden).Distinct().Single();
    }

    private static (StorePath, Option<StorePath>) Roots(DesiredDeployment deployment) =>
        (Site(deployment).Root, Site(deployment).Before);

    private static Route.Site Site(DesiredDeployment deployment) =>
        Assert.IsType<Route.Site>(Table(Sight(Scene.Branch(deployment))).Entries[Scene.Hosts(Scene.Docs)[0]].Route);

    private static RoutingTable Table(Sight sight) => RoutePlanner.Table(sight, RoutingTable.Empty);

    private static Plan Plan(DesiredDeployment deployment) =>
        Planner.Plan(Desired(Scene.Branch(deployment)), Scene.Observed());

    private static Seq<RootName> Removed(DesiredDeployment deployment)
    {
        var observed = Scene.Observed() with
        {
            Roots = Observation.Known(
                Map(
                    Scene.Root(Scene.Instance, Scene.Release(Scene.Docs, 1, Scene.Accepted), Scene.Docs),
                    Scene.Root(Scene.Instance, Scene.Release(Scene.Docs, 2, Scene.Accepted), Scene.Docs)
                )
            ),
        };
        return Planner
            .Plan(Desired(Scene.Branch(deployment)), observed)
            .Actions.Choose(step => step.Action is Action.RemoveRoot remove ? Some(remove.Root) : None);
    }

    private static DesiredDeployment Docs(int serving, DateTimeOffset since, params int[] accepted) =>
        Scene.Deployment(
            Scene.Docs,
            serving,
            [.. accepted.Select(build => Scene.Release(Scene.Docs, build, Scene.Accepted))]
        ) with
        {
            ServingSince = since,
        };

    private static RootName Root(int build) => RootName.Of(Scene.Instance, new BuildId(build), Scene.Docs);

    private static StorePath Path(int build) => Scene.Release(Scene.Docs, build, Scene.Accepted).StorePath;

    private static Sight Sight(DesiredBranch branch) => new(Desired(branch), Scene.Observed());

    private static Desired Desired(DesiredBranch branch) =>
        Scene.Desired(branch) with
        {
            Settings = Scene.Settings with { KeepReleases = 1 },
        };
}
