namespace Kennel.Core.Forge;

/// <summary>What happened, in words for people.</summary>
public static class NewsText
{
    /// <summary>One sentence without a full stop, such as <c>branch main is at 0123456789</c>.</summary>
    public static string Describe(this News news) =>
        news switch
        {
            News.OfBranch { IsDeletion: true } it => $"branch {it.Branch} was deleted",
            News.OfBranch it => it.Commit.Match(
                commit => $"branch {it.Branch} is at {commit.Short}",
                () => $"branch {it.Branch} was made"
            ),
            News.OfPullRequest it => Describe(it),
            News.Nothing it => it.Why,
            _ => throw new System.Diagnostics.UnreachableException(),
        };

    private static string Describe(News.OfPullRequest news)
    {
        var it = news.PullRequest;
        var state = news.IsReopening && it.State == PullRequestState.Open ? "was reopened" : $"is {it.State.Word()}";
        var stranger = it.Stranger.Match(why => $", not trusted: {why}", () => "");
        return $"pull request #{it.Number} into {it.BaseReference} {state}{stranger}";
    }
}
