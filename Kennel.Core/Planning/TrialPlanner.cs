using Kennel.Core.Domain;

namespace Kennel.Core.Planning;

/// <summary>Whether a generation on trial proves good: ready before the deadline, then up for a while.</summary>
public static class TrialPlanner
{
    /// <summary>Restarts after which an application on trial counts as crashing.</summary>
    public const uint RestartsMax = 3;

    /// <summary>Judges a unit on trial that is loaded and is ours.</summary>
    public static Part Judge(Sight sight, WantedUnit wanted, ObservedUnit unit) =>
        unit.Detail.Match(
            detail => Judge(sight, wanted, unit, detail),
            () => Part.Wait(wanted.Branch.Subject, new WaitingOn.UnitChange(unit.Name, unit.State))
        );

    private static Part Judge(Sight sight, WantedUnit wanted, ObservedUnit unit, UnitDetail detail)
    {
        if (unit.State == UnitState.Failed)
            return Reject(sight, wanted, new Cause.Crashed(detail.Result, detail.ExitStatus, detail.Restarts))
                + Part.Step(wanted.Branch.Subject, new Action.ResetUnit(unit.Name), "its end was recorded");
        if (detail.Restarts >= RestartsMax)
            return Reject(
                sight,
                wanted,
                new Cause.Crashed("it ends again and again", detail.ExitStatus, detail.Restarts)
            );
        return unit.State == UnitState.Running
            ? JudgeRunning(sight, wanted, detail)
            : Soon(sight, wanted, new WaitingOn.UnitChange(unit.Name, unit.State));
    }

    private static Part JudgeRunning(Sight sight, WantedUnit wanted, UnitDetail detail)
    {
        var answer = Answer(sight, wanted, detail);
        return answer.IsReady ? JudgeReady(sight, wanted, detail) : JudgeSilent(sight, wanted, detail, answer);
    }

    /// <summary>How a running unit answered; what another program says at its port does not count.</summary>
    internal static ProbeAnswer Answer(Sight sight, WantedUnit wanted, UnitDetail detail) =>
        IsAnothers(sight, wanted, detail)
            ? new ProbeAnswer.Silent("another program listens on its port")
            : sight.Observed.Probes.Find(wanted.Unit).IfNone(new ProbeAnswer.Silent("it was not asked yet"));

    private static Part JudgeReady(Sight sight, WantedUnit wanted, UnitDetail detail)
    {
        var seen = wanted.Release.Outcome is Outcome.Untried untried ? untried.Ready : None;
        var sameStart = seen.Filter(ready => Some(ready.Invocation) == detail.Invocation);
        return sameStart.Match(
            ready => StayUp(sight, wanted, ready),
            () =>
                detail.Invocation.Match(
                    invocation => FirstReady(sight, wanted, invocation),
                    () => Soon(sight, wanted, new WaitingOn.UnitChange(wanted.Unit, UnitState.Running))
                )
        );
    }

    private static Part FirstReady(Sight sight, WantedUnit wanted, InvocationId invocation)
    {
        var until = sight.Now + sight.Settings.Periods.StayUp;
        return Part.Step(
                wanted.Branch.Subject,
                new Action.RecordReady(wanted.Release.Id, new FirstReady(invocation, sight.Now)),
                "it answers"
            ) + Part.WaitUntil(wanted.Branch.Subject, new WaitingOn.StayingUp(wanted.Unit, until), until);
    }

    private static Part StayUp(Sight sight, WantedUnit wanted, FirstReady ready)
    {
        var until = ready.At + sight.Settings.Periods.StayUp;
        return until <= sight.Now
            ? Part.Step(
                wanted.Branch.Subject,
                new Action.RecordAccepted(wanted.Release.Id, sight.Now),
                "it is ready and stayed up"
            )
            : Part.WaitUntil(wanted.Branch.Subject, new WaitingOn.StayingUp(wanted.Unit, until), until);
    }

    private static Part JudgeSilent(Sight sight, WantedUnit wanted, UnitDetail detail, ProbeAnswer answer)
    {
        var started = detail.ActiveSince.IfNone(sight.Now);
        var deadline = started + sight.Settings.Periods.ReadyDeadline;
        return deadline <= sight.Now
            ? Reject(sight, wanted, LateCause(sight, wanted, detail, answer))
            : Soon(sight, wanted, new WaitingOn.Ready(wanted.Unit, answer.Describe(), deadline));
    }

    private static bool IsAnothers(Sight sight, WantedUnit wanted, UnitDetail detail) =>
        (
            from lease in sight.LeaseOf(wanted.Unit)
            from user in detail.UserId
            from listeners in sight.Observed.Listeners.ToOption()
            from listener in listeners.Find(lease.Port)
            select listener != user
        ).IfNone(false);

    private static Cause LateCause(Sight sight, WantedUnit wanted, UnitDetail detail, ProbeAnswer answer)
    {
        var late = new Cause.NeverReady((int)sight.Settings.Periods.ReadyDeadline.TotalSeconds, answer.Describe());
        var bound =
            from lease in sight.LeaseOf(wanted.Unit)
            from user in detail.UserId
            from listeners in sight.Observed.Listeners.ToOption()
            from other in OtherPort(sight, listeners, user, lease.Port)
            select (Cause)new Cause.WrongPort(lease.Port, other);
        return answer is ProbeAnswer.Silent ? bound.IfNone(late) : late;
    }

    private static Option<Port> OtherPort(Sight sight, Map<Port, uint> listeners, uint user, Port given) =>
        listeners.ContainsKey(given)
            ? None
            : listeners
                .Filter((port, owner) => owner == user && !sight.Desired.Leases.ContainsKey(port))
                .Keys.ToSeq()
                .HeadOrNone();

    /// <summary>Records that a release proved bad.</summary>
    public static Part Reject(Sight sight, WantedUnit wanted, Cause cause) =>
        Part.Step(
            wanted.Branch.Subject,
            new Action.RecordRejected(wanted.Release.Id, wanted.Unit, cause, sight.Now),
            cause.Describe().Sentence
        );

    private static Part Soon(Sight sight, WantedUnit wanted, WaitingOn on) =>
        Part.WaitUntil(wanted.Branch.Subject, on, sight.Now + sight.Settings.Periods.ProbeInterval);
}
