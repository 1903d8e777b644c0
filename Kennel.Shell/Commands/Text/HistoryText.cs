using Kennel.Core.Views;

namespace Kennel.Shell.Commands.Text;

/// <summary>The releases of a branch and what becomes of them, for people.</summary>
public static class HistoryText
{
    private static readonly Seq<string> Headers = Seq("BUILD", "COMMIT", "WHEN", "STANDS", "COMPONENTS", "ROLL BACK");

    public static Seq<Line> Lines(Seq<PastBuildView> builds) =>
        builds.IsEmpty
            ? Seq1(Line.Of("No releases. kennel deploy PROJECT BRANCH makes some."))
            : Columns.Of(Headers, builds.Map(Row));

    public static Seq<Line> RolledBack(AimedView aimed) =>
        Seq(
            Line.Of($"{Title(aimed)} goes back to {Build(aimed)} and is pinned to it."),
            Line.Of("It runs with today's secrets. Data is left as it is."),
            Line.Of($"Later pushes are built and wait for: kennel unpin {Title(aimed)}", Tone.Faint)
        );

    public static Seq<Line> Unpinned(AimedView aimed) =>
        Seq1(Line.Of($"{Title(aimed)} is not pinned any more and goes to {Build(aimed)}."));

    public static Seq<Line> Repeated(BuildView build) =>
        Seq(
            Line.Of(
                $"Build {build.Id} of {build.Project}/{build.Branch} ({build.Repeats.IfNone("a repeat")}) is on trial."
            ),
            Line.Of($"See how it goes with: kennel why {build.Project}/{build.Branch}", Tone.Faint)
        );

    public static Seq<Line> Live(AimedView aimed, Seq<DeploymentView> deployments) =>
        Line.Of($"{Title(aimed)} serves {Build(aimed)}.", Tone.Good)
            .Cons(deployments.Bind(it => it.Urls.Map(url => Line.Of($"  {it.Component}  {url}"))));

    private static string Title(AimedView aimed) => $"{aimed.Project}/{aimed.Branch}";

    private static string Build(AimedView aimed) => $"build {aimed.Build} (commit {Words.Commit(aimed.Commit)})";

    private static Seq<Span> Row(PastBuildView build) =>
        Seq(
            new Span($"{build.Build}", Tone.Strong),
            new Span(Words.Commit(build.Commit)),
            new Span(Words.When(build.At)),
            new Span(Stands(build), build.IsServing ? Tone.Good : Tone.Plain),
            new Span(
                string.Join(", ", build.Components.Map(Component)),
                build.Components.Exists(one => one.Outcome == "rejected") ? Tone.Bad : Tone.Plain
            ),
            new Span(build.CanRollBack ? "yes" : build.Why.Map(why => $"no: {why}").IfNone("no"))
        );

    private static string Stands(PastBuildView build)
    {
        var words = Seq(
            build.IsServing ? "serves" : "",
            build.IsTarget && !build.IsServing ? "is to serve" : "",
            build.IsPinned ? "pinned" : "",
            build.Repeats.IfNone("")
        );
        var said = string.Join(", ", words.Filter(word => word.Length > 0));
        return said.Length == 0 ? "-" : said;
    }

    private static string Component(PastReleaseView one) =>
        one.Cause.Match(
            cause => $"{one.Component} {one.Outcome} ({cause.Code})",
            () => $"{one.Component} {one.Outcome}"
        );
}
