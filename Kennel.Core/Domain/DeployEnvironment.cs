namespace Kennel.Core.Domain;

/// <summary>What a branch is for; it picks the profile of its secrets.</summary>
public enum DeployEnvironment
{
    /// <summary>The default branch.</summary>
    Prod,

    /// <summary>The branch called <c>staging</c>.</summary>
    Staging,

    /// <summary>The branch called <c>dev</c>, and every other branch.</summary>
    Dev,

    /// <summary>Pull requests only.</summary>
    Preview,
}

/// <summary>How an environment follows from a branch.</summary>
public static class DeployEnvironments
{
    /// <summary>The environment of a branch, given the project's default branch.</summary>
    public static DeployEnvironment Of(Branch branch, BranchName defaultBranch) =>
        branch switch
        {
            Branch.PullRequest => DeployEnvironment.Preview,
            Branch.Git git when git.Name == defaultBranch => DeployEnvironment.Prod,
            Branch.Git { Name.Value: "staging" } => DeployEnvironment.Staging,
            Branch.Git => DeployEnvironment.Dev,
            _ => throw new System.Diagnostics.UnreachableException(),
        };

    /// <summary>The word people and secretspec use: <c>prod</c>, <c>staging</c>, <c>dev</c>, <c>preview</c>.</summary>
    public static string Word(this DeployEnvironment environment) =>
        environment switch
        {
            DeployEnvironment.Prod => "prod",
            DeployEnvironment.Staging => "staging",
            DeployEnvironment.Dev => "dev",
            DeployEnvironment.Preview => "preview",
            _ => throw new System.Diagnostics.UnreachableException(),
        };
}
