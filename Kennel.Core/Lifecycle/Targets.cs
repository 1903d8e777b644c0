using Kennel.Core.Domain;
using Kennel.Core.Planning;

namespace Kennel.Core.Lifecycle;

/// <summary>What a finished build is turned into: the new targets of its branch.</summary>
/// <param name="Settings">The host's configuration.</param>
/// <param name="Branch">The branch with its deployments as they are.</param>
/// <param name="Build">The build.</param>
/// <param name="Commit">The commit it built.</param>
/// <param name="Result">What it built.</param>
/// <param name="Claims">All names that are taken.</param>
public sealed record TargetInput(
    Settings Settings,
    DesiredBranch Branch,
    BuildId Build,
    CommitId Commit,
    BuildResult.Built Result,
    Claims Claims
);

/// <summary>
/// The change of intent that a finished build makes, all of it in one transaction: deployments that are not listed
/// lose their target.
/// </summary>
/// <param name="Role">The name the branch's units run under.</param>
/// <param name="NewClaims">Names to take.</param>
/// <param name="Targets">The new target of each component.</param>
public sealed record TargetChange(RoleName Role, Seq<Claim> NewClaims, Seq<ComponentTarget> Targets);

/// <summary>The new target of one component.</summary>
public sealed record ComponentTarget(ComponentName Component, UnitStem Stem, NewRelease Release);

/// <summary>A release that has no number yet.</summary>
public sealed record NewRelease(
    Digest Digest,
    StorePath StorePath,
    Specification Specification,
    Seq<HostName> Hosts,
    Outcome Outcome
);
