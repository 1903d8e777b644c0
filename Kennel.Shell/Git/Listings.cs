using Kennel.Core.Domain;
using Kennel.Core.Planning;
using Kennel.Shell.Processes;
using Action = Kennel.Core.Planning.Action;

namespace Kennel.Shell.Git;

/// <summary>Asks repositories which references they have: in the background, one question at a time for each project.</summary>
internal sealed class Listings(MirrorOptions options, TimeProvider clock, System.Action wake) : IAsyncDisposable
{
    private const int OutputBytesMax = 16 << 20;

    private readonly GitProgram git = new(options with { Timeout = options.ListingTimeout });
    private readonly SemaphoreSlim slots = new(options.ListingConcurrentMax);
    private readonly BackgroundWork<ProjectId, ListingState> work = new(
        new ListingState.Running(),
        (cause, before) =>
            new ListingState.Failed(cause, clock.GetUtcNow(), before.Map(state => state.FailuresInARow).IfNone(0) + 1),
        wake
    );

    /// <summary>What is known of these projects; answers for others are forgotten.</summary>
    public Map<ProjectId, ListingState> Of(Set<ProjectId> projects) => work.Of(projects);

    /// <summary>Begins to ask, unless a question is under way.</summary>
    public void Start(Action.StartListing action) =>
        work.Start(action.Project.Id, cancellation => slots.Take(cancellation, () => Ask(action, cancellation)));

    /// <summary>Ends all questions.</summary>
    public async ValueTask DisposeAsync()
    {
        await work.DisposeAsync();
        slots.Dispose();
    }

    private Task<Either<Cause, ListingState>> Ask(Action.StartListing action, CancellationToken cancellation) =>
        options.Allowed(action.Project.CloneUrl).BindAsync(url => Ask(action, url, cancellation));

    private async Task<Either<Cause, ListingState>> Ask(
        Action.StartListing action,
        string url,
        CancellationToken cancellation
    )
    {
        await git.Prepare(cancellation);
        var references = action.PullRequests.Map(number => new Branch.PullRequest(number).Reference).ToSeq();
        var end = await git.Run(
            options.Directory,
            OutputBytesMax,
            cancellation,
            [.. Joined(Seq("ls-remote", "--quiet", "--", url, "refs/heads/*"), references)]
        );
        return end switch
        {
            // A branch that was not read must not be taken for one that is gone.
            ChildEnd.Exited { Status: 0, IsOutputComplete: false } => Left<Cause, ListingState>(
                new Cause.CloneFailed("its list of references was cut off")
            ),
            ChildEnd.Exited { Status: 0 } answer => Right<Cause, ListingState>(
                new ListingState.Listed(action.Deliveries, Heads(answer.Output), clock.GetUtcNow())
            ),
            _ => Left<Cause, ListingState>(new Cause.CloneFailed(GitProgram.Explain(end))),
        };
    }

    private static Map<string, CommitId> Heads(string output) =>
        output
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(Head)
            .Somes()
            .Fold(Map<string, CommitId>(), (heads, head) => heads.AddOrUpdate(head.Reference, head.Commit));

    // A pattern of git's matches the end of a reference; only whole ones were asked for. A name that is no text cannot
    // be told from others of its kind.
    private static Option<(string Reference, CommitId Commit)> Head(string line) =>
        line.Split('\t') is [var commit, var reference]
        && (
            reference.StartsWith("refs/heads/", StringComparison.Ordinal)
            || reference.StartsWith("refs/pull/", StringComparison.Ordinal)
        )
        && !reference.Contains('\ufffd', StringComparison.Ordinal)
            ? CommitId.Parse("git ls-remote", commit).ToOption().Map(id => (reference, id))
            : None;
}
