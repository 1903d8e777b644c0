using Kennel.Core.Domain;
using Kennel.Core.Views;
using Kennel.Shell.Forgejo;
using Kennel.Shell.Store;

namespace Kennel.Shell.Api;

/// <summary>The handlers about registered repositories and their webhooks.</summary>
internal sealed class ProjectHandlers(ApiParts parts)
{
    private const int DeliveriesMax = 10;

    private readonly IIntents _intents = parts.Intents;
    private readonly ProjectWebhooks _webhooks = new(parts.Configuration, ProjectWebhooks.AnswerLimit);

    public async Task<IResult> All(CancellationToken cancellation) =>
        Answers.Ok((await _intents.Projects(cancellation)).Map(row => row.View()));

    public Task<IResult> Show(string project, CancellationToken cancellation) =>
        Answers.Checked(
            ProjectName.Parse("project", project),
            async name =>
                await (await _intents.Project(name, cancellation)).Match(
                    async row => Answers.Ok(await Details(row, cancellation)),
                    async () => Answers.Problem(Missing.Project(name, await _intents.Projects(cancellation)))
                )
        );

    public async Task<IResult> Add(HttpContext http) =>
        await Answers.Checked(
            (await Answers.Body<AddProjectRequest>(http)).Bind(body => body.Check(parts.Configuration)),
            project => Add(project, http.RequestAborted)
        );

    public Task<IResult> Remove(string project, CancellationToken cancellation) =>
        Answers.Checked(
            ProjectName.Parse("project", project),
            async name =>
                await Told(
                    await _intents.RemoveProject(name, "project removed by a person", cancellation),
                    row => _webhooks.Remove(row, cancellation),
                    Answers.Accepted
                )
        );

    private async Task<IResult> Add(NewProject project, CancellationToken cancellation)
    {
        var before = (await _intents.Project(project.Name, cancellation)).Bind(Secret);
        return await Told(
            await _intents.AddProject(project, cancellation),
            row => _webhooks.Ensure(row, before.IsSome && before == Secret(row), cancellation),
            Answers.Ok
        );
    }

    // The forge is asked when all is done: what was granted stays so, whatever it says, and waits for nothing.
    private Task<IResult> Told(
        Either<Refusal, ProjectRow> result,
        Func<ProjectRow, Task<WebhookView>> webhook,
        Func<ProjectView, IResult> answer
    ) =>
        result.Match(
            async row =>
            {
                parts.Reconciler.Wake();
                return answer(row.View(await webhook(row)));
            },
            refusal => Task.FromResult(Answers.Problem(ApiProblem.Of(refusal)))
        );

    private Option<string> Secret(ProjectRow row) =>
        _webhooks.SecretFile(row).Bind(path => SecretLine.Read("secretFile", path).ToOption());

    private async Task<ProjectDetailsView> Details(ProjectRow row, CancellationToken cancellation) =>
        new(
            row.View(),
            _webhooks.Target(row),
            _webhooks.SecretFile(row),
            row.SecretFile.IsSome,
            parts.Refused.View(row.Name),
            (await _intents.Deliveries(row.Name, DeliveriesMax, cancellation)).Map(delivery => delivery.View())
        )
        {
            Expiry = RestHandlers.Periods(row, parts.Configuration),
        };
}
