using Kennel.Core.Planning;

namespace Kennel.PropertyTests.World;

/// <summary>Never do two generations of a stateful component run at once, nor one beside a step.</summary>
public sealed class StateWatch(SimulatedHost host)
{
    /// <summary>What is wrong now.</summary>
    public Seq<string> Check() =>
        host
            .Units.Values.Where(unit => unit.Component.Exists(component => component.IsStateful) && HasProcess(unit))
            .GroupBy(unit => unit.StateDirectory)
            .Where(group => group.Count() > 1)
            .Select(group => $"{string.Join(" and ", group.Select(unit => unit.Name))} use the same data at once")
            .ToSeq()
            .Strict();

    private bool HasProcess(SimulatedUnit unit) =>
        unit.IsStep ? unit.IsStepUnderWay(host.Now) : unit.State(host.Now) != UnitState.Failed;
}
