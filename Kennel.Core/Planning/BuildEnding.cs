using Kennel.Core.Domain;

namespace Kennel.Core.Planning;

/// <summary>Why a build that is not at its end is not wanted any more.</summary>
public static class BuildEnding
{
    /// <summary>The cause, if there is one: its branch is going, somebody cancelled it, or a newer build takes its place.</summary>
    public static Option<Cause> Of(Sight sight, DesiredBuild build) =>
        build.BranchRemoved ? Some<Cause>(new Cause.BranchRemoved())
        : build.CancelledBy.IsSome ? build.CancelledBy.Map<Cause>(who => new Cause.CancelledByPerson(who))
        : Newer(sight, build).Map<Cause>(newer => new Cause.Superseded(newer.Id));

    /// <summary>Whether there is one.</summary>
    public static bool IsDue(Sight sight, DesiredBuild build) => Of(sight, build).IsSome;

    private static Option<DesiredBuild> Newer(Sight sight, DesiredBuild build) =>
        sight
            .Desired.Builds.Filter(other =>
                other.Branch == build.Branch
                && other.Id.Value > build.Id.Value
                && other.State is BuildState.Queued or BuildState.Building
            )
            .HeadOrNone();
}
