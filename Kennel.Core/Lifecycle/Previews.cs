using Kennel.Core.Domain;

namespace Kennel.Core.Lifecycle;

/// <summary>
/// Branches that are for looking at while they are worked on: pull requests, and all branches but the default,
/// <c>staging</c> and <c>dev</c>.
/// </summary>
public static class Previews
{
    /// <summary>Whether a branch is one of them.</summary>
    public static bool IsPreview(Branch branch, DeployEnvironment environment) =>
        environment switch
        {
            DeployEnvironment.Prod or DeployEnvironment.Staging => false,
            DeployEnvironment.Dev => branch is not Branch.Git { Name.Value: "dev" },
            DeployEnvironment.Preview => true,
            _ => throw new System.Diagnostics.UnreachableException(),
        };
}
