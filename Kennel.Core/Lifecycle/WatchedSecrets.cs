using Kennel.Core.Domain;
using Kennel.Core.Planning;
using Kennel.Core.Secrets;

namespace Kennel.Core.Lifecycle;

/// <summary>A branch that is redeployed when the store has other versions than it was given.</summary>
/// <param name="Branch">The branch.</param>
/// <param name="Given">What it was given.</param>
public sealed record WatchedSecrets(DesiredBranch Branch, ReleaseSecrets Given)
{
    /// <summary>
    /// All such branches: those that serve what they are to serve. One that sleeps, is locked, is on its way out or has
    /// something of its own under way is left alone until that is over.
    /// </summary>
    public static Seq<WatchedSecrets> Of(Desired desired)
    {
        var busy = toSet(desired.Builds.Map(build => build.Branch));
        return desired
            .Branches.Filter(branch => IsAtRest(branch) && !busy.Contains(branch.Id))
            .Bind(branch => GivenTo(branch).Map(given => new WatchedSecrets(branch, given)).ToSeq())
            .Strict();
    }

    /// <summary>Whether the branch is to be redeployed, by what was read: not where the store lacks something or is silent.</summary>
    public bool IsOutdated(SecretReading reading) => reading is SecretReading.Read it && it.Secrets != Given;

    private static bool IsAtRest(DesiredBranch branch) =>
        branch.Removed.IsNone
        && branch.Project.Lock.IsNone
        && !branch.Project.IsBeingRemoved
        && branch.Life.Rest is Rest.Awake
        && branch.Deployments.ForAll(deployment => deployment.Target == deployment.Serving);

    private static Option<ReleaseSecrets> GivenTo(DesiredBranch branch) =>
        branch
            .Deployments.Bind(deployment => deployment.TargetRelease.ToSeq())
            .Map(release =>
                release.Specification is Specification.Service service ? service.Secrets : Option<ReleaseSecrets>.None
            )
            .Somes()
            .HeadOrNone();
}
