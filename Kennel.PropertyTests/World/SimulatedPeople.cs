using Kennel.Core.Domain;
using Kennel.Core.Lifecycle;
using Kennel.Core.Planning;
using Kennel.Shell.Store;

namespace Kennel.PropertyTests.World;

/// <summary>What people ask about releases and set as marks; what is refused changes nothing.</summary>
public sealed class SimulatedPeople(
    Database database,
    Func<InstanceId, Settings> settings,
    TimeProvider clock,
    ReadSecrets secrets
)
{
    private readonly MarkStore marks = new(database, clock);

    public HistoryStore History { get; } = new(database, settings, Targets.Of, clock, secrets);

    /// <summary>Why the last request was refused, if it was.</summary>
    public Option<string> Refused { get; private set; }

    public void Do(ProjectName project, Step.Ask step)
    {
        var branch = Branch.Parse("scenario", step.Branch).Valid();
        Refused = step.What switch
        {
            Request.RollBack => Asked(History.RollBack(project, branch, None, CancellationToken.None)),
            Request.Unpin => Asked(History.Unpin(project, branch, CancellationToken.None)),
            Request.Redeploy => Asked(History.Repeat(project, branch, RepeatKind.Redeploy, CancellationToken.None)),
            Request.Restart => Asked(History.Repeat(project, branch, RepeatKind.Restart, CancellationToken.None)),
            Request.ResetDatabase => Asked(History.ResetDatabase(project, branch, CancellationToken.None)),
            Request.Lock => Asked(marks.Lock(project, "the scenario", CancellationToken.None)),
            Request.Unlock => Asked(marks.Unlock(project, CancellationToken.None)),
            Request.BeginMaintenance => Asked(
                marks.Maintenance(project, branch, true, "back soon", CancellationToken.None)
            ),
            Request.EndMaintenance => Asked(marks.Maintenance(project, branch, false, None, CancellationToken.None)),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    private static Option<string> Asked<T>(Task<Either<Refusal, T>> request) =>
        request.GetAwaiter().GetResult().Match(Left: refusal => Some(refusal.Code), Right: _ => None);
}
