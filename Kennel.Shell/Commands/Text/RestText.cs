using Kennel.Core.Lifecycle;
using Kennel.Core.Views;

namespace Kennel.Shell.Commands.Text;

/// <summary>Sleep and expiry, for people.</summary>
internal static class RestText
{
    public static Seq<Line> Hibernated(RestView it) =>
        Seq1(
            Line.Of($"{it.Project}/{it.Branch} hibernates. A visitor, a push or kennel wake wakes it; its data stays.")
        );

    public static Option<Line> Warning(RestView it) =>
        it.IsDefaultBranch
            ? Some(
                Line.Of(
                    $"{it.Branch} is production: its next visitor waits until it is up again, and nothing works meanwhile that runs by itself.",
                    Tone.Busy
                )
            )
            : None;

    public static Seq<Line> Woken(RestView it) =>
        Seq1(
            Line.Of(
                it.WakingSince.IsSome
                    ? $"{it.Project}/{it.Branch} is waking."
                    : $"{it.Project}/{it.Branch} does not hibernate."
            )
        );

    public static Seq<Line> Awake(WhyView it) =>
        Line.Of($"{it.Project}/{it.Branch} is awake.", Tone.Good)
            .Cons(it.Deployments.Bind(one => one.Urls.Map(url => Line.Of($"  {one.Component}  {url}"))));

    /// <summary>A period: <c>7 days (as on this host)</c>.</summary>
    public static string Period(PeriodView period) =>
        (period.Seconds == 0 ? "never" : $"after {DurationText.Of(TimeSpan.FromSeconds(period.Seconds))}")
        + (period.IsOwn ? "" : " (as the host says)");
}
