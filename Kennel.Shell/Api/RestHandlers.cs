using Kennel.Core.Configuration;
using Kennel.Core.Domain;
using Kennel.Core.Lifecycle;
using Kennel.Core.Views;
using Kennel.Shell.Store;

namespace Kennel.Shell.Api;

/// <summary>The handlers about sleep, and about the periods after which branches expire.</summary>
internal sealed class RestHandlers(ApiParts parts)
{
    private readonly IIntents _intents = parts.Intents;

    public Task<IResult> Wake(string project, string? branch, CancellationToken cancellation) =>
        Change(project, branch, (name, it) => _intents.Wake(name, it, cancellation));

    public Task<IResult> Hibernate(string project, string? branch, CancellationToken cancellation) =>
        Change(project, branch, (name, it) => _intents.Hibernate(name, it, cancellation));

    public async Task<IResult> SetPeriods(string project, HttpContext http) =>
        await Answers.Checked(
            (await Answers.Body<PeriodRequest>(http)).Bind(body => body.Check(project)),
            async asked =>
                Woken(
                    await _intents.SetPeriods(asked.Project, asked.Change, http.RequestAborted),
                    row => Answers.Ok(row.View())
                )
        );

    /// <summary>The periods that hold for a project.</summary>
    public static ExpiryView Periods(ProjectRow row, HostConfiguration configuration) =>
        new(
            Period(row.HibernateAfter, configuration.Expiry.HibernateAfterSeconds),
            Period(row.RemoveAfter, configuration.Expiry.RemoveAfterSeconds)
        );

    private static PeriodView Period(Option<TimeSpan> own, int ofHost) =>
        new(own.Match(period => (long)period.TotalSeconds, () => ofHost), own.IsSome);

    private Task<IResult> Change(
        string project,
        string? branch,
        Func<ProjectName, Branch, Task<Either<Refusal, RestRow>>> change
    ) =>
        Answers.Checked(
            (ProjectName.Parse("project", project), Branch.Parse("branch", branch)).Apply((name, it) => (name, it)),
            async asked => Woken(await change(asked.name, asked.it), row => Answers.Accepted(View(row)))
        );

    private IResult Woken<T>(Either<Refusal, T> result, Func<T, IResult> granted)
    {
        result.IfRight(_ => parts.Reconciler.Wake());
        return Answers.Of(result, granted);
    }

    private static RestView View(RestRow row) =>
        new(row.Project.Value, $"{row.Branch}", row.AsleepSince, row.WakingSince, row.IsDefaultBranch);
}

/// <summary>The body of <c>PATCH /v1/projects/{project}</c>; what is not named stays as it is.</summary>
/// <param name="HibernateAfter">After how long without activity its branches hibernate: <c>7d</c>, <c>0</c> or <c>default</c>.</param>
/// <param name="RemoveAfter">After how long they are removed.</param>
public sealed record PeriodRequest(string? HibernateAfter = null, string? RemoveAfter = null)
{
    public Validation<Problem, (ProjectName Project, PeriodChange Change)> Check(string project) =>
        (ProjectName.Parse("project", project), PeriodChange.Parse(HibernateAfter, RemoveAfter)).Apply(
            (name, change) => (name, change)
        );
}
