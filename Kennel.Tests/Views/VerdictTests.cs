using Kennel.Core.Domain;
using Kennel.Core.Lifecycle;
using Kennel.Core.Planning;
using Kennel.Core.Views;

namespace Kennel.Tests.Views;

public sealed class VerdictTests
{
    private static string Headline(DesiredBranch branch, params BuildView[] builds) =>
        WhyView.Of(Scene.Look(branch), branch, Scene.NoMemory with { Builds = builds.ToSeq() }).Headline;

    [Fact]
    public void What_serves_its_target_is_live() =>
        Assert.Equal("Live: commit bbbbbbbbbb (build 1).", Headline(Scene.Live(), Scene.Build(1, "done", None)));

    [Fact]
    public void A_build_that_deploys_nothing_says_so() =>
        Assert.Equal(
            "Build 1 of commit bbbbbbbbbb is good; it is not deployed, for the project has no previews (preview_deployments).",
            Headline(Scene.Branch() with { Branch = new Branch.PullRequest(7) }, Scene.Build(1, "done", None))
        );

    [Fact]
    public void What_could_not_be_seen_is_said_with_it()
    {
        var branch = Scene.Live();
        var look = Scene.Look(branch);
        var blind = look with
        {
            Observed = look.Observed with { Routing = Observation.Unknown<Core.Routing.ObservedRouting>("refused") },
        };

        Assert.Equal(
            "Live: commit bbbbbbbbbb (build 1), as far as can be seen (Caddy could not be looked at).",
            WhyView.Of(blind, branch, Scene.NoMemory).Headline
        );
    }

    [Fact]
    public void What_hibernates_says_since_when_and_how_it_is_woken()
    {
        var branch = Scene.Live() with { Life = BranchLife.New with { Rest = new Rest.Asleep(Scene.Now.AddDays(-2)) } };
        var why = WhyView.Of(Scene.Look(branch), branch, Scene.NoMemory);

        Assert.Equal(
            "It hibernates since 2026-03-02 12:00 UTC: commit bbbbbbbbbb (build 1); its data, names and routes stay.",
            why.Headline
        );
        Assert.Equal(Some("A visitor wakes it, or: kennel wake hello/main"), why.Next);
        Assert.Equal(["hibernated", "live"], why.Deployments.Map(one => one.State).ToArray());
        Assert.DoesNotContain("hibernated", StatusView.Of(Scene.Look(branch), 1).Unwell.Map(one => one.State));
    }

    [Fact]
    public void What_wakes_says_so()
    {
        var branch = Scene.Live() with { Life = BranchLife.New with { Rest = new Rest.Waking(Scene.Now) } };
        Assert.StartsWith("It is waking since 2026-03-04 12:00:00 UTC", Headline(branch));
    }

    [Fact]
    public void A_rejected_release_is_told_with_its_cause_and_what_serves_on() =>
        Assert.Equal(
            "api of commit cccccccccc (build 2) was rejected (crashed): The application ended (exit-code, status 3) after "
                + "5 restarts; commit bbbbbbbbbb (build 1) serves on.",
            Headline(Scene.Behind(), Scene.Build(2, "failed", Scene.Crash))
        );

    [Fact]
    public void A_build_that_failed_after_the_last_rejection_comes_first() =>
        Assert.StartsWith(
            "Build 3 of commit dddddddddd failed (no-flake)",
            Headline(Scene.Behind(), Scene.Build(3, "failed", new Cause.NoFlake().Describe()))
        );

    [Fact]
    public void A_running_build_comes_before_what_went_wrong_earlier() =>
        Assert.Equal(
            "Build 3 of commit dddddddddd is running; commit bbbbbbbbbb (build 1) serves on.",
            Headline(Scene.Behind(), Scene.Build(3, "building", None))
        );

    [Fact]
    public void A_first_build_that_failed_leaves_nothing_live() =>
        Assert.Equal(
            "Build 1 of commit bbbbbbbbbb failed (no-flake): The commit has no flake.nix at its root; nothing is live.",
            Headline(Scene.Branch(), Scene.Build(1, "failed", new Cause.NoFlake().Describe()))
        );

    [Fact]
    public void A_release_on_trial_is_told_with_what_serves_meanwhile() =>
        Assert.Equal(
            "A new release of api is on trial (commit cccccccccc, build 2); commit bbbbbbbbbb (build 1) serves on.",
            Headline(
                Scene.Branch(
                    Scene.Deployment(
                        Scene.Api,
                        1,
                        Scene.Release(Scene.Api, 2, Scene.Untried),
                        Scene.Release(Scene.Api, 1, Scene.Accepted)
                    )
                ),
                Scene.Build(2, "built", None)
            )
        );

    [Fact]
    public void A_removal_is_told_with_its_reason() =>
        Assert.Equal(
            "It is being removed: removed by a person.",
            Headline(Scene.Live() with { Removed = new Removal(Scene.Now, "removed by a person") })
        );

    [Fact]
    public void A_branch_without_a_build_says_how_to_begin()
    {
        var branch = Scene.Branch();

        Assert.Equal(Some("kennel deploy hello main"), WhyView.Of(Scene.Look(branch), branch, Scene.NoMemory).Next);
    }
}
