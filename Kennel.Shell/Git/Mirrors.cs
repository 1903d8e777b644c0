using Kennel.Core.Domain;
using Kennel.Core.Planning;
using Kennel.Core.Ports;

namespace Kennel.Shell.Git;

/// <summary>The mirrors of all repositories: fetches run in the background, one at a time for each project.</summary>
public sealed class Mirrors : IGit, IAsyncDisposable
{
    private readonly MirrorOptions options;
    private readonly System.Action wake;
    private readonly TimeProvider clock;
    private readonly GitProgram git;
    private readonly Listings listings;
    private readonly CancellationTokenSource lifetime = new();
    private readonly SemaphoreSlim slots;
    private readonly Lock gate = new();
    private Map<BuildId, FetchState> states = Map<BuildId, FetchState>();
    private Map<BuildId, Task> tasks = Map<BuildId, Task>();
    private Map<ProjectId, SemaphoreSlim> turns = Map<ProjectId, SemaphoreSlim>();

    /// <summary>Prepares the mirrors; nothing is touched before the first fetch.</summary>
    /// <param name="options">Where and how.</param>
    /// <param name="clock">Dates failures.</param>
    /// <param name="wake">Called when a fetch or a question has ended.</param>
    public Mirrors(MirrorOptions options, TimeProvider clock, System.Action wake)
    {
        this.options = options;
        this.wake = wake;
        this.clock = clock;
        git = new GitProgram(options);
        listings = new Listings(options, git, clock, wake);
        slots = new SemaphoreSlim(options.ConcurrentMax);
    }

    /// <inheritdoc/>
    public Map<BuildId, FetchState> Fetches(Set<BuildId> builds)
    {
        lock (gate)
        {
            states = states.Filter((build, state) => state is FetchState.Running || builds.Contains(build));
            tasks = tasks.Filter((build, _) => states.ContainsKey(build));
            return states;
        }
    }

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
        lock (gate)
        {
            var before = states.Find(action.Build);
            if (before.Exists(state => state is FetchState.Running))
                return Task.FromResult(Effect.Happened);
            var failures = before.Map(state => state is FetchState.Failed failed ? failed.Failures : 0).IfNone(0);
            states = states.AddOrUpdate(action.Build, new FetchState.Running());
            tasks = tasks.AddOrUpdate(
                action.Build,
                Task.Run(() => FetchAndTell(action, failures), CancellationToken.None)
            );
        }
        return Task.FromResult(Effect.Happened);
    }

    /// <summary>Ends all fetches.</summary>
    public async ValueTask DisposeAsync()
    {
        await lifetime.CancelAsync();
        Seq<Task> running;
        lock (gate)
            running = tasks.Values.ToSeq().Strict();
        await Task.WhenAll(running);
        await listings.DisposeAsync();
        lifetime.Dispose();
    }

    private async Task FetchAndTell(Core.Planning.Action.StartFetch action, int failures)
    {
        var fetched = await FetchInTurn(action);
        lock (gate)
            states = fetched.Match(
                end => states.AddOrUpdate(action.Build, StateOf(end, failures + 1)),
                () => states.Remove(action.Build)
            );
        wake();
    }

    private FetchState StateOf(Either<Cause, FetchState.Fetched> end, int failures) =>
        end.Match<FetchState>(fetched => fetched, cause => new FetchState.Failed(cause, clock.GetUtcNow(), failures));

    private async Task<Option<Either<Cause, FetchState.Fetched>>> FetchInTurn(Core.Planning.Action.StartFetch action)
    {
        var turn = TurnOf(action.Project.Id);
        try
        {
            await turn.WaitAsync(lifetime.Token);
            try
            {
                await slots.WaitAsync(lifetime.Token);
                try
                {
                    return Some(await Fetch(action));
                }
                finally
                {
                    slots.Release();
                }
            }
            finally
            {
                turn.Release();
            }
        }
        catch (OperationCanceledException)
        {
            return None;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return Some(Left<Cause, FetchState.Fetched>(new Cause.Refused("the disk", error.Message)));
        }
    }

    private Task<Either<Cause, FetchState.Fetched>> Fetch(Core.Planning.Action.StartFetch action) =>
        CloneUrls
            .Check("the clone URL", action.Project.CloneUrl, options.AllowedProtocols)
            .Match(
                url => Fetch(action, url),
                problems =>
                    Task.FromResult(Left<Cause, FetchState.Fetched>(new Cause.CloneFailed(string.Join("; ", problems))))
            );

    private async Task<Either<Cause, FetchState.Fetched>> Fetch(Core.Planning.Action.StartFetch action, string url)
    {
        await git.Prepare(lifetime.Token);
        var mirror = new Mirror(git, $"{options.Directory}/{action.Project.Id.Value}.git");
        var found = await mirror.Fetch(url, action.Reference, action.RequestedCommit, lifetime.Token);
        return await found.MapAsync(async commit => new FetchState.Fetched(
            commit,
            await mirror.Message(commit, lifetime.Token)
        ));
    }

    private SemaphoreSlim TurnOf(ProjectId project)
    {
        lock (gate)
        {
            var turn = turns.Find(project).IfNone(() => new SemaphoreSlim(1));
            turns = turns.AddOrUpdate(project, turn);
            return turn;
        }
    }
}
