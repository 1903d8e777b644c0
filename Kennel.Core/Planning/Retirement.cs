namespace Kennel.Core.Planning;

/// <summary>How a unit that is no longer wanted goes: it drains, stops and is forgotten.</summary>
public static class Retirement
{
    /// <summary>The next step towards its end.</summary>
    /// <param name="subject">Whose unit it is.</param>
    /// <param name="unit">The unit.</param>
    /// <param name="drainUntil">Until when it may finish its requests; asked only while it runs.</param>
    /// <param name="now">The time of the look.</param>
    public static Part Of(
        Subject subject,
        ObservedUnit unit,
        Func<Option<DateTimeOffset>> drainUntil,
        DateTimeOffset now
    ) =>
        unit.State switch
        {
            UnitState.Failed => Part.Step(subject, new Action.ResetUnit(unit.Name), "it failed and is not wanted"),
            UnitState.Stopping or UnitState.Inactive => Part.Wait(
                subject,
                new WaitingOn.UnitChange(unit.Name, unit.State)
            ),
            UnitState.Running or UnitState.Starting or UnitState.Restarting => drainUntil()
                .Filter(until => until > now)
                .Match(
                    until => Part.WaitUntil(subject, new WaitingOn.Drain(unit.Name, until), until),
                    () => Part.Step(subject, new Action.StopUnit(unit.Name), "it is not wanted any more")
                ),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
}
