using Kennel.Core.Domain;
using Kennel.Core.Planning;
using Kennel.Shell.Processes;
using Action = Kennel.Core.Planning.Action;

namespace Kennel.Shell.Git;

/// <summary>Asks repositories which references they have: in the background, one question at a time for each project.</summary>
internal sealed class Listings(MirrorOptions options, GitProgram git, TimeProvider clock, System.Action wake)
    : IAsyncDisposable
{
    private const int OutputBytesMax = 16 << 20;

    private readonly CancellationTokenSource lifetime = new();
    private readonly SemaphoreSlim slots = new(options.ConcurrentMax);
    private readonly Lock gate = new();
    private Map<ProjectId, ListingState> states = Map<ProjectId, ListingState>();
    private Map<ProjectId, Task> tasks = Map<ProjectId, Task>();

    /// <summary>What is known of these projects; answers for others are forgotten.</summary>
    public Map<ProjectId, ListingState> Of(Set<ProjectId> projects)
    {
        lock (gate)
        {
            states = states.Filter((project, state) => state is ListingState.Running || projects.Contains(project));
            tasks = tasks.Filter((project, _) => states.ContainsKey(project));
            return states;
        }
    }

    /// <summary>Begins to ask, unless a question is under way.</summary>
    public void Start(Action.StartListing action)
    {
        lock (gate)
        {
            var before = states.Find(action.Project.Id);
            if (before.Exists(state => state is ListingState.Running))
                return;
            var failures = before.Map(state => state is ListingState.Failed failed ? failed.Failures : 0).IfNone(0);
            states = states.AddOrUpdate(action.Project.Id, new ListingState.Running());
            tasks = tasks.AddOrUpdate(
                action.Project.Id,
                Task.Run(() => AskAndTell(action, failures), CancellationToken.None)
            );
        }
    }

    /// <summary>Ends all questions.</summary>
    public async ValueTask DisposeAsync()
    {
        await lifetime.CancelAsync();
        Seq<Task> running;
        lock (gate)
            running = tasks.Values.ToSeq().Strict();
        await Task.WhenAll(running);
        lifetime.Dispose();
        slots.Dispose();
    }

    private async Task AskAndTell(Action.StartListing action, int failures)
    {
        var state = await AskInTurn(action, failures);
        lock (gate)
            states = state.Match(
                ended => states.AddOrUpdate(action.Project.Id, ended),
                () => states.Remove(action.Project.Id)
            );
        wake();
    }

    private async Task<Option<ListingState>> AskInTurn(Action.StartListing action, int failures)
    {
        try
        {
            await slots.WaitAsync(lifetime.Token);
            try
            {
                var answer = await Ask(action);
                return answer.Match<ListingState>(
                    heads => new ListingState.Listed(action.Deliveries, heads, clock.GetUtcNow()),
                    cause => new ListingState.Failed(cause, clock.GetUtcNow(), failures + 1)
                );
            }
            finally
            {
                slots.Release();
            }
        }
        catch (OperationCanceledException)
        {
            return None;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            var cause = new Cause.Refused("the disk", error.Message);
            return new ListingState.Failed(cause, clock.GetUtcNow(), failures + 1);
        }
    }

    private Task<Either<Cause, Map<string, CommitId>>> Ask(Action.StartListing action) =>
        CloneUrls
            .Check("the clone URL", action.Project.CloneUrl, options.AllowedProtocols)
            .Match(
                url => Ask(action, url),
                problems =>
                    Task.FromResult(
                        Left<Cause, Map<string, CommitId>>(new Cause.CloneFailed(string.Join("; ", problems)))
                    )
            );

    private async Task<Either<Cause, Map<string, CommitId>>> Ask(Action.StartListing action, string url)
    {
        await git.Prepare(lifetime.Token);
        var references = action.PullRequests.Map(number => new Branch.PullRequest(number).Reference).ToSeq();
        var end = await git.Run(
            options.Directory,
            OutputBytesMax,
            lifetime.Token,
            [.. Joined(Seq("ls-remote", "--quiet", "--", url, "refs/heads/*"), references)]
        );
        if (end is not ChildEnd.Exited { Status: 0 } answer)
            return Left<Cause, Map<string, CommitId>>(new Cause.CloneFailed(GitProgram.Explain(end)));
        var heads = answer.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(Head).Somes();
        return Right<Cause, Map<string, CommitId>>(toMap(heads));
    }

    // A pattern of git's matches the end of a reference; only whole ones were asked for.
    private static Option<(string Reference, CommitId Commit)> Head(string line) =>
        line.Split('\t') is [var commit, var reference]
        && (
            reference.StartsWith("refs/heads/", StringComparison.Ordinal)
            || reference.StartsWith("refs/pull/", StringComparison.Ordinal)
        )
            ? CommitId.Parse("git ls-remote", commit).ToOption().Map(id => (reference, id))
            : None;
}
