using Kennel.Core.Domain;
using Kennel.Shell.Store;

namespace Kennel.Shell.Api;

/// <summary>The handlers of marks: lock, maintenance, keep.</summary>
internal sealed class MarkHandlers(ApiParts parts)
{
    private readonly IMarks _marks = parts.Marks;

    public async Task<IResult> Lock(string project, HttpContext http) =>
        await Answers.Checked(
            (await Answers.Body<LockRequest>(http)).Bind(body => body.Check(project)),
            async asked =>
                Woken(
                    await _marks.Lock(asked.Project, asked.Reason, http.RequestAborted),
                    row => Answers.Ok(row.View())
                )
        );

    public Task<IResult> Unlock(string project, CancellationToken cancellation) =>
        Answers.Checked(
            ProjectName.Parse("project", project),
            async name => Woken(await _marks.Unlock(name, cancellation), row => Answers.Ok(row.View()))
        );

    public async Task<IResult> Maintenance(string project, HttpContext http) =>
        await Answers.Checked(
            (await Answers.Body<MaintenanceRequest>(http)).Bind(body =>
                body.Check(project).Map(asked => (Asked: asked, body.IsOn))
            ),
            async it =>
                Woken(
                    await _marks.Maintenance(
                        it.Asked.Project,
                        it.Asked.Branch,
                        it.IsOn,
                        it.Asked.Message,
                        http.RequestAborted
                    ),
                    row => Answers.Ok(row.View())
                )
        );

    public async Task<IResult> Keep(string project, HttpContext http) =>
        await Answers.Checked(
            (await Answers.Body<KeepRequest>(http)).Bind(body =>
                new BranchRequest(body.Branch).Check(project).Map(asked => (Asked: asked, body.IsKept))
            ),
            async it =>
                Woken(
                    await _marks.Keep(it.Asked.Project, it.Asked.Branch, it.IsKept, http.RequestAborted),
                    row => Answers.Ok(row.View())
                )
        );

    private IResult Woken<T>(Either<Refusal, T> result, Func<T, IResult> granted)
    {
        if (result.IsRight)
        {
            parts.Reconciler.Wake();
        }
        return Answers.Of(result, granted);
    }
}
