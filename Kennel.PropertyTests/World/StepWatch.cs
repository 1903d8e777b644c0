using Kennel.Core.Domain;
using Kennel.Core.Planning;
using Kennel.Core.Ports;
using Action = Kennel.Core.Planning.Action;

namespace Kennel.PropertyTests.World;

/// <summary>What must hold of the steps of releases after every single effect, checked independently of the planner.</summary>
public sealed class StepWatch(SimulatedHost host)
{
    private Set<UnitName> started;
    private Set<StorePath> ended;

    /// <summary>What is wrong after this effect.</summary>
    public Seq<string> Check(Action action, Effect effect) =>
        (action, effect) switch
        {
            (Action.RecordStepDone, Effect.Done) => Ended(),
            (Action.StartUnit it, Effect.Done) when it.Unit.Step.IsSome => Began(it.Unit),
            (Action.StartUnit it, Effect.Done) => Started(it.Unit),
            _ => Seq<string>(),
        };

    private Seq<string> Ended()
    {
        ended = ended.AddOrUpdateRange(
            host.Units.Values.Where(unit => unit.IsStep && unit.State(host.Now) == UnitState.Running)
                .SelectMany(unit => unit.Component.Map(component => component.StorePath))
        );
        return Seq<string>();
    }

    private Seq<string> Began(UnitName unit)
    {
        var isAgain = started.Contains(unit);
        started = started.AddOrUpdate(unit);
        var running = host.Units.Values.Count(one =>
            one.IsStepUnderWay(host.Now) && one.Name.Step.Map(it => it.Branch) == unit.Step.Map(it => it.Branch)
        );
        return Joined(
            isAgain ? Seq1($"{unit} was started twice") : Seq<string>(),
            running > 1 ? Seq1($"{running} steps of one branch at once") : Seq<string>()
        );
    }

    private Seq<string> Started(UnitName unit) =>
        host.Units.TryGetValue(unit, out var found)
        && found.Component.Exists(component => component.HasStep && !ended.Contains(component.StorePath))
            ? Seq1($"{unit} was started before its step had ended well")
            : Seq<string>();
}
