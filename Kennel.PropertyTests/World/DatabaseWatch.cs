using Kennel.Core.Domain;
using Kennel.Core.Planning;
using Kennel.Core.Ports;
using Action = Kennel.Core.Planning.Action;

namespace Kennel.PropertyTests.World;

/// <summary>What must hold of databases after every single effect, checked independently of the planner.</summary>
/// <param name="host">The host.</param>
/// <param name="rows">The names in the ledger, of branches that were not removed.</param>
public sealed class DatabaseWatch(SimulatedHost host, Func<Seq<LedgerRow>> rows)
{
    private Map<DatabaseName, ObservedDatabase> foreign;
    private Map<DatabaseName, uint> numbers;

    /// <summary>Remembers what others made, which must stay as it is.</summary>
    public void RememberForeign() => foreign = host.Databases.Databases.Filter(it => it.Mark.IsNone);

    /// <summary>What is wrong after this effect.</summary>
    public Seq<string> Check(Action action, Effect effect) =>
        Joined(
                Foreign(),
                Unrecorded(),
                Undumped(action, effect),
                Lost(action),
                Started(action, effect),
                HalfFilled(action, effect)
            )
            .Strict();

    private Seq<string> Foreign() =>
        foreign
            .Values.ToSeq()
            .Filter(it => host.Databases.Databases.Find(it.Name) != Some(it))
            .Map(it => $"{it.Name} was changed and is not Kennel's");

    // The ledger's row comes first and goes last.
    private Seq<string> Unrecorded()
    {
        var recorded = toSet(rows().Map(row => row.Name));
        return host
            .Databases.Databases.Values.ToSeq()
            .Filter(it => !foreign.ContainsKey(it.Name) && !recorded.Contains(it.Name.Value))
            .Map(it => $"{it.Name} has no row in the ledger");
    }

    // The database of the default branch never goes without a copy, once it was complete.
    private Seq<string> Undumped(Action action, Effect effect) =>
        action is Action.DropDatabase drop
        && effect is Effect.Done
        && drop.Database.Value == "kennel_shop_main"
        && numbers.ContainsKey(drop.Database)
        && !host.Dumps.Exists((name, dump) => name.Database == drop.Database.Value && dump is DumpState.Done)
            ? Seq1($"{drop.Database} was dropped without a dump")
            : Seq<string>();

    // What holds data is never dropped, nor made anew, as long as nobody removed its branch.
    private Seq<string> Lost(Action action)
    {
        var living = rows().Filter(row => !row.IsRemoved && row.IsPresent).Map(row => row.Name).Strict();
        var now = host.Databases.Databases;
        var lost = numbers
            .Filter((name, number) => living.Contains(name.Value) && !now.Find(name).Exists(it => it.Number == number))
            .Keys.ToSeq()
            .Map(name => $"the data of {name} is lost")
            .Strict();
        numbers = toMap(now.Values.Filter(it => living.Contains(it.Name.Value)).Select(it => (it.Name, it.Number)));
        return action is Action.ForgetBranch ? Seq<string>() : lost;
    }

    // What is taken for complete holds all of what it was to start with, and that is its owner's.
    private Seq<string> HalfFilled(Action action, Effect effect) =>
        action is Action.RecordResourcePresent { Resource: Resource.Postgres it } && effect is Effect.Done
            ? host
                .Databases.Databases.Find(it.Database)
                .Map(host.Databases.ContentOf)
                .Filter(content => content != "nothing" && !SimulatedCopy.IsWhole(content))
                .Map(content => $"{it.Database} is taken for complete and holds {content}")
                .ToSeq()
            : Seq<string>();

    private Seq<string> Started(Action action, Effect effect) =>
        action is Action.StartUnit start && effect is Effect.Done && host.Units.TryGetValue(start.Unit, out var unit)
            ? unit
                .Database.ToSeq()
                .Filter(wanted =>
                    !host.Databases.Databases.Values.Any(it =>
                        it.Name.Value == wanted.Name && it.Owner == wanted.User && it.IsOpen && !it.IsPublic
                    )
                )
                .Map(wanted => $"{start.Unit} was started without its database {wanted.Name}")
            : Seq<string>();
}

/// <summary>A row of the ledger.</summary>
public sealed record LedgerRow(string Name, bool IsPresent, bool IsRemoved)
{
    public ResourceKind Kind { get; init; }

    public Option<int> Number { get; init; }

    public BranchId Branch { get; init; }
}
