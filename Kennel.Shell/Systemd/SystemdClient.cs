using Kennel.Core.Domain;
using Kennel.Core.Planning;
using Kennel.Core.Ports;
using Kennel.Core.Units;
using Action = Kennel.Core.Planning.Action;

namespace Kennel.Shell.Systemd;

/// <summary>systemd in the plan's words.</summary>
public sealed class SystemdClient(SystemdUnits units, Journal journal) : ISystemd
{
    private const string SystemName = "systemd";
    private static readonly Seq<string> Patterns = Seq1("kennel-*.service");

    /// <inheritdoc/>
    public async Task<Observation<Map<UnitName, ObservedUnit>>> ListUnits(CancellationToken cancellation)
    {
        var rows = await units.List(Seq<string>(), Patterns, cancellation);
        return rows.Match(
            Right: known => Observation.Known(toMap(known.Bind(Observe).Map(unit => (unit.Name, unit)))),
            Left: failure => Observation.Unknown<Map<UnitName, ObservedUnit>>(failure.Describe())
        );
    }

    /// <inheritdoc/>
    public async Task<Map<UnitName, UnitDetail>> Details(Seq<UnitName> names, CancellationToken cancellation)
    {
        var lives = await units.Life(names.Map(name => name.Value), cancellation);
        return toMap(
            names
                .Zip(lives)
                .Bind(pair =>
                    pair.Item2.Life.ToOption().Bind(found => found).Map(life => (pair.Item1, Detail(life))).ToSeq()
                )
        );
    }

    /// <inheritdoc/>
    public Task<Seq<string>> LastLines(UnitName unit, int linesMax, CancellationToken cancellation) =>
        journal.LastLines(unit, linesMax, cancellation);

    /// <inheritdoc/>
    public async Task<Effect> Start(Action.StartUnit action, CancellationToken cancellation) =>
        Told(await units.QueueStart(action.Unit.Value, action.Properties, cancellation));

    /// <inheritdoc/>
    public async Task<Effect> Stop(Action.StopUnit action, CancellationToken cancellation) =>
        GoneCountsAsDone(await units.QueueStop(action.Unit.Value, cancellation));

    /// <inheritdoc/>
    public async Task<Effect> Reset(Action.ResetUnit action, CancellationToken cancellation) =>
        GoneCountsAsDone(await units.ResetFailed(action.Unit.Value, cancellation));

    private static Effect Told<T>(Either<BusFailure, T> reply) => reply.Match(_ => Effect.Happened, ToEffect);

    private static Effect GoneCountsAsDone<T>(Either<BusFailure, T> reply) =>
        reply.Match(
            _ => Effect.Happened,
            failure =>
                failure is BusFailure.Refused { Error: BusError.NoSuchUnit } ? Effect.Happened : ToEffect(failure)
        );

    private static Effect ToEffect(BusFailure failure) =>
        failure switch
        {
            BusFailure.Refused refused => Effect.Refused(SystemName, refused.Describe()),
            BusFailure.NotSent notSent => Effect.Unreachable(SystemName, notSent.Describe()),
            BusFailure.ReplyLost lost => Effect.Unanswered(SystemName, lost.Describe()),
            _ => throw new System.Diagnostics.UnreachableException(),
        };

    private static Seq<ObservedUnit> Observe(UnitRow row) =>
        row.LoadState == "not-found"
            ? Seq<ObservedUnit>()
            : UnitName
                .Parse("unit", row.Name)
                .ToOption()
                .Map(name => new ObservedUnit(name, UnitMark.Read(row.Description), StateOf(row), None))
                .ToSeq();

    private static UnitState StateOf(UnitRow row) =>
        (row.ActiveState, row.SubState) switch
        {
            ("active" or "reloading" or "refreshing", _) => UnitState.Running,
            ("activating", "auto-restart" or "auto-restart-queued") => UnitState.Restarting,
            ("activating", _) => UnitState.Starting,
            ("deactivating", _) => UnitState.Stopping,
            ("failed", _) => UnitState.Failed,
            _ => UnitState.Inactive,
        };

    private static UnitDetail Detail(UnitLife life) =>
        new(
            life.InvocationId.Bind(id => InvocationId.Parse("unit", id).ToOption()),
            life.ActiveSince,
            life.Restarts,
            life.Result,
            life.MainExitStatus,
            life.UserId
        )
        {
            StartedAt = life.StartedAt,
        };
}
