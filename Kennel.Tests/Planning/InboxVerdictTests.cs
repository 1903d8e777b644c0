using Kennel.Core.Domain;
using Kennel.Core.Forge;
using Kennel.Core.Planning;
using Kennel.Tests.Views;

namespace Kennel.Tests.Planning;

public sealed class InboxVerdictTests
{
    private static readonly Branch Seven = new Branch.PullRequest(7);
    private static readonly CommitId Head = Scene.Commit(3);
    private static readonly BranchName Feature = Scene.Sure(BranchName.Parse("test", "feature"));

    [Fact]
    public void A_head_that_is_not_the_newest_is_deployed() =>
        AssertDeploys(InboxVerdict.OfHead(Scene.Project, Scene.Main, Live(Scene.Main, Scene.Commit(1)), None, Head));

    [Fact]
    public void A_branch_that_is_not_there_yet_is_deployed() =>
        AssertDeploys(InboxVerdict.OfHead(Scene.Project, Seven, None, None, Head));

    [Fact]
    public void A_head_that_is_the_newest_already_changes_nothing() =>
        AssertNothing(
            "nothing: the newest build of main is of dddddddddd",
            InboxVerdict.OfHead(Scene.Project, Scene.Main, Live(Scene.Main, Head), None, Head)
        );

    [Fact]
    public void A_head_that_was_heard_of_before_does_not_undo_what_a_person_asked_for()
    {
        AssertNothing(
            "nothing: dddddddddd was deployed to main before another commit was asked for",
            InboxVerdict.OfHead(Scene.Project, Scene.Main, Live(Scene.Main, Scene.Commit(1)), Head, Head)
        );
        AssertNothing(
            "nothing: #7 was removed when dddddddddd was its head",
            InboxVerdict.OfHead(Scene.Project, Seven, None, Head, Head)
        );
    }

    [Fact]
    public void What_a_person_removed_and_the_forge_then_ended_is_news_when_it_comes_back() =>
        AssertRemoves(
            "the branch was deleted",
            InboxVerdict.OfAbsence(Scene.Project, Feature, None, Head, isDeleted: true)
        );

    [Fact]
    public void A_project_that_is_not_deployed_to_previews_has_no_pull_request_deployed() =>
        AssertNothing(
            "nothing: hello is not deployed to preview",
            InboxVerdict.OfHead(
                Scene.Project with
                {
                    Environments = Set(DeployEnvironment.Prod),
                },
                Seven,
                None,
                None,
                Head
            )
        );

    [Fact]
    public void A_branch_that_is_gone_is_removed_when_the_forge_said_that_it_was_deleted() =>
        AssertRemoves(
            "the branch was deleted",
            InboxVerdict.OfAbsence(Scene.Project, Feature, Live(new Branch.Git(Feature), Head), Head, isDeleted: true)
        );

    [Fact]
    public void A_branch_that_is_only_missing_stays() =>
        AssertNothing(
            "nothing: the repository has no branch feature any more",
            InboxVerdict.OfAbsence(Scene.Project, Feature, Live(new Branch.Git(Feature), Head), Head, isDeleted: false)
        );

    [Fact]
    public void A_deleted_branch_that_is_not_deployed_changes_nothing() =>
        AssertNothing(
            "nothing: feature was deleted and is not deployed",
            InboxVerdict.OfAbsence(Scene.Project, Feature, None, None, isDeleted: true)
        );

    [Fact]
    public void The_default_branch_goes_only_when_a_person_says_so() =>
        AssertNothing(
            "nothing: main is the default branch; remove it with kennel remove hello main",
            InboxVerdict.OfAbsence(
                Scene.Project,
                Scene.Project.DefaultBranch,
                Live(Scene.Main, Head),
                Head,
                isDeleted: true
            )
        );

    [Theory]
    [InlineData(PullRequestState.Closed, "the pull request was closed")]
    [InlineData(PullRequestState.Merged, "the pull request was merged")]
    public void A_pull_request_that_ended_is_removed(PullRequestState state, string reason) =>
        AssertRemoves(reason, OfPullRequest(state, None, Live(Seven, Head), Head));

    [Fact]
    public void A_pull_request_that_ended_and_is_not_deployed_changes_nothing() =>
        AssertNothing(
            "nothing: #7 was closed and is not deployed",
            OfPullRequest(PullRequestState.Closed, None, None, Head)
        );

    [Fact]
    public void An_open_pull_request_is_deployed_from_the_repositorys_own_reference() =>
        AssertDeploys(OfPullRequest(PullRequestState.Open, None, None, Head));

    [Fact]
    public void A_strangers_pull_request_is_refused_with_the_reason() =>
        AssertNothing(
            "refused: it comes from another repository",
            OfPullRequest(PullRequestState.Open, "it comes from another repository", None, Head)
        );

    [Fact]
    public void A_strangers_pull_request_that_was_deployed_goes_when_it_is_closed() =>
        AssertRemoves(
            "the pull request was closed",
            OfPullRequest(PullRequestState.Closed, "its repository was deleted", Live(Seven, Head), None)
        );

    [Fact]
    public void An_open_pull_request_without_a_head_changes_nothing() =>
        AssertNothing(
            "nothing: the repository has no refs/pull/7/head",
            OfPullRequest(PullRequestState.Open, None, None, None)
        );

    private static InboxVerdict OfPullRequest(
        PullRequestState state,
        Option<string> stranger,
        Option<DesiredBranch> live,
        Option<CommitId> head
    ) =>
        InboxVerdict.OfPullRequest(
            Scene.Project,
            new PullRequest(7, state, Scene.Now, "feature", "main", stranger),
            live,
            None,
            head
        );

    private static Option<DesiredBranch> Live(Branch branch, CommitId newest) =>
        Scene.Branch() with
        {
            Branch = branch,
            Newest = newest,
        };

    private static void AssertDeploys(InboxVerdict verdict) =>
        Assert.Equal(Some(Head), verdict.Intent.Map(intent => Assert.IsType<BranchIntent.Deploy>(intent).Commit));

    private static void AssertRemoves(string reason, InboxVerdict verdict) =>
        Assert.Equal(Some(reason), verdict.Intent.Map(intent => Assert.IsType<BranchIntent.Remove>(intent).Reason));

    private static void AssertNothing(string meaning, InboxVerdict verdict) =>
        Assert.Equal((meaning, Option<BranchIntent>.None), (verdict.Meaning, verdict.Intent));
}
