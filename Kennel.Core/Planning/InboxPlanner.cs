using Kennel.Core.Domain;
using Kennel.Core.Forge;

namespace Kennel.Core.Planning;

/// <summary>
/// What deliveries lead to. A delivery names a branch or a pull request to look at; the repository decides what is
/// there. What a delivery alone can decide, such as the end of a pull request, waits for no repository.
/// </summary>
public static class InboxPlanner
{
    /// <summary>The steps for all deliveries that were not handled yet, and for looks where there are none.</summary>
    public static Seq<Part> Plan(Sight sight)
    {
        var deliveries = sight.Desired.Inbox.ToLookup(delivery => delivery.Project);
        var newcomers = deliveries[None].ToSeq().Strict();
        // Deliveries of a project whose row cannot be read wait until somebody has mended it.
        var projects = sight.Desired.Projects.Map(project =>
            OfProject(sight, project, deliveries[project.Id].ToSeq().Strict())
        );
        return Joined(Newcomers.Plan(sight, newcomers), projects);
    }

    private static Part OfProject(Sight sight, DesiredProject project, Seq<Delivery> deliveries) =>
        project.IsBeingRemoved ? Record(sight, project, InboxDecision.OfRemovedProject(deliveries))
        : deliveries.IsEmpty ? LookPlanner.Plan(sight, project)
        : OfLivingProject(sight, project, deliveries);

    private static Part OfLivingProject(Sight sight, DesiredProject project, Seq<Delivery> deliveries)
    {
        var listing = sight.Observed.Listings.Find(project.Id);
        var asking = deliveries.Filter(one => NeedsListing(sight, project, one)).Strict();
        var uncovered = asking.Filter(one => !IsCovered(listing, one)).Strict();
        var ready = deliveries.Filter(one => !uncovered.Contains(one)).Strict();
        var decision = InboxDecision.Of(sight, project, ready, Heads(listing));
        return Record(sight, project, decision) + Ask(sight, project, listing, uncovered, asking);
    }

    /// <summary>Records what was decided, if anything was.</summary>
    internal static Part Record(Sight sight, DesiredProject project, InboxDecision decision) =>
        decision.Ends.IsEmpty && decision.Intents.IsEmpty
            ? Part.Nothing
            : Part.Step(
                new Subject.OfProject(project.Id, project.Name.Value),
                new Action.RecordDeliveries(
                    project.Id,
                    decision.Ends,
                    decision.PullRequests,
                    decision.Intents,
                    decision.Heads,
                    sight.Now
                ),
                decision.Ends.IsEmpty ? "its repository has moved on" : "the forge told of it"
            );

    private static Part Ask(
        Sight sight,
        DesiredProject project,
        Option<ListingState> listing,
        Seq<Delivery> uncovered,
        Seq<Delivery> asking
    )
    {
        var subject = new Subject.OfProject(project.Id, project.Name.Value);
        if (uncovered.IsEmpty)
            return Part.Nothing;
        var waiting = Part.Wait(subject, new WaitingOn.Listing(project.Name));
        return listing.Match(
            state =>
                state switch
                {
                    ListingState.Running => waiting,
                    ListingState.Failed failed when Until(sight, failed) > sight.Now => Part.WaitUntil(
                        subject,
                        new WaitingOn.Retry(
                            $"asking the repository of {project.Name}",
                            failed.Cause.Describe().Sentence,
                            Until(sight, failed)
                        ),
                        Until(sight, failed)
                    ),
                    ListingState.Failed or ListingState.Listed => waiting + Start(sight, project, subject, asking),
                    _ => throw new System.Diagnostics.UnreachableException(),
                },
            () => waiting + Start(sight, project, subject, asking)
        );
    }

    private static Part Start(Sight sight, DesiredProject project, Subject subject, Seq<Delivery> asking) =>
        Part.Step(
            subject,
            new Action.StartListing(
                project,
                toSet(asking.Map(one => one.Id)),
                toSet(asking.Bind(one => Numbers(sight.Desired, project, one.Message.News)))
            ),
            "a delivery names a reference to look at"
        );

    private static DateTimeOffset Until(Sight sight, ListingState.Failed failed) =>
        BackOff.Until(new Attempts(failed.Failures, failed.At, ""), sight.Settings.Periods);

    private static bool IsCovered(Option<ListingState> listing, Delivery delivery) =>
        listing.Exists(state => state is ListingState.Listed listed && listed.Deliveries.Contains(delivery.Id));

    private static Map<string, CommitId> Heads(Option<ListingState> listing) =>
        listing
            .Map(state => state is ListingState.Listed listed ? listed.Heads : Map<string, CommitId>())
            .IfNone(Map<string, CommitId>());

    private static bool NeedsListing(Sight sight, DesiredProject project, Delivery delivery) =>
        delivery.Message.News switch
        {
            News.OfBranch => true,
            News.OfPullRequest it => it.PullRequest.State == PullRequestState.Open
                && it.PullRequest.Stranger.IsNone
                && PullRequestRule.IsNews(sight.Desired.PullRequests.Find((project.Id, it.PullRequest.Number)), it),
            News.Nothing => false,
            _ => throw new System.Diagnostics.UnreachableException(),
        };

    // A push to the branch of an open pull request is a push to that pull request too, even if the forge's own word
    // of that is lost.
    private static Seq<int> Numbers(Desired desired, DesiredProject project, News news) =>
        news switch
        {
            News.OfBranch it => PullRequestRule
                .From(desired, project, it.Branch)
                .Map(pullRequest => pullRequest.Number),
            News.OfPullRequest it => Seq1(it.PullRequest.Number),
            News.Nothing => Seq<int>(),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
}
