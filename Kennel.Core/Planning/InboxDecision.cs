using Kennel.Core.Domain;
using Kennel.Core.Forge;

namespace Kennel.Core.Planning;

/// <summary>What the deliveries of one project amount to.</summary>
/// <param name="Ends">What became of each.</param>
/// <param name="PullRequests">How the pull requests stand now that they told of.</param>
/// <param name="Intents">What is to be deployed and what is to go, once for each branch and pull request.</param>
public sealed record InboxDecision(Seq<DeliveryEnd> Ends, Seq<PullRequest> PullRequests, Seq<BranchIntent> Intents)
{
    /// <summary>
    /// Decides about deliveries. They are taken together: what counts is how each branch and pull request stands
    /// after the last of them.
    /// </summary>
    /// <param name="desired">What the store says.</param>
    /// <param name="project">The project.</param>
    /// <param name="deliveries">Deliveries for which the repository has answered, or that need no answer.</param>
    /// <param name="heads">The repository's answer.</param>
    public static InboxDecision Of(
        Desired desired,
        DesiredProject project,
        Seq<Delivery> deliveries,
        Map<string, CommitId> heads
    )
    {
        var pullRequests = After(desired, project, deliveries);
        var verdicts = deliveries
            .Map(delivery => delivery.Message.News.Subject)
            .Somes()
            .Distinct()
            .ToSeq()
            .Map(branch => (branch, Verdict(desired, project, deliveries, pullRequests, heads, branch)))
            .Strict();
        var byBranch = toMap(verdicts);
        var followers = deliveries
            .Bind(delivery => Followers(desired, project, delivery.Message.News, pullRequests, heads))
            .Filter(intent => !byBranch.ContainsKey(intent.Branch))
            .DistinctBy(intent => intent.Branch)
            .ToSeq();
        return new InboxDecision(
            deliveries
                .Map(delivery => new DeliveryEnd(delivery.Id, Meaning(desired, project, delivery, byBranch)))
                .Strict(),
            pullRequests.Values.ToSeq().Strict(),
            Joined(verdicts.Bind(verdict => verdict.Item2.Intent.ToSeq()), followers).Strict()
        );
    }

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

    private static InboxVerdict Verdict(
        Desired desired,
        DesiredProject project,
        Seq<Delivery> deliveries,
        Map<int, PullRequest> pullRequests,
        Map<string, CommitId> heads,
        Branch branch
    )
    {
        var live = desired.Branches.Find(one =>
            one.Project.Id == project.Id && one.Branch == branch && one.Removed.IsNone
        );
        var head = heads.Find(branch.Reference);
        return branch switch
        {
            Branch.Git git => head.Match(
                commit => InboxVerdict.OfHead(project, branch, live, commit),
                () => InboxVerdict.OfAbsence(project, git.Name, live, IsDeleted(deliveries, branch))
            ),
            Branch.PullRequest pullRequest => pullRequests
                .Find(pullRequest.Number)
                .Match(
                    it => InboxVerdict.OfPullRequest(project, it, live, head),
                    () => InboxVerdict.Nothing("nothing: older than what is known already")
                ),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    private static bool IsDeleted(Seq<Delivery> deliveries, Branch branch) =>
        deliveries.Exists(delivery =>
            delivery.Message.News is News.OfBranch { IsDeletion: true } && delivery.Message.News.Subject == Some(branch)
        );

    private static Seq<BranchIntent> Followers(
        Desired desired,
        DesiredProject project,
        News news,
        Map<int, PullRequest> changed,
        Map<string, CommitId> heads
    )
    {
        if (news is not News.OfBranch it)
            return Seq<BranchIntent>();
        var pushed = heads.Find(new Branch.Git(it.Branch).Reference);
        return PullRequestRule
            .From(desired, project, it.Branch)
            .Filter(pullRequest => !changed.ContainsKey(pullRequest.Number))
            .Map(pullRequest => (Branch)new Branch.PullRequest(pullRequest.Number))
            .Filter(branch => pushed.IsSome && heads.Find(branch.Reference) == pushed)
            .Bind(branch =>
                desired
                    .Branches.Find(one => one.Project.Id == project.Id && one.Branch == branch && one.Removed.IsNone)
                    .Bind(live => InboxVerdict.OfHead(project, branch, live, heads[branch.Reference]).Intent)
                    .ToSeq()
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
