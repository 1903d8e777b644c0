using Kennel.Core.Forge;
using Kennel.Core.Planning;

namespace Kennel.Tests.Planning;

public sealed class PullRequestRuleTests
{
    private static readonly DateTimeOffset Then = new(2026, 3, 4, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void The_first_word_about_a_pull_request_is_news() =>
        Assert.True(PullRequestRule.IsNews(None, Told(PullRequestState.Closed, 0, isReopening: false)));

    [Theory]
    // What is known, what is told, how many seconds later, by a reopening or not.
    [InlineData("open", "open", 1, false, true)]
    [InlineData("open", "open", 0, false, true)]
    [InlineData("open", "open", -1, false, false)]
    [InlineData("open", "closed", 0, false, true)]
    [InlineData("open", "closed", -1, false, false)]
    [InlineData("open", "merged", 0, false, true)]
    [InlineData("closed", "open", 1, false, true)]
    [InlineData("closed", "open", 1, true, true)]
    [InlineData("closed", "open", 0, true, true)]
    [InlineData("closed", "open", 0, false, false)]
    [InlineData("closed", "open", -1, true, false)]
    [InlineData("closed", "closed", 0, false, true)]
    [InlineData("closed", "merged", 0, false, true)]
    [InlineData("merged", "open", 1, true, false)]
    [InlineData("merged", "open", 0, false, false)]
    [InlineData("merged", "merged", 0, false, true)]
    public void What_the_forge_changed_earlier_is_no_news_and_in_one_second_closing_wins_over_all_but_reopening(
        string known,
        string told,
        int secondsLater,
        bool isReopening,
        bool isNews
    ) =>
        Assert.Equal(isNews, PullRequestRule.IsNews(At(State(known), 0), Told(State(told), secondsLater, isReopening)));

    private static PullRequestState State(string word) => Enum.Parse<PullRequestState>(word, ignoreCase: true);

    private static News.OfPullRequest Told(PullRequestState state, int seconds, bool isReopening) =>
        new(At(state, seconds), isReopening);

    private static PullRequest At(PullRequestState state, int seconds) =>
        new(7, state, Then.AddSeconds(seconds), "feature", "main", None);
}
