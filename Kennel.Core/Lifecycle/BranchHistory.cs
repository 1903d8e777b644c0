using Kennel.Core.Domain;
using Kennel.Core.Planning;

namespace Kennel.Core.Lifecycle;

/// <summary>Why an earlier build was brought anew.</summary>
public enum RepeatKind
{
    /// <summary>Somebody asked to deploy it once more.</summary>
    Redeploy,

    /// <summary>Somebody asked to restart what serves.</summary>
    Restart,
}

/// <summary>That a build only brings an earlier one anew.</summary>
/// <param name="Of">The build that was built.</param>
/// <param name="Kind">What was asked for.</param>
public sealed record Repeat(BuildId Of, RepeatKind Kind)
{
    /// <summary>The repeat, for people: <c>redeploy of build 7</c>.</summary>
    public override string ToString() => $"{Kind.ToString().ToLowerInvariant()} of build {Of.Value}";
}

/// <summary>A build of a branch that became releases, as it was recorded.</summary>
/// <param name="Id">The store's number.</param>
/// <param name="Commit">What was built.</param>
/// <param name="At">When it ended, or began where it has not ended.</param>
/// <param name="Repeats">The build that it brings anew, if it does.</param>
/// <param name="ComponentsCount">How many components it has, where that was recorded.</param>
public sealed record RecordedBuild(
    BuildId Id,
    CommitId Commit,
    DateTimeOffset At,
    Option<Repeat> Repeats,
    Option<int> ComponentsCount
)
{
    /// <summary>The build that was built: a repeat is no newer than what it repeats.</summary>
    public BuildId Origin => Repeats.Map(repeat => repeat.Of).IfNone(Id);
}

/// <summary>One component of a build that became releases.</summary>
public sealed record PastRelease(ComponentName Component, Release Release);

/// <summary>Why something that a person asked for cannot be done.</summary>
/// <param name="Code">A stable word with hyphens.</param>
/// <param name="What">What is wrong.</param>
/// <param name="Remedy">What to do.</param>
public sealed record Hindrance(string Code, string What, string Remedy);

/// <summary>A build of a branch and what became of it.</summary>
/// <param name="Build">The build.</param>
/// <param name="Releases">Its components.</param>
/// <param name="IsServing">Whether it serves.</param>
/// <param name="IsTarget">Whether it is what is to serve.</param>
/// <param name="IsPinned">Whether the branch is pinned to it.</param>
/// <param name="Hindrance">Why the branch cannot be rolled back to it; nothing where it can.</param>
public sealed record PastBuild(
    RecordedBuild Build,
    Seq<PastRelease> Releases,
    bool IsServing,
    bool IsTarget,
    bool IsPinned,
    Option<Hindrance> Hindrance
);

/// <summary>The builds of a branch that became releases, and which of them it can be rolled back to.</summary>
/// <param name="Branch">The branch.</param>
/// <param name="Builds">The builds, newest first.</param>
public sealed record BranchHistory(DesiredBranch Branch, Seq<PastBuild> Builds)
{
    /// <summary>The history of a branch, as far back as its releases are remembered.</summary>
    /// <param name="settings">The host's configuration.</param>
    /// <param name="branch">The branch.</param>
    /// <param name="recorded">Its builds.</param>
    /// <param name="waiting">Those that are built and do not serve yet.</param>
    public static BranchHistory Of(
        Settings settings,
        DesiredBranch branch,
        Seq<RecordedBuild> recorded,
        Set<BuildId> waiting
    )
    {
        var kept = toSet(
            branch.Deployments.Bind(deployment =>
                KeptReleases
                    .Of(branch, deployment, waiting, settings.KeepReleases)
                    .Map(release => (deployment.Component, release.StorePath))
            )
        );
        return new BranchHistory(
            branch,
            recorded
                .OrderByDescending(build => build.Id)
                .Select(build => PastOf(branch, build, kept))
                .Where(past => !past.Releases.IsEmpty)
                .ToSeq()
                .Strict()
        );
    }

    /// <summary>The build to which everything is rolled back: the one that was asked for, or the one that was good before.</summary>
    public Either<Hindrance, PastBuild> RollBackTo(Option<BuildId> asked) =>
        asked
            .Match(Named, Before)
            .Bind(past => past.Hindrance.Match(Left<Hindrance, PastBuild>, () => Right<Hindrance, PastBuild>(past)));

