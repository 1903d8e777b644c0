using Kennel.Core.Views;

namespace Kennel.Shell.Commands.Text;

/// <summary>What people set on projects and branches, for people.</summary>
public static class MarkText
{
    public static Seq<Line> Lines(LockView view) =>
        Seq1(
            Line.Of(
                view.Reason.Match(
                    reason => $"{view.Project} is locked: {Line.Clean(reason)}",
                    () => $"{view.Project} is not locked; what waited goes on."
                )
            )
        );

    public static Seq<Line> Lines(BranchMarksView view) =>
        Seq(
            Line.Of(
                view.IsInMaintenance
                    ? $"{Title(view)} shows a page{view.Message.Match(text => $": {Line.Clean(text)}", () => "")}"
                    : $"{Title(view)} shows itself."
            ),
            Line.Of(
                view.IsKept ? $"{Title(view)} is kept however long nobody uses it." : $"{Title(view)} may expire.",
                Tone.Faint
            )
        );

    /// <summary>What is set, each with how it is taken back.</summary>
    public static Seq<Line> Section(Seq<MarkView> marks) =>
        Words.Section(
            "Set by people",
            marks.Bind(mark =>
                Seq(
                    Line.Of(new Span(mark.Subject, Tone.Busy), new Span($": {Line.Clean(mark.What)}")),
                    Line.Of(mark.Remedy, Tone.Faint).Indented(2)
                )
            )
        );

    private static string Title(BranchMarksView view) => $"{view.Project}/{view.Branch}";
}
