using Kennel.Core.Planning;
using Kennel.Core.Ports;

namespace Kennel.Core.Views;

/// <summary>What a pass would do, and why it would do nothing where it does nothing.</summary>
/// <param name="LookedAt">When everything was looked at.</param>
/// <param name="HasChanges">Whether there is anything to do.</param>
/// <param name="Steps">The steps.</param>
/// <param name="Notes">What waits, what is blocked and what belongs to nobody.</param>
/// <param name="NextLookAt">When Kennel looks again even if nothing happens.</param>
public sealed record PlanView(
    DateTimeOffset LookedAt,
    bool HasChanges,
    Seq<StepView> Steps,
    Seq<NoteView> Notes,
    Option<DateTimeOffset> NextLookAt
)
{
    /// <summary>What people set on projects and branches.</summary>
    public Seq<MarkView> Marks { get; init; } = Seq<MarkView>();

    /// <summary>The view of a plan.</summary>
    public static PlanView Of(Look look) =>
        new(
            look.Observed.Now,
            !look.Plan.IsEmpty,
            look.Plan.Actions.Map(StepView.Of),
            look.Plan.Notes.Map(NoteView.Of),
            look.Plan.NextLookAt
        )
        {
            Marks = MarkView.All(look.Desired),
        };
}

/// <summary>One step of a plan.</summary>
/// <param name="Subject">Whom it is for.</param>
/// <param name="Sign"><c>+</c>, <c>~</c> or <c>-</c>.</param>
/// <param name="Code">A stable word with hyphens.</param>
/// <param name="What">What it does.</param>
/// <param name="Reason">Why.</param>
public sealed record StepView(string Subject, string Sign, string Code, string What, string Reason)
{
    /// <summary>The view of a step.</summary>
    public static StepView Of(PlannedAction planned)
    {
        var text = planned.Action.Describe();
        return new StepView($"{planned.Subject}", text.Change.Sign(), text.Code, text.What, planned.Reason);
    }
}

/// <summary>Why nothing happens.</summary>
/// <param name="Subject">Whom it is about.</param>
/// <param name="Kind"><c>waiting</c>, <c>blocked</c> or <c>orphan</c>.</param>
/// <param name="Code">A stable word with hyphens.</param>
/// <param name="What">What waits for what, or what is in the way.</param>
/// <param name="Until">When it ends at the latest, where that is known.</param>
/// <param name="Remedy">What somebody can do.</param>
public sealed record NoteView(
    string Subject,
    string Kind,
    string Code,
    string What,
    Option<DateTimeOffset> Until,
    Option<string> Remedy
)
{
    /// <summary>The view of a note.</summary>
    public static NoteView Of(Note note)
    {
        var text = note.Describe();
        return new NoteView($"{note.Subject}", text.Kind, text.Code, text.What, text.Until, text.Remedy);
    }
}

/// <summary>What one pass did.</summary>
/// <param name="Steps">The steps it executed.</param>
/// <param name="Notes">What waits, what is blocked and what belongs to nobody.</param>
/// <param name="NextLookAt">When Kennel looks again even if nothing happens.</param>
public sealed record PassView(Seq<StepOutcomeView> Steps, Seq<NoteView> Notes, Option<DateTimeOffset> NextLookAt)
{
    /// <summary>The view of a pass.</summary>
    public static PassView Of(Plan plan, Seq<ActionReport> reports) =>
        new(reports.Map(StepOutcomeView.Of), plan.Notes.Map(NoteView.Of), plan.NextLookAt);
}

/// <summary>A step that was executed.</summary>
/// <param name="Step">The step.</param>
/// <param name="Outcome"><c>done</c>, <c>failed</c> or <c>lost</c>: whether it happened is then not known.</param>
/// <param name="Cause">Why it failed.</param>
public sealed record StepOutcomeView(StepView Step, string Outcome, Option<CauseView> Cause)
{
    /// <summary>The view of a report.</summary>
    public static StepOutcomeView Of(ActionReport report) =>
        report.Effect switch
        {
            Effect.Done => new StepOutcomeView(StepView.Of(report.Planned), "done", None),
            Effect.Failed it => Ended(report, "failed", it.Cause),
            Effect.Lost it => Ended(report, "lost", it.Cause),
            _ => throw new System.Diagnostics.UnreachableException(),
        };

    private static StepOutcomeView Ended(ActionReport report, string outcome, Domain.Cause cause) =>
        new(StepView.Of(report.Planned), outcome, Some(CauseView.Of(cause.Describe())));
}
