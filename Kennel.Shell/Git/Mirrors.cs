using System.Collections.Concurrent;
using Kennel.Core.Domain;
using Kennel.Core.Planning;
using Kennel.Core.Ports;

namespace Kennel.Shell.Git;

/// <summary>The mirrors of all repositories: fetches run in the background, one at a time for each project.</summary>
public sealed class Mirrors : IGit, IAsyncDisposable
{
    private readonly MirrorOptions options;
    private readonly GitProgram git;
    private readonly Listings listings;
    private readonly BackgroundWork<BuildId, FetchState> work;
    private readonly SemaphoreSlim slots;
    private readonly ConcurrentDictionary<ProjectId, SemaphoreSlim> turns = new();

    /// <summary>Prepares the mirrors; nothing is touched before the first fetch.</summary>
    /// <param name="options">Where and how.</param>
    /// <param name="clock">Dates failures.</param>
    /// <param name="wake">Called when a fetch or a question has ended.</param>
    public Mirrors(MirrorOptions options, TimeProvider clock, System.Action wake)
    {
        this.options = options;
        git = new GitProgram(options);
        listings = new Listings(options, clock, wake);
        slots = new SemaphoreSlim(options.ConcurrentMax);
        work = new BackgroundWork<BuildId, FetchState>(
            new FetchState.Running(),
            (cause, before) =>
                new FetchState.Failed(
                    cause,
                    clock.GetUtcNow(),
                    before.Map(state => state.FailuresInARow).IfNone(0) + 1
                ),
            wake
        );
    }

    /// <inheritdoc/>
    public Map<BuildId, FetchState> Fetches(Set<BuildId> builds) => work.Of(builds);

    /// <inheritdoc/>
    public Map<ProjectId, ListingState> Listings(Set<ProjectId> projects) => listings.Of(projects);

    /// <inheritdoc/>
    public Task<Effect> StartListing(Core.Planning.Action.StartListing action, CancellationToken cancellation)
    {
        listings.Start(action);
        return Task.FromResult(Effect.Happened);
    }

    /// <inheritdoc/>
    public Task<Effect> StartFetch(Core.Planning.Action.StartFetch action, CancellationToken cancellation)
    {
        var turn = turns.GetOrAdd(action.Project.Id, _ => new SemaphoreSlim(1));
        work.Start(action.Build, ending => turn.Take(ending, () => slots.Take(ending, () => Fetch(action, ending))));
        return Task.FromResult(Effect.Happened);
    }

    /// <summary>Ends all fetches and questions.</summary>
    public async ValueTask DisposeAsync()
    {
        await work.DisposeAsync();
        await listings.DisposeAsync();
        slots.Dispose();
    }

    private Task<Either<Cause, FetchState>> Fetch(
        Core.Planning.Action.StartFetch action,
        CancellationToken cancellation
    ) => options.Allowed(action.Project.CloneUrl).BindAsync(url => Fetch(action, url, cancellation));

    private async Task<Either<Cause, FetchState>> Fetch(
        Core.Planning.Action.StartFetch action,
        string url,
        CancellationToken cancellation
    )
    {
        await git.Prepare(cancellation);
        var mirror = new Mirror(git, $"{options.Directory}/{action.Project.Id.Value}.git");
        var found = await mirror.Fetch(url, action.Reference, action.RequestedCommit, cancellation);
        return await found.MapAsync<Cause, CommitId, FetchState>(async commit => new FetchState.Fetched(
            commit,
            await mirror.Message(commit, cancellation)
        ));
    }
}
