using Kennel.Core.Planning;
using Kennel.Core.Ports;
using Action = Kennel.Core.Planning.Action;

namespace Kennel.PropertyTests.World;

/// <summary>What is filled is new: a database is seeded once, and never what has served.</summary>
public sealed class SeedWatch(SimulatedHost host)
{
    private Set<uint> seeded;

    /// <summary>What is wrong after this effect.</summary>
    public Seq<string> Check(Action action, Effect effect) =>
        action is Action.RecordStepDone && effect is Effect.Done
            ? host
                .Units.Values.Where(unit => unit.State(host.Now) == UnitState.Running && Seeds(unit))
                .ToSeq()
                .Bind(Filled)
                .Strict()
            : Seq<string>();

    private Seq<string> Filled(SimulatedUnit unit)
    {
        var numbers = host
            .Databases.Databases.Values.ToSeq()
            .Filter(database => unit.Database.Exists(wanted => wanted.Name == database.Name.Value))
            .Map(database => database.Number)
            .Strict();
        var isAgain = numbers.Exists(seeded.Contains);
        seeded = seeded.AddOrUpdateRange(numbers);
        return isAgain ? Seq1($"{unit.Name} filled what was filled") : Seq<string>();
    }

    private static bool Seeds(SimulatedUnit unit) =>
        unit.IsStep
        && unit.Commands.Exists(command => command.Path.EndsWith(SimulatedBuild.SeedProgram, StringComparison.Ordinal));
}
