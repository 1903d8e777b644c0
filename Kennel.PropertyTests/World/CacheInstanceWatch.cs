using Kennel.Core.Domain;
using Kennel.Core.Planning;
using Kennel.Core.Ports;
using Action = Kennel.Core.Planning.Action;

namespace Kennel.PropertyTests.World;

/// <summary>
/// What must hold of valkey-servers of branches after every single effect, checked independently of the planner: each
/// has its row, runs before what needs it is started, and is not stopped before that is gone.
/// </summary>
/// <param name="host">The host.</param>
/// <param name="store">What the ledger has, and what units need.</param>
public sealed class CacheInstanceWatch(SimulatedHost host, SimulatedStore store)
{
    /// <summary>What is wrong after this effect.</summary>
    public Seq<string> Check(Action action, Effect effect) =>
        effect is Effect.Done
            ? action switch
            {
                Action.StartUnit start => Joined(Started(start.Unit), Unrecorded(start.Unit)),
                Action.StopUnit stop => Stopped(stop.Unit),
                Action.ForgetResource forget => Left(forget.Resource),
                _ => Seq<string>(),
            }
            : Seq<string>();

    private Seq<LedgerRow> Rows() =>
        store.Ledger().Filter(row => row.Kind == ResourceKind.Valkey && row.Number.IsNone).Strict();

    private Seq<string> Started(UnitName unit) =>
        store
            .NeedsOf(unit)
            .Filter(need => need.Kind == ResourceKind.Valkey)
            .Bind(need => Rows().Filter(row => row.Branch == need.Branch))
            .Filter(row => !row.IsPresent || !IsRunning(row.Name))
            .Map(row => $"{unit} was started and {row.Name} does not run")
            .Strict();

    private Seq<string> Unrecorded(UnitName unit) =>
        unit.Cache.IsSome && !Rows().Exists(row => row.Name == unit.Value)
            ? Seq1($"{unit} has no row in the ledger")
            : Empty;

    private Seq<string> Stopped(UnitName unit) =>
        Rows()
            .Filter(row => row.Name == unit.Value)
            .Bind(row =>
                host.Units.Values.ToSeq()
                    .Filter(other =>
                        !other.IsGone(host.Now)
                        && other.State(host.Now) is UnitState.Starting or UnitState.Running
                        && store
                            .NeedsOf(other.Name)
                            .Exists(need => need.Kind == ResourceKind.Valkey && need.Branch == row.Branch)
                    )
                    .Map(other => $"{unit} was stopped and {other.Name} runs")
            )
            .Strict();

    private Seq<string> Left(Resource resource) =>
        host.Units.Keys.ToSeq().Filter(unit => unit.Value == resource.Name).Map(unit => $"{unit} is left").Strict();

    private bool IsRunning(string unit) =>
        host.Units.Values.Any(other => other.Name.Value == unit && other.State(host.Now) == UnitState.Running);
}
