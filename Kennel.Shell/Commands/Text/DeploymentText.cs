using Kennel.Core.Views;

namespace Kennel.Shell.Commands.Text;

/// <summary>Deployments, for people.</summary>
public static class DeploymentText
{
    private static readonly Seq<string> Headers = Seq("DEPLOYMENT", "KIND", "STATE", "COMMIT", "BUILD", "SINCE", "URL");

    public static Seq<Line> Lines(Seq<DeploymentView> deployments) =>
        deployments.IsEmpty
            ? Seq1(Line.Of("No deployments. kennel deploy PROJECT BRANCH makes one."))
            : Columns.Of(Headers, deployments.Map(Row));

    private static string State(DeploymentView it) =>
        it.Marks.IsEmpty ? it.State : $"{it.State} ({string.Join(", ", it.Marks)})";

    private static Seq<Span> Row(DeploymentView it)
    {
        var release = it.Serving | it.Target;
        return Seq(
            new Span($"{it.Project}/{it.Branch} {it.Component}", Tone.Strong),
            new Span(it.Kind),
            new Span(State(it), Words.ToneOf(it.State)),
            new Span(release.Map(shown => Words.Commit(shown.Commit)).IfNone("-")),
            new Span(release.Map(shown => $"{shown.Build}").IfNone("-")),
            new Span((it.HibernatedSince | it.ServingSince).Map(Words.When).IfNone("-")),
            new Span(it.Urls.HeadOrNone().IfNone("-"))
        );
    }
}
