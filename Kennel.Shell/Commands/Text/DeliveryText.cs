using Kennel.Core.Views;

namespace Kennel.Shell.Commands.Text;

/// <summary>What the forge told, for people.</summary>
public static class DeliveryText
{
    private static readonly Seq<string> Headers = Seq("DELIVERY", "RECEIVED", "EVENT", "ABOUT", "MEANING");

    public static Seq<Line> Lines(Seq<DeliveryView> deliveries) =>
        deliveries.IsEmpty ? Seq1(Line.Of("No deliveries.")) : Table(deliveries);

    /// <summary>The last deliveries under their title; nothing where there are none.</summary>
    public static Seq<Line> Section(Seq<DeliveryView> deliveries) =>
        Words.Section("Last deliveries", deliveries.IsEmpty ? Seq<Line>() : Table(deliveries));

    public static Seq<Line> Section(Option<PullRequestView> pullRequest) =>
        Words.Section("Pull request", pullRequest.ToSeq().Bind(PullRequest));

    public static Seq<Line> Section(Option<RefusedDeliveriesView> refused) =>
        Words.Section("Refused deliveries", refused.ToSeq().Bind(Refused));

    private static Seq<Line> Table(Seq<DeliveryView> deliveries) =>
        Columns.Of(
            Headers,
            deliveries.Map(it =>
                Seq(
                    new Span($"{it.Id}", Tone.Strong),
                    new Span(Words.When(it.ReceivedAt)),
                    new Span(it.Event),
                    new Span(About(it)),
                    it.Meaning.Match(meaning => new Span(meaning), () => new Span("waiting", Tone.Busy))
                )
            )
        );

    private static string About(DeliveryView it)
    {
        var branch = it.Branch.Map(name => $"/{name}").IfNone(string.Empty);
        return it.Project.Map(project => project + branch).IfNone("-");
    }

    private static Seq<Line> PullRequest(PullRequestView it) =>
        Line.Of(
                Line.Clean(
                    $"#{it.Number} is {it.State}: {it.Head} into {it.Base}, last changed {Words.When(it.UpdatedAt)}"
                )
            )
            .Cons(it.Stranger.ToSeq().Map(why => Line.Of($"Its code is not trusted: {Line.Clean(why)}", Tone.Bad)));

    private static Seq<Line> Refused(RefusedDeliveriesView it) =>
        Seq(
            Line.Of(
                $"{Words.Count(it.Count, "delivery", "deliveries")} with a bad signature since Kennel started, "
                    + $"the last one {Words.When(it.LastAt)}",
                Tone.Bad
            ),
            Line.Of("Enter the same secret in the forge's webhook and in the project's file.", Tone.Faint)
        );
}
