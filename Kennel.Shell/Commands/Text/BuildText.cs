using Kennel.Core.Views;

namespace Kennel.Shell.Commands.Text;

/// <summary>Builds, for people.</summary>
public static class BuildText
{
    public static Seq<Line> Lines(Seq<BuildView> builds) =>
        builds.IsEmpty
            ? Seq1(Line.Of("No builds. kennel deploy PROJECT BRANCH starts one."))
            : Columns.Of(
                Seq("BUILD", "BRANCH", "STATE", "COMMIT", "QUEUED", "TOOK", "CAUSE"),
                builds.Map(build =>
                    Seq(
                        new Span($"{build.Id}", Tone.Strong),
                        new Span($"{build.Project}/{build.Branch}"),
                        new Span(build.State, Words.ToneOf(build.State)),
                        new Span(build.Commit.Map(Words.Commit).IfNone("-")),
                        new Span(Words.When(build.QueuedAt)),
                        new Span(Took(build)),
                        new Span((build.Cause.Map(cause => cause.Code) | build.Repeats).IfNone("-"))
                    )
                )
            );

    public static Seq<Line> Lines(BuildView build) =>
        Line.Of(
                new Span($"Build {build.Id} of {build.Project}/{build.Branch}: ", Tone.Strong),
                new Span(build.State, Words.ToneOf(build.State))
            )
            .Cons(
                Joined(
                    Field("commit", build.Commit),
                    Field("origin", build.Repeats),
                    Field("queued", Some(Words.When(build.QueuedAt))),
                    Field("started", build.StartedAt.Map(Words.When)),
                    Field("ended", build.EndedAt.Map(Words.When)),
                    Cause(build),
                    Field("output", Some($"kennel logs --build {build.Id}"))
                )
            );

    private static Seq<Line> Cause(BuildView build) =>
        Joined(
            Field("cause", build.Cause.Map(cause => $"{cause.Code}: {cause.Sentence}")),
            Field("next", build.Cause.Map(cause => cause.Remedy))
        );

    private static Seq<Line> Field(string name, Option<string> value) =>
        value.ToSeq().Map(text => Line.Of(new Span($"  {name, -8} ", Tone.Faint), new Span(Line.Clean(text))));

    private static string Took(BuildView build) =>
        (
            from started in build.StartedAt
            from ended in build.EndedAt
            select $"{(ended - started).TotalSeconds:0} s"
        ).IfNone("-");
}
