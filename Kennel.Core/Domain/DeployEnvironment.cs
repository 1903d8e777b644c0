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

    /// <summary>Accepts words of environments; every one that is unknown is told.</summary>
    /// <param name="where">Where the words stood, for the error.</param>
    /// <param name="given">The words.</param>
    public static Validation<Problem, Set<DeployEnvironment>> Parse(string where, Seq<string> given)
    {
        var all = Enum.GetValues<DeployEnvironment>().ToSeq();
        var allowed = $"any of {string.Join(", ", all.Map(one => one.Word()))}";
        var unknown = given.Filter(word => !all.Exists(one => one.Word() == word)).Strict();
        return given.IsEmpty ? Fail<Problem, Set<DeployEnvironment>>(Problem.Of(where, null, allowed))
            : unknown.IsEmpty
                ? Success<Problem, Set<DeployEnvironment>>(toSet(all.Filter(one => given.Contains(one.Word()))))
            : Validation<Problem, Set<DeployEnvironment>>.Fail(
                unknown.Map(word => Problem.Of(where, word, allowed)).Strict()
            );
    }

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
