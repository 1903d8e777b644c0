using Kennel.Core.Domain;
using Kennel.Core.Planning;
using Kennel.Core.Ports;
using Action = Kennel.Core.Planning.Action;

namespace Kennel.PropertyTests.World;

/// <summary>
/// Git as Kennel uses it: questions and fetches that end at once or after a while, with what the repository held when
/// they began or holds when they end.
/// </summary>
public sealed class SimulatedGit(SimulatedHost host) : IGit
{
    public Map<BuildId, FetchState> Fetches(Set<BuildId> builds) =>
        host.Fetches = host.Fetches.Filter((build, state) => state is FetchState.Running || builds.Contains(build));

    public Map<ProjectId, ListingState> Listings(Set<ProjectId> projects) =>
        host.Listings = host.Listings.Filter(
            (project, state) => state is ListingState.Running || projects.Contains(project)
        );

    public Task<Effect> StartListing(Action.StartListing action, CancellationToken cancellation)
    {
        var before = host.Listings.Find(action.Project.Id);
        if (before.Exists(state => state is ListingState.Running))
            return Task.FromResult(Effect.Happened);
        var failures = before.Map(state => state is ListingState.Failed failed ? failed.Failures : 0).IfNone(0);
        host.Listings = host.Listings.AddOrUpdate(action.Project.Id, new ListingState.Running());
        host.AnswerOfGit(
            () => Listing(action, failures),
            state => host.Listings = host.Listings.AddOrUpdate(action.Project.Id, state)
        );
        return Task.FromResult(Effect.Happened);
    }

    public Task<Effect> StartFetch(Action.StartFetch action, CancellationToken cancellation)
    {
        var before = host.Fetches.Find(action.Build);
        if (before.Exists(state => state is FetchState.Running))
            return Task.FromResult(Effect.Happened);
        var failures = before.Map(state => state is FetchState.Failed failed ? failed.Failures : 0).IfNone(0);
        host.Fetches = host.Fetches.AddOrUpdate(action.Build, new FetchState.Running());
        host.AnswerOfGit(
            () => Fetch(action, failures + 1),
            state => host.Fetches = host.Fetches.AddOrUpdate(action.Build, state)
        );
        return Task.FromResult(Effect.Happened);
    }

    private ListingState Listing(Action.StartListing action, int failures)
    {
        if (host.Blind.Contains("git"))
            return new ListingState.Failed(new Cause.CloneFailed("simulated"), host.Clock, failures + 1);
        var asked = toSet(action.PullRequests.Map(SimulatedRepository.Reference));
        return new ListingState.Listed(
            action.Deliveries,
            host.Repositories[action.Project.CloneUrl]
                .Heads.Filter(
                    (reference, _) =>
                        reference.StartsWith("refs/heads/", StringComparison.Ordinal) || asked.Contains(reference)
                ),
            host.Clock
        );
    }

    private FetchState Fetch(Action.StartFetch action, int failures) =>
        host.Blind.Contains("git")
            ? new FetchState.Failed(new Cause.CloneFailed("simulated"), host.Clock, failures)
            : host.Repositories[action.Project.CloneUrl]
                .Heads.Find(action.Reference.Reference)
                .Match<FetchState>(
                    head =>
                    {
                        var commit = action.RequestedCommit.IfNone(head);
                        return new FetchState.Fetched(commit, host.Commits[commit].Message);
                    },
                    () =>
                        new FetchState.Failed(new Cause.NoSuchBranch(action.Reference.Reference), host.Clock, failures)
                );
}
