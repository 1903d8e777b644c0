using Kennel.Core.Forge;
using static Kennel.Tests.Forge.ForgeEventsTests;

namespace Kennel.Tests.Forge;

public sealed class PullRequestTests
{
    [Theory]
    [InlineData("opened")]
    [InlineData("synchronized")]
    [InlineData("synchronize")]
    [InlineData("reopened")]
    public void A_pull_request_that_is_opened_pushed_to_or_opened_again_is_open(string action)
    {
        var it = Of(Bodies.PullRequest(action));

        Assert.Equal((PullRequestState.Open, action == "reopened"), (it.PullRequest.State, it.IsReopening));
        Assert.Equal(
            (5, "change", "main", LanguageExt.Option<string>.None),
            (it.PullRequest.Number, it.PullRequest.HeadReference, it.PullRequest.BaseReference, it.PullRequest.Stranger)
        );
    }

    [Theory]
    [InlineData("false", PullRequestState.Closed)]
    [InlineData("true", PullRequestState.Merged)]
    public void A_pull_request_is_closed_with_or_without_a_merge(string merged, PullRequestState state) =>
        Assert.Equal(state, Of(Bodies.PullRequest("closed", "closed", merged)).PullRequest.State);

    [Fact]
    public void A_late_event_of_a_closed_pull_request_says_that_it_is_closed() =>
        Assert.Equal(PullRequestState.Closed, Of(Bodies.PullRequest("synchronized", "closed")).PullRequest.State);

    [Theory]
    [InlineData("""{ "ref": { "from": "staging" } }""")]
    [InlineData("""{ "base": { "ref": { "from": "staging" } } }""")]
    public void An_edit_matters_when_it_changes_the_base(string changes) =>
        Assert.Equal("main", Of(Bodies.PullRequest("edited", changes: changes)).PullRequest.BaseReference);

    [Theory]
    [InlineData("edited")]
    [InlineData("assigned")]
    [InlineData("unassigned")]
    [InlineData("label_updated")]
    [InlineData("label_cleared")]
    [InlineData("milestoned")]
    [InlineData("demilestoned")]
    [InlineData("reviewed")]
    [InlineData("review_requested")]
    [InlineData("review_request_removed")]
    [InlineData("ready_for_review")]
    [InlineData("converted_to_draft")]
    public void What_does_not_change_the_code_needs_nothing(string action) =>
        Assert.Contains(
            $"#5: {action}",
            Nothing("pull_request", Bodies.PullRequest(action, changes: """{ "title": { "from": "WIP: x" } }"""))
        );

    [Theory]
    [InlineData("""{ "label": "change", "ref": "change", "repo_id": 8, "repo": { "id": 8 } }""", "another repository")]
    [InlineData("""{ "label": "b:change", "ref": "change", "repo": { "id": 8 } }""", "another repository")]
    [InlineData("""{ "label": "change", "ref": "refs/pull/5/head", "repo_id": -1, "repo": null }""", "deleted")]
    [InlineData("""{ "label": "change", "ref": "change", "repo": null }""", "deleted")]
    [InlineData("""{ "label": "change", "ref": "change", "repo_id": 7, "repo": null }""", "deleted")]
    [InlineData("""{ "label": "change", "ref": "change", "repo_id": 8 }""", "another repository")]
    [InlineData(
        """{ "label": "", "ref": "refs/pull/5/head", "repo_id": 7, "repo": { "id": 7 } }""",
        "without a branch"
    )]
    [InlineData("""{ "label": "x", "ref": "refs/pull/5/head", "repo_id": 7, "repo": { "id": 7 } }""", "no branch")]
    public void Code_of_strangers_is_told_as_such(string head, string why) =>
        Assert.Contains(why, Of(Bodies.PullRequest("opened", head: head)).PullRequest.Stranger.IfNone(""));

    [Fact]
    public void The_number_of_the_repository_is_enough_to_know_it() =>
        Assert.True(
            Of(
                Bodies.PullRequest("opened", head: """{ "label": "change", "ref": "change", "repo_id": 7 }""")
            ).PullRequest.Stranger.IsNone
        );

    [Fact]
    public void A_pull_request_of_the_flow_without_branches_is_a_strangers() =>
        Assert.True(Of(Bodies.PullRequest("opened", more: """, "flow": 1""")).PullRequest.Stranger.IsSome);

    [Theory]
    [InlineData("""{ "label": "change", "ref": "refs/pull/5/head", "repo_id": 7, "repo": { "id": 7 } }""", false)]
    [InlineData("""{ "label": "change", "ref": "refs/pull/5/head", "repo_id": -1, "repo": null }""", true)]
    public void Closing_works_when_the_branch_or_its_repository_is_gone(string head, bool isStranger)
    {
        var it = Of(Bodies.PullRequest("closed", "closed", head: head)).PullRequest;

        Assert.Equal((PullRequestState.Closed, isStranger), (it.State, it.Stranger.IsSome));
    }

    [Theory]
    [InlineData("2026-01-31T12:00:00+01:00", "2026-01-31T11:00:00.0000000Z")]
    [InlineData("2026-01-31T12:00:00Z", "2026-01-31T12:00:00.0000000Z")]
    [InlineData("2026-01-31T12:00:00.123456789Z", "2026-01-31T12:00:00.1234567Z")]
    public void A_time_is_read_with_its_zone(string text, string utc) =>
        Assert.Equal(
            utc,
            Of(Bodies.PullRequest("opened", updatedAt: text)).PullRequest.UpdatedAt.UtcDateTime.ToString("O")
        );

    [Theory]
    [InlineData("2026-01-31T12:00:00")]
    [InlineData("2026-01-31")]
    [InlineData("2026-02-30T12:00:00Z")]
    [InlineData("2026-01-31T12:00:00+99:00")]
    [InlineData("")]
    public void A_time_without_a_zone_is_refused(string text) =>
        Refused("pull_request", Bodies.PullRequest("opened", updatedAt: text));

    [Fact]
    public void A_pull_request_that_contradicts_itself_is_refused()
    {
        Refused("pull_request", Bodies.PullRequest("opened", number: "6"));
        Refused("pull_request", Bodies.PullRequest("opened", number: "0"));
        Refused("pull_request", Bodies.PullRequest("opened", state: "half-open"));
        Refused("pull_request", Bodies.PullRequest("opened", merged: "1"));
        Refused("pull_request", Bodies.PullRequest("opened", target: """{ "ref": "main", "repo": { "id": 8 } }"""));
        Refused("pull_request", Bodies.PullRequest("opened", head: """{ "ref": "a b", "repo": { "id": 7 } }"""));
        Refused("pull_request", Bodies.PullRequest("Opened!"));
    }

    private static News.OfPullRequest Of(string body) => Assert.IsType<News.OfPullRequest>(Read("pull_request", body));
}
