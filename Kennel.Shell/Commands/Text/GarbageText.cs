using Kennel.Core.Views;

namespace Kennel.Shell.Commands.Text;

/// <summary>What would be cleared away, for people.</summary>
public static class GarbageText
{
    public static Seq<Line> Lines(GarbageView garbage) =>
        Joined(
            garbage.Steps.IsEmpty
                ? Seq1(Line.Of("Nothing to clear away.", Tone.Strong))
                : Line.Of($"{Words.Count(garbage.Steps.Count, "thing", "things")} to clear away:", Tone.Strong)
                    .Cons(garbage.Steps.Map(Step)),
            garbage.Orphans.IsEmpty ? Seq<Line>() : Line.Empty.Cons(Orphans(garbage.Orphans))
        );

    public static Seq<Line> Orphans(Seq<string> orphans) =>
        Line.Of(
                $"{Words.Count(orphans.Count, "orphan", "orphans")}, which no row of this database owns (kennel gc --orphans):",
                Tone.Bad
            )
            .Cons(orphans.Map(orphan => Line.Of($"  {Line.Clean(orphan)}")));

    private static Line Step(StepView step) =>
        Line.Of(
            new Span("  - ", Tone.Bad),
            new Span(Line.Clean(step.What)),
            new Span($" ({Line.Clean(step.Reason)})", Tone.Faint)
        );
}
