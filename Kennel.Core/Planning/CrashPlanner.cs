using Kennel.Core.Domain;

namespace Kennel.Core.Planning;

/// <summary>How a unit that failed after it had been good comes back: its end is recorded, and each one makes the next wait longer.</summary>
internal static class CrashPlanner
{
    private static readonly TimeSpan CrashMemory = TimeSpan.FromMinutes(10);

    /// <summary>Records how a unit ended, and forgets it.</summary>
    public static Part Record(Sight sight, DesiredBranch branch, ObservedUnit unit)
    {
        var cause = unit.Detail.Match<Cause>(
            detail => new Cause.Crashed(detail.Result, detail.ExitStatus, detail.Restarts),
            () => new Cause.Crashed("unknown", 0, 0)
        );
        return Part.Step(
                branch.Subject,
                new Action.RecordCrash(branch.Id, unit.Name, CrashCount(sight, unit.Name), cause, sight.Now),
                cause.Describe().Sentence
            ) + Part.Step(branch.Subject, new Action.ResetUnit(unit.Name), "its end was recorded");
    }

    /// <summary>Until when a unit that failed is left alone, and how it ended; none where it may start.</summary>
    public static Option<(DateTimeOffset Until, string Error)> Rest(Sight sight, UnitName unit) =>
        sight
            .Desired.Attempts.Find(ActionKeys.OfCrash(unit))
            .Map(attempts => (Until: BackOff.Until(attempts, sight.Settings.Periods), attempts.Error))
            .Filter(rest => rest.Until > sight.Now);

    /// <summary>What is said while it rests.</summary>
    public static Part Wait(DesiredBranch branch, UnitName unit, (DateTimeOffset Until, string Error) rest) =>
        Part.WaitUntil(branch.Subject, new WaitingOn.Retry($"start {unit}", rest.Error, rest.Until), rest.Until);

    private static int CrashCount(Sight sight, UnitName unit) =>
        sight
            .Desired.Attempts.Find(ActionKeys.OfCrash(unit))
            .Filter(attempts => attempts.LastAt + CrashMemory > sight.Now)
            .Match(attempts => attempts.Count + 1, () => 1);
}
