using Kennel.Core.Domain;
using Kennel.Core.Lifecycle;
using Kennel.Core.Views;
using Kennel.Shell.Store;

namespace Kennel.Shell.Api;

/// <summary>The handlers about the releases of a branch: what there was, roll back, unpin, redeploy, restart.</summary>
internal sealed class HistoryHandlers(ApiParts parts)
{
    private readonly IHistory _history = parts.History;

    public Task<IResult> Releases(string? project, string? branch, CancellationToken cancellation) =>
        Answers.Checked(
            new BranchRequest(branch ?? "").Check(project ?? ""),
            async asked =>
                Answers.Of(
                    await _history.Releases(asked.Project, asked.Branch, cancellation),
                    history => Answers.Ok(history.Builds.Map(PastBuildView.Of))
                )
        );

    public Task<IResult> Secrets(string? project, string? branch, CancellationToken cancellation) =>
        Answers.Checked(
            new BranchRequest(branch ?? "").Check(project ?? ""),
            async asked =>
                Answers.Of(
                    await _history.Releases(asked.Project, asked.Branch, cancellation),
                    history => Answers.Ok(SecretsView.Of(history.Branch))
                )
        );

    public async Task<IResult> RollBack(string project, HttpContext http) =>
        await Answers.Checked(
            (await Answers.Body<RollBackRequest>(http)).Bind(body => body.Check(project)),
            async asked =>
                Woken(
                    await _history.RollBack(asked.Project, asked.Branch, asked.Build, http.RequestAborted),
                    row => Answers.Accepted(row.View())
                )
        );

    public Task<IResult> Unpin(string project, HttpContext http) =>
        OfBranch(
            project,
            http,
            async asked =>
                Woken(
                    await _history.Unpin(asked.Project, asked.Branch, http.RequestAborted),
                    row => Answers.Accepted(row.View())
                )
        );

    public Task<IResult> Redeploy(string project, HttpContext http) => Repeat(project, RepeatKind.Redeploy, http);

    public Task<IResult> Restart(string project, HttpContext http) => Repeat(project, RepeatKind.Restart, http);

    private Task<IResult> Repeat(string project, RepeatKind kind, HttpContext http) =>
        OfBranch(
            project,
            http,
            async asked =>
                Woken(
                    await _history.Repeat(asked.Project, asked.Branch, kind, http.RequestAborted),
                    row => Answers.Accepted(row.View())
                )
        );

    private static async Task<IResult> OfBranch(
        string project,
        HttpContext http,
        Func<(ProjectName Project, Branch Branch), Task<IResult>> answer
    ) => await Answers.Checked((await Answers.Body<BranchRequest>(http)).Bind(body => body.Check(project)), answer);

    private IResult Woken<T>(Either<Refusal, T> result, Func<T, IResult> granted)
    {
        if (result.IsRight)
        {
            parts.Reconciler.Wake();
        }
        return Answers.Of(result, granted);
    }
}
