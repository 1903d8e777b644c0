using Kennel.Core.Configuration;
using Kennel.Core.Domain;
using Kennel.Core.Lifecycle;
using Kennel.Shell.Forgejo;
using Kennel.Shell.Store;

namespace Kennel.Shell.Api;

/// <summary>The body of <c>POST /v1/projects</c>.</summary>
/// <param name="Name">The name that host names are made from.</param>
/// <param name="CloneUrl">Where git fetches it from.</param>
/// <param name="Owner">Its owner in the forge.</param>
/// <param name="DefaultBranch">The branch that is production; <c>main</c> where none is named.</param>
/// <param name="SecretFile">The file with the secret of its webhook.</param>
/// <param name="Environments">The environments it is deployed to; all where none are named.</param>
/// <param name="HibernateAfter">After how long without activity its branches hibernate; as before where it is not named.</param>
/// <param name="RemoveAfter">After how long they are removed; as before where it is not named.</param>
/// <param name="SecretsProject">What it is called in the secret store, where that is not its name.</param>
public sealed record AddProjectRequest(
    string Name,
    string CloneUrl,
    string? Owner = null,
    string? DefaultBranch = null,
    string? SecretFile = null,
    Option<Seq<string>> Environments = default,
    string? HibernateAfter = null,
    string? RemoveAfter = null,
    string? SecretsProject = null
)
{
    public Validation<Problem, NewProject> Check(HostConfiguration configuration) =>
        (
            ProjectName.Parse("name", Name),
            CloneUrls.Check("cloneUrl", CloneUrl, configuration.Git.AllowedProtocols),
            BranchName.Parse("defaultBranch", DefaultBranch ?? "main"),
            Environments.Match(
                words => DeployEnvironments.Parse("environments", words).Map(Some),
                () => Success<Problem, Option<Set<DeployEnvironment>>>(None)
            ),
            SecretFile is null
                ? Success<Problem, Option<string>>(None)
                : CheckSecret(SecretFile, new StatePaths(configuration.StateDirectory).Secrets).Map(Some),
            PeriodChange.Parse(HibernateAfter, RemoveAfter),
            SecretsProject is null
                ? Success<Problem, Option<ProjectName>>(None)
                : ProjectName.Parse("secretsProject", SecretsProject).Map(Some)
        ).Apply(
            (name, url, branch, environments, secretFile, periods, secretsProject) =>
                new NewProject(name, Owner is { Length: > 0 } owner ? Some(owner) : None, url, branch)
                {
                    Environments = environments,
                    SecretFile = secretFile,
                    Periods = periods,
                    SecretsProject = secretsProject,
                    NeedsSecret = secretFile.IsNone && configuration.WebhookSecretFile.IsNone,
                }
        );

    private static Validation<Problem, string> CheckSecret(string path, string madeSecrets) =>
        SecretLine
            .Read("secretFile", path)
            .Bind(_ =>
                Path.GetFullPath(path).StartsWith(madeSecrets + "/", StringComparison.Ordinal)
                    ? Fail<Problem, string>(
                        Problem.Of(
                            "secretFile",
                            path,
                            $"a file outside {madeSecrets}, where Kennel keeps those it made"
                        )
                    )
                    : Success<Problem, string>(Path.GetFullPath(path))
            );
}

/// <summary>The body of <c>POST /v1/projects/{project}/deploy</c>.</summary>
/// <param name="Branch">A branch name, or <c>#</c> and a pull request's number.</param>
/// <param name="Commit">The commit; the branch's head where none is named.</param>
public sealed record DeployRequest(string Branch, string? Commit = null)
{
    public Validation<Problem, (ProjectName Project, Branch Branch, Option<CommitId> Commit)> Check(string project) =>
        (
            ProjectName.Parse("project", project),
            Core.Domain.Branch.Parse("branch", Branch),
            Commit is null ? Success<Problem, Option<CommitId>>(None) : CommitId.Parse("commit", Commit).Map(Some)
        ).Apply((name, branch, commit) => (name, branch, commit));
}
