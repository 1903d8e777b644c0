using Kennel.Core.Domain;
using Kennel.Core.Lifecycle;

namespace Kennel.Core.Planning;

/// <summary>Why a build that is not at its end is not wanted any more.</summary>
public static class BuildEnding
{
    /// <summary>The cause, if there is one: its branch is going, somebody cancelled it, or a newer build takes its place.</summary>
    public static Option<Cause> Of(Sight sight, DesiredBuild build) =>
        build.BranchRemoved ? Some<Cause>(new Cause.BranchRemoved())
        : build.CancelledBy.IsSome ? build.CancelledBy.Map<Cause>(who => new Cause.CancelledByPerson(who))
        : Newer(sight, build).Map<Cause>(newer => new Cause.Superseded(newer.Id));

    /// <summary>The mark with which a commit's author asks that it is not built; who asks by hand wants it built all the same.</summary>
    public static Option<string> SkipMark(DesiredBuild build, FetchState.Fetched fetched) =>
        build.AnnouncedCommit.Bind(_ => SkipMarks.Find(fetched.Message));

    /// <summary>Whether there is one.</summary>
    public static bool IsDue(Sight sight, DesiredBuild build) => Of(sight, build).IsSome;

    private static Option<DesiredBuild> Newer(Sight sight, DesiredBuild build) =>
        sight.Desired.Builds.Find(other =>
            other.Branch == build.Branch
            && other.Id.Value > build.Id.Value
            && (
                other.State == BuildState.Building
                || (other.State == BuildState.Queued && Replaces(sight, other, build))
            )
        );

    // What runs already is not given up for a commit that is not to be built, or that cannot be had.
    private static bool Replaces(Sight sight, DesiredBuild newer, DesiredBuild build) =>
        build.State == BuildState.Queued
        || BuildStart.IsTriedAgain(sight, build)
        || sight
            .Observed.Fetches.Find(newer.Id)
            .Exists(state => state is FetchState.Fetched fetched && SkipMark(newer, fetched).IsNone);
}
