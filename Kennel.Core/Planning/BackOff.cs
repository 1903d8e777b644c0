using Kennel.Core.Domain;

namespace Kennel.Core.Planning;

/// <summary>How long to leave alone what failed: each failure in a row doubles the wait.</summary>
public static class BackOff
{
    private const int DoublingsMax = 20;
    private const int TriesMax = 5;

    /// <summary>The time from which the next try is due.</summary>
    public static DateTimeOffset Until(Attempts attempts, Periods periods)
    {
        var factor = 1L << Math.Clamp(attempts.Count - 1, 0, DoublingsMax);
        var wait = TimeSpan.FromTicks(Math.Min(periods.BackOffFirst.Ticks * factor, periods.BackOffLongest.Ticks));
        return attempts.LastAt + wait;
    }

    /// <summary>
    /// Holds a strand back while any of its steps failed lately, with a note that says when it is tried again: its
    /// steps rely on each other.
    /// </summary>
    public static (Seq<PlannedAction> Due, Part Held) Hold(
        Seq<PlannedAction> steps,
        Desired desired,
        DateTimeOffset now
    ) =>
        steps
            .Find(step => HeldUntil(step, desired, now).IsSome)
            .Match(step => (Seq<PlannedAction>(), Retry(step, desired)), () => (steps, Part.Nothing));

    /// <summary>The last error of a unit's start, once it has failed so often that it is not tried again.</summary>
    public static Option<string> GaveUp(Desired desired, UnitName unit) => GaveUp(desired, ActionKeys.OfStart(unit));

    /// <summary>The last error of an action, once it has failed so often that it is not tried again.</summary>
    public static Option<string> GaveUp(Desired desired, ActionKey action) =>
        desired.Attempts.Find(action).Filter(attempts => attempts.Count >= TriesMax).Map(attempts => attempts.Error);

    private static Option<DateTimeOffset> HeldUntil(PlannedAction step, Desired desired, DateTimeOffset now) =>
        desired
            .Attempts.Find(ActionKeys.Of(step.Action))
            .Map(attempts => Until(attempts, desired.Settings.Periods))
            .Filter(until => until > now);

    private static Part Retry(PlannedAction step, Desired desired)
    {
        var key = ActionKeys.Of(step.Action);
        var attempts = desired.Attempts[key];
        var until = Until(attempts, desired.Settings.Periods);
        return Part.WaitUntil(step.Subject, new WaitingOn.Retry(key.Value, attempts.Error, until), until);
    }
}
