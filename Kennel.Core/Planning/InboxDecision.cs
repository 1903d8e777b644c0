using Kennel.Core.Domain;
using Kennel.Core.Forge;

namespace Kennel.Core.Planning;

/// <summary>What the deliveries of one project amount to.</summary>
/// <param name="Ends">What became of each.</param>
/// <param name="PullRequests">How the pull requests stand now that they told of.</param>
/// <param name="Intents">What is to be deployed and what is to go, once for each branch and pull request.</param>
/// <param name="Heads">The heads that were seen.</param>
public sealed record InboxDecision(
    Seq<DeliveryEnd> Ends,
    Seq<PullRequest> PullRequests,
    Seq<BranchIntent> Intents,
    Map<Branch, CommitId> Heads
)
{
    /// <summary>
    /// Decides about deliveries. They are taken together: what counts is how each branch and pull request stands
    /// after the last of them.
    /// </summary>
    /// <param name="sight">What is wanted and what was seen.</param>
    /// <param name="project">The project.</param>
    /// <param name="deliveries">Deliveries for which the repository has answered, or that need no answer.</param>
    /// <param name="heads">The repository's answer.</param>
    public static InboxDecision Of(
        Sight sight,
        DesiredProject project,
        Seq<Delivery> deliveries,
        Map<string, CommitId> heads
    )
    {
        var pullRequests = After(sight.Desired, project, deliveries);
        var verdicts = deliveries
            .Map(delivery => delivery.Message.News.Subject)
            .Somes()
            .Distinct()
            .ToSeq()
            .Map(branch =>
                (Branch: branch, Verdict: VerdictOn(sight, project, deliveries, pullRequests, heads, branch))
            )
            .Strict();
        var byBranch = toMap(verdicts);
        var followers = deliveries
            .Bind(delivery => Followers(sight, project, delivery.Message.News, pullRequests, heads))
            .Filter(follower => !byBranch.ContainsKey(follower.Branch))
            .DistinctBy(follower => follower.Branch)
            .ToSeq();
        var all = Joined(verdicts, followers).Strict();
        return new InboxDecision(
            deliveries
                .Map(delivery => new DeliveryEnd(delivery.Id, Meaning(sight.Desired, project, delivery, byBranch)))
                .Strict(),
            pullRequests.Values.ToSeq().Strict(),
            all.Bind(one => one.Verdict.Intent.ToSeq()).Strict(),
            toMap(all.Bind(one => one.Verdict.Head.Map(head => (one.Branch, head)).ToSeq()))
        );
    }

    /// <summary>Whatever is delivered for a project that is being removed leads to nothing.</summary>
    public static InboxDecision OfRemovedProject(Seq<Delivery> deliveries) =>
        new(
            deliveries.Map(one => new DeliveryEnd(one.Id, "nothing: the project is being removed")).Strict(),
            Seq<PullRequest>(),
            Seq<BranchIntent>(),
            Map<Branch, CommitId>()
        );

    /// <summary>
    /// What deliveries that never came would have told: branches and open pull requests that the forge's word led to
    /// before follow their heads. What only a person asked for is that person's, and that one is missing leads to nothing.
    /// </summary>
    /// <param name="sight">What is wanted and what was seen.</param>
    /// <param name="project">The project.</param>
    /// <param name="heads">The repository's answer.</param>
    public static InboxDecision OfLook(Sight sight, DesiredProject project, Map<string, CommitId> heads)
    {
        var moved = sight
            .LivingBranches(project.Id)
            .Filter(live => IsFollowed(sight.Desired, live))
            .Bind(live =>
                (
                    from known in Known(sight, project, live.Branch)
                    from head in heads.Find(live.Branch.Reference)
                    select (live.Branch, Verdict: InboxVerdict.OfHead(project, live.Branch, live, known, head))
                ).ToSeq()
            )
            .Filter(one => one.Verdict.Intent.IsSome)
            .Strict();
        return new InboxDecision(
            Seq<DeliveryEnd>(),
            Seq<PullRequest>(),
            moved.Bind(one => one.Verdict.Intent.ToSeq()).Strict(),
            toMap(moved.Bind(one => one.Verdict.Head.Map(head => (one.Branch, head)).ToSeq()))
        );
    }

    private static bool IsFollowed(Desired desired, DesiredBranch live) =>
        live.Branch is not Branch.PullRequest it
        || desired
            .PullRequests.Find((live.Project.Id, it.Number))
            .Exists(known => known.State == PullRequestState.Open && known.Stranger.IsNone);

    private static Option<CommitId> Known(Sight sight, DesiredProject project, Branch branch) =>
        sight.Desired.Heads.Find((project.Id, branch));

    private static Option<DesiredBranch> Live(Sight sight, DesiredProject project, Branch branch) =>
        sight.LivingBranches(project.Id).Find(live => live.Branch == branch);

    private static Map<int, PullRequest> After(Desired desired, DesiredProject project, Seq<Delivery> deliveries) =>
        deliveries
            .Map(delivery => delivery.Message.News)
            .OfType<News.OfPullRequest>()
            .OrderBy(news => news.PullRequest.UpdatedAt)
            .Aggregate(
                Map<int, PullRequest>(),
                (all, news) =>
                {
                    var number = news.PullRequest.Number;
                    var known = all.Find(number) || desired.PullRequests.Find((project.Id, number));
                    return PullRequestRule.IsNews(known, news) ? all.AddOrUpdate(number, news.PullRequest) : all;
                }
            );

    private static InboxVerdict VerdictOn(
        Sight sight,
        DesiredProject project,
        Seq<Delivery> deliveries,
        Map<int, PullRequest> pullRequests,
        Map<string, CommitId> heads,
        Branch branch
    )
    {
        var live = Live(sight, project, branch);
        var known = Known(sight, project, branch);
        var head = heads.Find(branch.Reference);
        return branch switch
        {
            Branch.Git git => head.Match(
                commit => InboxVerdict.OfHead(project, branch, live, known, commit),
                () => InboxVerdict.OfAbsence(project, git.Name, live, known, IsDeleted(deliveries, branch))
            ),
            Branch.PullRequest pullRequest => pullRequests
                .Find(pullRequest.Number)
                .Match(
                    it => InboxVerdict.OfPullRequest(project, it, live, known, head),
                    () => InboxVerdict.Nothing("nothing: older than what is known already")
                ),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    private static bool IsDeleted(Seq<Delivery> deliveries, Branch branch) =>
        deliveries.Exists(delivery =>
            delivery.Message.News is News.OfBranch { IsDeletion: true } && delivery.Message.News.Subject == Some(branch)
        );

    private static Seq<(Branch Branch, InboxVerdict Verdict)> Followers(
        Sight sight,
        DesiredProject project,
        News news,
        Map<int, PullRequest> changed,
        Map<string, CommitId> heads
    )
    {
        if (news is not News.OfBranch it)
            return Seq<(Branch, InboxVerdict)>();
        var pushed = heads.Find(new Branch.Git(it.Branch).Reference);
        return PullRequestRule
            .From(sight.Desired, project, it.Branch)
            .Filter(pullRequest => !changed.ContainsKey(pullRequest.Number))
            .Map(pullRequest => (Branch)new Branch.PullRequest(pullRequest.Number))
            .Bind(branch =>
                (
                    from live in Live(sight, project, branch)
                    from head in heads.Find(branch.Reference)
                    where pushed == Some(head)
                    select (branch, InboxVerdict.OfHead(project, branch, live, Known(sight, project, branch), head))
                ).ToSeq()
            );
    }

    private static string Meaning(
        Desired desired,
        DesiredProject project,
        Delivery delivery,
        Map<Branch, InboxVerdict> verdicts
    ) =>
        delivery.Message.News switch
        {
            News.Nothing it => $"nothing: {it.Why}",
            News.OfPullRequest it
                when !PullRequestRule.IsNews(desired.PullRequests.Find((project.Id, it.PullRequest.Number)), it) =>
                "nothing: older than what is known already",
            var news => news.Subject.Bind(verdicts.Find).Map(verdict => verdict.Meaning).IfNone("nothing"),
        };
}
