using System.Globalization;
using Kennel.Core.Domain;

namespace Kennel.Core.Lifecycle;

/// <summary>How people write how long something is: <c>90s</c>, <c>15m</c>, <c>12h</c>, <c>7d</c>, or <c>0</c> for never.</summary>
public static class DurationText
{
    private const long SecondsMax = 315_360_000;
    private const string Allowed = "0, or a whole number with s, m, h or d, such as 12h or 7d; ten years at most";

    private static readonly Seq<(char Letter, long Seconds, string One)> Units = Seq(
        ('d', 86_400L, "day"),
        ('h', 3600L, "hour"),
        ('m', 60L, "minute"),
        ('s', 1L, "second")
    );

    /// <summary>Reads a duration.</summary>
    /// <param name="where">Where the text stood, for the error.</param>
    /// <param name="given">The text.</param>
    public static Validation<Problem, TimeSpan> Parse(string where, string? given) =>
        (given is "0" ? Some(0L) : Seconds(given ?? ""))
            .Filter(seconds => seconds <= SecondsMax)
            .Match(
                seconds => Success<Problem, TimeSpan>(TimeSpan.FromSeconds(seconds)),
                () => Fail<Problem, TimeSpan>(Problem.Of(where, given, Allowed))
            );

    /// <summary>A duration in words: <c>7 days</c>.</summary>
    public static string Of(TimeSpan duration)
    {
        var seconds = (long)duration.TotalSeconds;
        var unit = Units.Find(one => seconds % one.Seconds == 0).IfNone(Units.Last);
        var count = seconds / unit.Seconds;
        return count == 1 ? $"1 {unit.One}" : $"{count} {unit.One}s";
    }

    private static Option<long> Seconds(string given) =>
        from unit in Units.Find(one => given.EndsWith(one.Letter))
        from count in long.TryParse(given[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? Some(number)
            : None
        where count <= SecondsMax
        select count * unit.Seconds;
}
