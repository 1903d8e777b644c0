using Kennel.Core.Domain;
using Kennel.Core.Planning;
using Kennel.Core.Ports;
using Action = Kennel.Core.Planning.Action;

namespace Kennel.PropertyTests.World;

/// <summary>
/// What must hold of caches after every single effect, checked independently of the planner. Services write to theirs as
/// soon as they are started.
/// </summary>
/// <param name="host">The host.</param>
/// <param name="store">What the ledger has, and what units need.</param>
public sealed class CacheWatch(SimulatedHost host, SimulatedStore store)
{
    private Map<CacheUser, CacheNumber> written;
    private Map<CacheNumber, Set<string>> foreign;
    private Map<CacheUser, ObservedCacheUser> strangers;

    private SimulatedCaches Here => host.Caches;

    /// <summary>Remembers what others made, which must stay as it is.</summary>
    public void RememberForeign()
    {
        foreign = Here.Keys.Filter(writers => writers.Contains(SimulatedCaches.Somebody));
        strangers = Here.Users.Filter(user => !Rows().Exists(row => row.Name == user.Name.Value));
    }

    /// <summary>What is wrong after this effect.</summary>
    public Seq<string> Check(Action action, Effect effect)
    {
        var started = action is Action.StartUnit start && effect is Effect.Done ? Started(start.Unit) : Empty;
        return Joined(started, Foreign(), Unrecorded(), Shared(), Lost()).Strict();
    }

    private Seq<LedgerRow> Rows() =>
        store.Ledger().Filter(row => row.Kind == ResourceKind.Valkey && row.Number.IsSome).Strict();

    private Seq<string> Foreign() =>
        Joined(
            foreign
                .Pairs.ToSeq()
                .Filter(pair => Here.Keys.Find(pair.Key) != Some(pair.Value))
                .Map(pair => $"database {pair.Key} was changed and is not Kennel's"),
            strangers
                .Values.ToSeq()
                .Filter(user => Here.Users.Find(user.Name) != Some(user))
                .Map(user => $"{user.Name} was changed and is another Kennel's")
        );

    // The ledger's row comes first and goes last.
    private Seq<string> Unrecorded()
    {
        var rows = Rows();
        return Here
            .Users.Values.ToSeq()
            .Filter(user => !strangers.ContainsKey(user.Name))
            .Filter(user =>
                !rows.Exists(row => row.Name == user.Name.Value && row.Number == user.Database.Map(it => it.Value))
            )
            .Map(user => $"{user.Name} has no row in the ledger");
    }

    private Seq<string> Shared() =>
        Here
            .Users.Values.GroupBy(user => user.Database)
            .Where(group => group.Count() > 1)
            .Select(group => $"database {group.Key} is given to two")
            .ToSeq();

    // What holds keys is never emptied as long as nobody removed its branch.
    private Seq<string> Lost()
    {
        var living = toSet(Rows().Filter(row => !row.IsRemoved).Map(row => row.Name));
        var lost = written
            .Filter((user, number) => living.Contains(user.Value) && !IsIn(user, number))
            .Keys.ToSeq()
            .Map(user => $"the keys of {user} are lost")
            .Strict();
        written = written.Filter((user, number) => living.Contains(user.Value) && IsIn(user, number));
        return lost;
    }

    private bool IsIn(CacheUser user, CacheNumber number) =>
        Here.Keys.Find(number).Exists(writers => writers.Contains(user.Value));

    private Seq<string> Started(UnitName unit) =>
        store
            .NeedsOf(unit)
            .Filter(need => need.Kind == ResourceKind.Valkey && !HasItsOwn(need.Branch))
            .Bind(need =>
                Rows()
                    .Find(row => row.Branch == need.Branch && row.IsPresent)
                    .Bind(row => Here.Users.Values.ToSeq().Find(user => user.Name.Value == row.Name && user.IsComplete))
                    .Match(
                        user => Joined(Write(user), Told(unit, user)),
                        () => Seq1($"{unit} was started without its cache")
                    )
            )
            .Strict();

    private Seq<string> Told(UnitName unit, ObservedCacheUser user) =>
        host.Vault.Given.Find(unit).Exists(given => given.Contains(user.Name.Value, StringComparison.Ordinal))
            ? Empty
            : Seq1($"{unit} was started without the address of its cache");

    private bool HasItsOwn(BranchId branch) =>
        store.Ledger().Exists(row => row.Kind == ResourceKind.Valkey && row.Number.IsNone && row.Branch == branch);

    private Seq<string> Write(ObservedCacheUser user)
    {
        var number = user.Database.IfNone(() => throw new System.Diagnostics.UnreachableException());
        var others = Here.Keys.Find(number).IfNone(Set<string>()).Remove(user.Name.Value);
        Here.Write(number, user.Name.Value);
        written = written.AddOrUpdate(user.Name, number);
        return others.IsEmpty ? Empty : Seq1($"{user.Name} finds the keys of {string.Join(", ", others)} in its cache");
    }
}
