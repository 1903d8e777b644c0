using Kennel.Core.Domain;
using Kennel.Shell.Api;

namespace Kennel.Shell.Commands.Text;

/// <summary>Errors, for people: what, why, and what to do next.</summary>
public static class ProblemText
{
    public static Seq<Line> Lines(ApiProblem problem) =>
        Line.Of(
                new Span("error", Tone.Bad),
                new Span($" ({problem.Code}): "),
                new Span(problem.Problems.IsEmpty ? Line.Clean(problem.Detail) : problem.Title + ":")
            )
            .Cons(Each(problem.Problems))
            .Add(Line.Of(new Span("next: ", Tone.Strong), new Span(Line.Clean(problem.Remedy))));

    private static Seq<Line> Each(Seq<Problem> problems) =>
        problems.Map(problem => Line.Of(Line.Clean($"{problem}")).Indented(2));
}
