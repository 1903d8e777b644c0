using Kennel.Core.Domain;
using Kennel.Core.Planning;

namespace Kennel.Core.Lifecycle;

/// <summary>
/// Which releases of a deployment stay protected from garbage collection: the target, the serving one, those of builds
/// that wait, and the last accepted ones. Releases of the same store path count once.
/// </summary>
public static class KeptReleases
{
    /// <summary>One release for each store path that is protected.</summary>
    /// <param name="branch">The branch.</param>
    /// <param name="deployment">One of its components.</param>
    /// <param name="waiting">The builds that are built and do not serve yet.</param>
    /// <param name="keep">How many accepted ones are kept.</param>
    public static Seq<Release> Of(DesiredBranch branch, DesiredDeployment deployment, Set<BuildId> waiting, int keep)
    {
        // What a pinned branch returns to is kept besides.
        var count = branch.Life.Pin.IsSome ? keep + 1 : keep;
        var accepted = deployment
            .Releases.Filter(release => release.Outcome is Outcome.Accepted)
            .OrderByDescending(release => release.Id)
            .DistinctBy(release => release.StorePath)
            .Take(count)
            .ToSeq();
        var built = deployment.Releases.Filter(release => waiting.Contains(release.Build));
        // By number: telling whole releases apart goes through all properties of their units.
        return Joined(deployment.TargetRelease.ToSeq(), deployment.ServingRelease.ToSeq(), built, accepted)
            .DistinctBy(release => release.Id)
            .ToSeq()
            .Strict();
    }
}
