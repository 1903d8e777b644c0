using Kennel.Core.Views;

namespace Kennel.Shell.Commands.Text;

/// <summary>A plan and a pass, for people.</summary>
public static class PlanText
{
    public static Seq<Line> Lines(PlanView plan) =>
        Joined(
            Grouped(plan.Steps),
            Line.Of(Summary(plan), Tone.Strong).Cons(Words.Notes(plan.Notes)),
            MarkText.Section(plan.Marks),
            plan.NextLookAt.ToSeq()
                .Bind(at =>
                    Seq(Line.Empty, Line.Of($"Kennel looks again at {Words.When(at)} at the latest.", Tone.Faint))
                )
        );

    public static Seq<Line> Lines(PassView pass) =>
        Joined(
            pass.Steps.Bind(Outcome),
            Line.Of(pass.Steps.IsEmpty ? "Nothing to do." : Done(pass.Steps), Tone.Strong).Cons(Words.Notes(pass.Notes))
        );

    private static Seq<Line> Grouped(Seq<StepView> steps) =>
        steps
            .GroupBy(step => step.Subject)
            .ToSeq()
            .Bind(group =>
                Line.Of(Line.Clean(group.Key), Tone.Strong)
                    .Cons(group.ToSeq().Map(step => Step(step).Indented(2)))
                    .Add(Line.Empty)
            );

    private static Line Step(StepView step) =>
        Line.Of(
            new Span(step.Sign, ToneOf(step.Sign)),
            new Span(" " + Line.Clean(step.What)),
            new Span($" ({Line.Clean(step.Reason)})", Tone.Faint)
        );

    private static Seq<Line> Outcome(StepOutcomeView step)
    {
        var line = Step(step.Step);
        var subject = new Span($"{Line.Clean(step.Step.Subject)}: ");
        return Joined(
            Seq1(new Line(subject.Cons(line.Spans).Add(new Span($": {step.Outcome}", Words.ToneOf(step.Outcome))))),
            step.Cause.ToSeq().Map(cause => Line.Of(Line.Clean(cause.Sentence), Tone.Bad).Indented(4))
        );
    }

    private static string Summary(PlanView plan) =>
        plan.HasChanges
            ? $"Plan: {Of(plan.Steps, "+")} to add, {Of(plan.Steps, "~")} to change, {Of(plan.Steps, "-")} to remove."
            : "Nothing to do.";

    private static string Done(Seq<StepOutcomeView> steps) =>
        $"{steps.Count(step => step.Outcome == "done")} of {Words.Count(steps.Count, "step", "steps")} done.";

    private static int Of(Seq<StepView> steps, string sign) => steps.Count(step => step.Sign == sign);

    private static Tone ToneOf(string sign) =>
        sign switch
        {
            "+" => Tone.Good,
            "-" => Tone.Bad,
            _ => Tone.Busy,
        };
}
