using Kennel.Core.Domain;
using Kennel.Core.Ports;
using Action = Kennel.Core.Planning.Action;

namespace Kennel.PropertyTests.World;

/// <summary>
/// What must hold of buckets after every single effect, checked independently of the planner. Services write to theirs as
/// soon as they are started.
/// </summary>
/// <param name="host">The host.</param>
/// <param name="store">What the ledger has, and what units need.</param>
public sealed class BucketWatch(SimulatedHost host, SimulatedStore store)
{
    private const int ObjectsOfService = 3;

    private Map<BucketName, SimulatedBucket> foreign;
    private Map<BucketName, string> written;

    private SimulatedBuckets Here => host.Buckets;

    /// <summary>Remembers what others made, which must stay as it is.</summary>
    public void RememberForeign() => foreign = Here.Buckets.Filter(bucket => bucket.Maker.IsNone);

    /// <summary>What is wrong after this effect.</summary>
    public Seq<string> Check(Action action, Effect effect)
    {
        var started = action is Action.StartUnit start && effect is Effect.Done ? Started(start.Unit) : Empty;
        return Joined(started, Foreign(), Unrecorded(), Lost()).Strict();
    }

    private Seq<LedgerRow> Rows() => store.Ledger().Filter(row => row.Kind == ResourceKind.Garage).Strict();

    private Seq<string> Foreign() =>
        foreign
            .Pairs.ToSeq()
            .Filter(pair => Here.Buckets.Find(pair.Key) != Some(pair.Value))
            .Map(pair => $"{pair.Key} was changed and is not Kennel's");

    // The ledger's row comes first and goes last.
    private Seq<string> Unrecorded()
    {
        var rows = toSet(Rows().Map(row => row.Name));
        return Joined(
                Here.Buckets.Keys.ToSeq().Filter(name => !foreign.ContainsKey(name)),
                Here.Keys.Map(key => key.Mark.Bucket)
            )
            .Filter(name => !rows.Contains(name.Value))
            .Map(name => $"{name} has no row in the ledger");
    }

    // What holds data is never emptied, dropped or made anew as long as nobody removed its branch.
    private Seq<string> Lost()
    {
        var living = toSet(Rows().Filter(row => !row.IsRemoved).Map(row => row.Name));
        var lost = written
            .Filter((name, id) => living.Contains(name.Value) && !IsFull(name, id))
            .Keys.ToSeq()
            .Map(name => $"the objects of {name} are lost")
            .Strict();
        written = written.Filter((name, id) => living.Contains(name.Value) && IsFull(name, id));
        return lost;
    }

    private bool IsFull(BucketName name, string id) =>
        Here.Buckets.Find(name).Exists(bucket => bucket.Id == id && bucket.ObjectCount == ObjectsOfService);

    private Seq<string> Started(UnitName unit) =>
        store
            .NeedsOf(unit)
            .Filter(need => need.Kind == ResourceKind.Garage)
            .Bind(need =>
                Rows()
                    .Find(row => row.Branch == need.Branch && row.IsPresent)
                    .Bind(row => Here.Keys.Find(key => key.Mark.Bucket.Value == row.Name))
                    .Filter(key => Here.Buckets.Find(key.Mark.Bucket).Exists(it => it.Maker == Some(key.Mark.Maker)))
                    .Match(
                        key => Joined(Write(key.Mark.Bucket), Told(unit, key.Mark.Bucket)),
                        () => Seq1($"{unit} was started without its bucket")
                    )
            )
            .Strict();

    private Seq<string> Told(UnitName unit, BucketName bucket) =>
        host.Vault.Given.Find(unit).Exists(given => given.Contains(bucket.Value, StringComparison.Ordinal))
            ? Empty
            : Seq1($"{unit} was started without the key of its bucket");

    private Seq<string> Write(BucketName name)
    {
        Here.Fill(name, ObjectsOfService);
        written = written.AddOrUpdate(name, Here.Buckets[name].Id);
        return Empty;
    }
}
