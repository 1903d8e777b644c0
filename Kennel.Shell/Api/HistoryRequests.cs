using Kennel.Core.Domain;

namespace Kennel.Shell.Api;

/// <summary>The body of requests about one branch, such as <c>POST /v1/projects/{project}/unpin</c>.</summary>
/// <param name="Branch">A branch name, or <c>#</c> and a pull request's number.</param>
public sealed record BranchRequest(string Branch)
{
    public Validation<Problem, (ProjectName Project, Branch Branch)> Check(string project) =>
        (ProjectName.Parse("project", project), Core.Domain.Branch.Parse("branch", Branch)).Apply(
            (name, branch) => (name, branch)
        );
}

/// <summary>The body of <c>POST /v1/projects/{project}/rollback</c>.</summary>
/// <param name="Branch">A branch name, or <c>#</c> and a pull request's number.</param>
/// <param name="Build">The build; the one that was good before what serves where none is named.</param>
public sealed record RollBackRequest(string Branch, long? Build = null)
{
    public Validation<Problem, (ProjectName Project, Branch Branch, Option<BuildId> Build)> Check(string project) =>
        new BranchRequest(Branch)
            .Check(project)
            .Map(asked => (asked.Project, asked.Branch, Optional(Build).Map(build => new BuildId(build))));
}
