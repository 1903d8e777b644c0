using Kennel.Core.Domain;

namespace Kennel.Core.Planning;

/// <summary>
/// Whose turn it is. Default branches come first; then the project with the fewest builds under way; then the one whose
/// last build began longest ago. Within a project, who came first is served first.
/// </summary>
public sealed class BuildQueue
{
    // Beyond those that may begin, a few are fetched ahead, so that a slow repository holds nobody up.
    private const int FetchedAhead = 4;

    private readonly Sight sight;
    private readonly Map<BuildId, int> places;
    private readonly Set<BuildId> nearest;
    private readonly Set<BuildId> beginning;

    private BuildQueue(Sight sight, Seq<DesiredBuild> ordered)
    {
        this.sight = sight;
        places = toMap(ordered.Map((place, build) => (build.Id, place)));
        BuildsMax = sight.Settings.Queue.BuildsMax;
        nearest = toSet(
            ordered.Filter(build => !IsUnavailable(sight, build)).Take(BuildsMax + FetchedAhead).Map(build => build.Id)
        );
        beginning = Beginning(ordered);
    }

    /// <summary>How many builds run at once.</summary>
    public int BuildsMax { get; }

    /// <summary>The queue as it stands.</summary>
    public static BuildQueue Of(Sight sight)
    {
        var running = sight
            .Desired.Builds.Filter(build => build.State == BuildState.Building)
            .GroupBy(build => build.Project.Id)
            .ToDictionary(group => group.Key, group => group.Count());
        var ordered = sight
            .Desired.Builds.Filter(IsWaiting)
            .GroupBy(build => build.Project.Id)
            .SelectMany(group => Ranked(group, running.GetValueOrDefault(group.Key)))
            .OrderBy(one => !IsDefault(one.Build))
            .ThenBy(one => one.Rank)
            .ThenBy(one => sight.Desired.LastStarts.Find(one.Build.Project.Id).IfNone(DateTimeOffset.MinValue))
            .ThenBy(one => one.Build.Id)
            .Select(one => one.Build)
            .ToSeq()
            .Strict();
        return new BuildQueue(sight, ordered);
    }

    /// <summary>Whether the commit of a build is to be fetched now: it is near, or an older build may have to give way to it.</summary>
    public bool MayFetch(DesiredBuild build) => nearest.Contains(build.Id) || OlderBuild(build).IsSome;

    /// <summary>Whether a build may begin now.</summary>
    public bool MayBegin(BuildId build) => beginning.Contains(build);

    /// <summary>
    /// A build of the same commit of the same project that runs or whose turn is earlier, which this one waits for.
    /// </summary>
    public Option<DesiredBuild> SameCommit(DesiredBuild build) =>
        build.AnnouncedCommit.IsNone
            ? None
            : sight
                .Desired.Builds.Filter(other =>
                    other.Id != build.Id
                    && other.Project.Id == build.Project.Id
                    && other.AnnouncedCommit == build.AnnouncedCommit
                    && !BuildEnding.IsDue(sight, other)
                    && (other.State == BuildState.Building || IsEarlier(other, build))
                )
                .HeadOrNone();

    private bool IsEarlier(DesiredBuild other, DesiredBuild build) =>
        (from earlier in places.Find(other.Id) from place in places.Find(build.Id) select earlier < place).IfNone(
            false
        );

    private static bool IsWaiting(DesiredBuild build) => build.State == BuildState.Queued && build.Project.Lock.IsNone;

    private static bool IsDefault(DesiredBuild build) => build.Reference == new Branch.Git(build.Project.DefaultBranch);

    private static IEnumerable<(DesiredBuild Build, int Rank)> Ranked(IEnumerable<DesiredBuild> builds, int running) =>
        builds.OrderBy(build => build.Id).Select((build, place) => (build, running + place));

    // Only what has nothing else to wait for takes a place among those that run.
    private Set<BuildId> Beginning(Seq<DesiredBuild> ordered)
    {
        var running = sight.Desired.Builds.Count(build => IsRunning(sight, build));
        return toSet(
            ordered
                .Filter(build => IsFetched(sight, build) && !BuildEnding.IsDue(sight, build))
                .Filter(build => OlderBuild(build).IsNone && SameCommit(build).IsNone)
                .Take(Math.Max(0, BuildsMax - running))
                .Map(build => build.Id)
        );
    }

    /// <summary>An older build of the same branch that is still under way.</summary>
    public Option<DesiredBuild> OlderBuild(DesiredBuild build) =>
        sight.Desired.Builds.Find(other =>
            other.Branch == build.Branch && other.Id.Value < build.Id.Value && other.State == BuildState.Building
        );

    // One whose unit has ended needs no place, even if its result cannot be taken yet. One whose unit is to be started
    // once more keeps its own.
    private static bool IsRunning(Sight sight, DesiredBuild build) =>
        build.State == BuildState.Building
        && sight.Observed.Units.Match(
            units => units.ContainsKey(UnitName.OfBuild(build.Id)) || BuildStart.IsTriedAgain(sight, build),
            _ => true
        );

    // A repository that cannot be had keeps nobody else from being fetched.
    private static bool IsUnavailable(Sight sight, DesiredBuild build) =>
        sight.Observed.Fetches.Find(build.Id).Exists(state => state is FetchState.Failed);

    private static bool IsFetched(Sight sight, DesiredBuild build) =>
        sight.Observed.Fetches.Find(build.Id).Exists(state => state is FetchState.Fetched);
}
