using Kennel.Core.Views;

namespace Kennel.Shell.Commands.Text;

/// <summary>The host at a glance, for people.</summary>
public static class StatusText
{
    public static Seq<Line> Lines(StatusView status) =>
        Joined(
            Seq(
                Line.Of(new Span("Kennel", Tone.Strong), new Span($" for {status.Domain}, database {status.Instance}")),
                Field(
                    "registered",
                    $"{Words.Count(status.Projects, "project", "projects")}, "
                        + Words.Count(status.Branches, "branch", "branches")
                ),
                Counts("deployments", status.Deployments),
                Counts("builds", status.Builds),
                Field(
                    "next pass",
                    status.Changes == 0
                        ? "nothing to do"
                        : $"{Words.Count(status.Changes, "step", "steps")} to do (kennel plan shows them)"
                )
            ),
            Words.Section("Needs somebody", status.Unwell.Bind(Unwell)),
            MarkText.Section(status.Marks),
            Words.Unseen(status.Unseen),
            Words.Notes(status.Notes)
        );

    private static Seq<Line> Unwell(DeploymentView it)
    {
        var title = $"{it.Project}/{it.Branch}";
        var why = it
            .Target.Bind(target => target.Cause)
            .Match(cause => $": {cause.Code}: {Line.Clean(cause.Sentence)}", () => string.Empty);
        return Seq(
            Line.Of(new Span($"{title} {it.Component} is "), new Span(it.State, Words.ToneOf(it.State)), new Span(why)),
            Line.Of($"kennel why {title}", Tone.Faint).Indented(2)
        );
    }

    private static Line Counts(string name, Seq<CountView> counts) =>
        counts.IsEmpty
            ? Field(name, "none")
            : new Line(
                Name(name)
                    .Cons(
                        counts.Map(
                            (index, count) =>
                                new Span(
                                    $"{(index == 0 ? "" : ", ")}{count.Count} {count.State}",
                                    Words.ToneOf(count.State)
                                )
                        )
                    )
            );

    private static Line Field(string name, string value) => Line.Of(Name(name), new Span(value));

    private static Span Name(string name) => new($"  {name, -12} ", Tone.Faint);
}