    /// <summary>The newest build, whether it is good or not; repeats count as what they repeat.</summary>
    public Option<PastBuild> Newest =>
        Builds
            .OrderByDescending(past => past.Build.Origin)
            .ThenByDescending(past => past.Build.Id)
            .ToSeq()
            .HeadOrNone();

    /// <summary>The build that serves.</summary>
    public Option<PastBuild> Serving => Builds.Find(past => past.IsServing);

    /// <summary>The build that is to serve.</summary>
    public Option<PastBuild> Target => Builds.Find(past => past.IsTarget);

    private Either<Hindrance, PastBuild> Named(BuildId asked) =>
        Builds
            .Find(past => past.Build.Id == asked)
            .ToEither(() =>
                new Hindrance(
                    "unknown-build",
                    $"{Branch.Title} has no build {asked.Value} with releases.",
                    $"See which there are: kennel releases {Branch.Title}"
                )
            );

    // What serves is rolled back to what was good before it; a repeat of it is no such thing.
    private Either<Hindrance, PastBuild> Before() =>
        Builds
            .Filter(past => past.Hindrance.IsNone)
            .Filter(past => Serving.ForAll(serving => past.Build.Origin.CompareTo(serving.Build.Origin) < 0))
            .OrderByDescending(past => past.Build.Origin)
            .ThenByDescending(past => past.Build.Id)
            .ToSeq()
            .HeadOrNone()
            .ToEither(() =>
                new Hindrance(
                    "nothing-before",
                    $"Nothing that was good before is kept of {Branch.Title}.",
                    $"See what there is: kennel releases {Branch.Title}. Or deploy another commit: kennel deploy."
                )
            );

    private static PastBuild PastOf(
        DesiredBranch branch,
        RecordedBuild build,
        Set<(ComponentName Component, StorePath Path)> kept
    )
    {
        var releases = branch.Deployments.Bind(deployment =>
            deployment
                .Releases.Find(release => release.Build == build.Id)
                .ToSeq()
                .Map(release => new PastRelease(deployment.Component, release))
        );
        var isServing = branch.Deployments.Exists(one => one.ServingRelease.Exists(it => it.Build == build.Id));
        var isTarget = branch.Deployments.Exists(one => one.TargetRelease.Exists(it => it.Build == build.Id));
        var hindrance =
            NeverGood(build, releases)
            | NotKept(build, releases, kept)
            | ServesAlready(branch, build, isServing && isTarget);
        return new PastBuild(build, releases, isServing, isTarget, branch.Life.Pin == Some(build.Id), hindrance);
    }

    private static Option<Hindrance> NeverGood(RecordedBuild build, Seq<PastRelease> releases) =>
        releases
            .Find(past => past.Release.Outcome is not Outcome.Accepted)
            .Map(past => new Hindrance(
                "never-accepted",
                past.Release.Outcome is Outcome.Rejected rejected
                    ? $"{past.Component} of build {build.Id.Value} was rejected ({rejected.Cause.Code}): {rejected.Cause.Sentence}"
                    : $"{past.Component} of build {build.Id.Value} has not proved good.",
                "Roll back to a build that was good."
            ));

    private static Option<Hindrance> NotKept(
        RecordedBuild build,
        Seq<PastRelease> releases,
        Set<(ComponentName Component, StorePath Path)> kept
    )
    {
        var isWhole = build.ComponentsCount.ForAll(count => count == releases.Count);
        return isWhole && releases.ForAll(past => kept.Contains((past.Component, past.Release.StorePath)))
            ? None
            : new Hindrance(
                "not-kept",
                $"The releases of build {build.Id.Value} are not kept any more.",
                "Deploy its commit again: kennel deploy. releases.keep says how many are kept."
            );
    }

    private static Option<Hindrance> ServesAlready(DesiredBranch branch, RecordedBuild build, bool serves) =>
        serves
            ? new Hindrance(
                "serves-already",
                $"Build {build.Id.Value} serves {branch.Title} already.",
                $"See what else there is: kennel releases {branch.Title}"
            )
            : None;
}
