using Kennel.Core.Domain;

namespace Kennel.Shell.Api;

/// <summary>The body of <c>POST /v1/projects/{project}/lock</c>.</summary>
/// <param name="Reason">Why it is locked, in one line.</param>
public sealed record LockRequest(string Reason)
{
    public Validation<Problem, (ProjectName Project, string Reason)> Check(string project) =>
        (ProjectName.Parse("project", project), Remark.Parse("reason", Reason)).Apply((name, reason) => (name, reason));
}

/// <summary>The body of <c>POST /v1/projects/{project}/maintenance</c>.</summary>
/// <param name="Branch">A branch name, or <c>#</c> and a pull request's number.</param>
/// <param name="IsOn">Whether a page is shown instead of the branch.</param>
/// <param name="Message">What the page says besides, in one line.</param>
public sealed record MaintenanceRequest(string Branch, bool IsOn, string? Message = null)
{
    public Validation<Problem, (ProjectName Project, Branch Branch, Option<string> Message)> Check(string project) =>
        (
            new BranchRequest(Branch).Check(project),
            Message is null ? Success<Problem, Option<string>>(None) : Remark.ParseForPage("message", Message).Map(Some)
        ).Apply((asked, message) => (asked.Project, asked.Branch, message));
}

/// <summary>The body of <c>POST /v1/projects/{project}/keep</c>.</summary>
/// <param name="Branch">A branch name, or <c>#</c> and a pull request's number.</param>
/// <param name="IsKept">Whether it never expires.</param>
public sealed record KeepRequest(string Branch, bool IsKept);
