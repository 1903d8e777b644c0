using Kennel.Core.Domain;

namespace Kennel.Core.Planning;

/// <summary>
/// Looks at repositories now and then, and once after a start: forges do not repeat a delivery that did not arrive. What
/// is deployed follows its head then. A branch that is missing is told and stays: only a delivery, or a person, removes.
/// </summary>
public static class LookPlanner
{
    /// <summary>The steps for a project without deliveries.</summary>
    public static Part Plan(Sight sight, DesiredProject project)
    {
        if (sight.Settings.Forge.LookInterval <= TimeSpan.Zero)
            return Part.Nothing;
        return sight
            .Observed.Listings.Find(project.Id)
            .Match(
                state =>
                    state switch
                    {
                        ListingState.Running => Part.Nothing,
                        ListingState.Failed failed => Again(sight, project, failed.At),
                        ListingState.Listed listed => OfAnswer(sight, project, listed),
                        _ => throw new System.Diagnostics.UnreachableException(),
                    },
                () => Look(sight, project)
            );
    }

    // An answer that led to something is asked for anew at once, so that it is not taken a second time.
    private static Part OfAnswer(Sight sight, DesiredProject project, ListingState.Listed listed)
    {
        if (!listed.Deliveries.IsEmpty)
            return Again(sight, project, listed.At);
        var decision = InboxDecision.OfLook(sight, project, listed.Heads);
        return decision.Intents.IsEmpty
            ? Missing(sight, project, listed) + Again(sight, project, listed.At)
            : InboxPlanner.Record(sight, project, decision) + Look(sight, project);
    }

    // What was pushed or deployed since the repository was asked cannot be in its answer.
    private static Part Missing(Sight sight, DesiredProject project, ListingState.Listed listed) =>
        Part.Concat(
            sight
                .LivingBranches(project.Id)
                .Filter(live => live.Branch is Branch.Git && !listed.Heads.ContainsKey(live.Branch.Reference))
                .Filter(live => live.Life.ActiveAt.ForAll(at => at < listed.At))
                .Map(live => Part.Block(live.Subject, new BlockedBy.BranchMissing(live.Title)))
        );

    private static Part Again(Sight sight, DesiredProject project, DateTimeOffset last)
    {
        var next = last + sight.Settings.Forge.LookInterval;
        return next <= sight.Now ? Look(sight, project) : Part.Nothing with { LookAt = next };
    }

    private static Part Look(Sight sight, DesiredProject project) =>
        Part.Step(
            new Subject.OfProject(project.Id, project.Name.Value),
            new Action.StartListing(project, Set<DeliveryId>(), PullRequests(sight, project)),
            "a delivery may have been lost"
        );

    private static Set<int> PullRequests(Sight sight, DesiredProject project) =>
        toSet(
            sight
                .LivingBranches(project.Id)
                .Bind(live => live.Branch is Branch.PullRequest it ? Seq1(it.Number) : Seq<int>())
        );
}
