using Kennel.Core.Domain;
using Kennel.Shell.Store;

namespace Kennel.Shell.Api;

/// <summary>The body of <c>POST /v1/projects</c>.</summary>
public sealed record AddProjectRequest(string Name, string CloneUrl, string? Owner = null, string? DefaultBranch = null)
{
    public Validation<Problem, NewProject> Check(Seq<string> protocols) =>
        (
            ProjectName.Parse("name", Name),
            CloneUrls.Check("cloneUrl", CloneUrl, protocols),
            BranchName.Parse("defaultBranch", DefaultBranch ?? "main")
        ).Apply(
            (name, url, branch) =>
                new NewProject(name, Owner is { Length: > 0 } owner ? Some(owner) : None, url, branch)
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
