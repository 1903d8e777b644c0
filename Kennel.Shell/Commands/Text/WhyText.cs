using Kennel.Core.Views;

namespace Kennel.Shell.Commands.Text;

/// <summary>Why a branch stands as it does, for people: the answer first, then what it rests on.</summary>
public static class WhyText
{
    private const int LinesMax = 20;

    public static Seq<Line> Lines(WhyView why) =>
        Joined(
            Line.Of(
                    new Span($"{why.Project}/{why.Branch} ({why.Environment}): ", Tone.Strong),
                    new Span(Line.Clean(why.Headline))
                )
                .Cons(
                    why.Next.ToSeq().Map(next => Line.Of(new Span("Next: ", Tone.Strong), new Span(Line.Clean(next))))
                ),
            Words.Section("Components", why.Deployments.IsEmpty ? Seq<Line>() : DeploymentText.Lines(why.Deployments)),
            Words.Section("Addresses", why.Deployments.Bind(it => it.Urls).Distinct().ToSeq().Map(url => Line.Of(url))),
            MarkText.Section(why.Marks),
            Words.Notes(why.Notes),
            Words.Unseen(why.Unseen),
            DeliveryText.Section(why.PullRequest),
            DeliveryText.Section(why.Refused),
            DeliveryText.Section(why.Deliveries),
            Words.Section("Evidence", why.Evidence.Bind(Evidence)),
            Words.Section("Last builds", why.Builds.IsEmpty ? Seq<Line>() : BuildText.Lines(why.Builds)),
            Words.Section("What was done", History(why.History))
        );

    private static Seq<Line> Evidence(EvidenceView evidence) =>
        Line.Of(
                new Span($"{evidence.Unit} at {Words.When(evidence.At)}: "),
                new Span(evidence.Cause.Code, Tone.Bad),
                new Span($": {Line.Clean(evidence.Cause.Sentence)}")
            )
            .Cons(
                evidence.Lines.IsEmpty
                    ? Seq1(Line.Of("  (it logged nothing)", Tone.Faint))
                    : evidence
                        .Lines.Skip(Math.Max(0, evidence.Lines.Count - LinesMax))
                        .Map(line => Line.Of(new Span("  | ", Tone.Faint), new Span(Line.Clean(line))))
            );

    private static Seq<Line> History(Seq<HistoryView> history) =>
        history.IsEmpty
            ? Seq<Line>()
            : Columns.Of(
                Seq("WHEN", "OUTCOME", "TRIES", "WHAT", "WHY"),
                history.Map(row =>
                    Seq(
                        new Span(Words.When(row.LastAt)),
                        new Span(row.Outcome, Words.ToneOf(row.Outcome)),
                        new Span($"{row.Attempts}"),
                        new Span(row.What),
                        new Span(row.Error.Match(error => $"{row.Why}; {error}", () => row.Why))
                    )
                )
            );
}
