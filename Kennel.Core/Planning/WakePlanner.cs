using Kennel.Core.Domain;
using Kennel.Core.Lifecycle;

namespace Kennel.Core.Planning;

/// <summary>
/// A branch that is waking is awake once all that serves of it runs and answers; until then its routes let Kennel be asked.
/// </summary>
public static class WakePlanner
{
    private static readonly TimeSpan YoungAge = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan YoungInterval = TimeSpan.FromMilliseconds(50);

    /// <summary>Whether a branch is waking, so that its units are asked whether they are ready.</summary>
    public static bool IsWaking(DesiredBranch branch) => branch.Life.Rest is Rest.Waking;

    /// <summary>The next step of a branch that is waking.</summary>
    public static Part Plan(Sight sight, DesiredBranch branch, Map<UnitName, ObservedUnit> units)
    {
        if (branch.Life.Rest is not Rest.Waking waking)
            return Part.Nothing;
        var serving = Wanted.Units(branch).Filter(unit => unit.Deployment.Serving == Some(unit.Release.Id)).Strict();
        var silent = serving
            .Map(unit => (Wanted: unit, Seen: units.Find(unit.Unit), Answer: Answer(sight, unit, units)))
            .Filter(one => !one.Answer.IsOfReady(one.Wanted.Specification.Ready))
            .Strict();
        return silent.IsEmpty
            ? Part.Step(
                branch.Subject,
                new Action.RecordAwake(branch.Id, waking.Since),
                "all that serves of it answers"
            )
            : Part.Concat(silent.Map(one => Wait(sight, branch, waking, one.Wanted, one.Seen, one.Answer)));
    }

    private static ProbeAnswer Answer(Sight sight, WantedUnit unit, Map<UnitName, ObservedUnit> units) =>
        units
            .Find(unit.Unit)
            .Filter(seen => seen.State == UnitState.Running)
            .Bind(seen => seen.Detail)
            .Match(
                detail => TrialPlanner.Answer(sight, unit, detail),
                () => new ProbeAnswer.Silent("it does not run yet")
            );

    // One that never answers is asked with every pass, and is no reason for passes of its own for ever.
    private static Part Wait(
        Sight sight,
        DesiredBranch branch,
        Rest.Waking waking,
        WantedUnit unit,
        Option<ObservedUnit> seen,
        ProbeAnswer answer
    )
    {
        var note = Part.Wait(branch.Subject, new WaitingOn.Waking(unit.Unit, answer.Describe()));
        var since = seen.Bind(it => it.Detail).Bind(detail => detail.ActiveSince).IfNone(waking.Since);
        var age = sight.Now - since;
        var isRunning = seen.Exists(it => it.State == UnitState.Running);
        return isRunning && age < sight.Settings.Periods.ReadyDeadline
            ? note with
            {
                LookAt = sight.Now + (age < YoungAge ? YoungInterval : sight.Settings.Periods.ProbeInterval),
            }
            : note;
    }
}
