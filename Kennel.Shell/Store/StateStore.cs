using Kennel.Core.Domain;
using Kennel.Core.Lifecycle;
using Kennel.Core.Planning;
using Kennel.Core.Ports;
using Action = Kennel.Core.Planning.Action;

namespace Kennel.Shell.Store;

/// <summary>The state database as passes use it.</summary>
/// <param name="database">The database.</param>
/// <param name="settings">The host's configuration, given the database's mark.</param>
/// <param name="targets">What a finished build is turned into.</param>
/// <param name="clock">Dates the leases of ports.</param>
/// <param name="secrets">The secrets that Kennel made: they go with their projects.</param>
public sealed class StateStore(
    Database database,
    Func<InstanceId, Settings> settings,
    Func<TargetInput, Either<Cause, TargetChange>> targets,
    TimeProvider clock,
    Option<SecretFiles> secrets = default
) : IStore
{
    private readonly Settings settings = settings(database.Instance);
    private readonly DesiredReader reader = new();
    private readonly DesiredReader readerInChange = new();
    private Snapshot? last;

    /// <summary>What the last read found damaged and left out; whoever reads should warn of it.</summary>
    public Seq<string> Damage => last?.Desired.Damage ?? Seq<string>();

    /// <inheritdoc/>
    /// <exception cref="StoreException">The store cannot be read.</exception>
    public Task<Desired> Read(CancellationToken cancellation) =>
        database.Use(
            session =>
            {
                // Asked before the transaction begins: a change in between makes the next read look again.
                var version = (session.Number("PRAGMA data_version"), database.WriteCount);
                var snapshot = last;
                if (snapshot is null || snapshot.Version != version)
                    last = snapshot = Database.Consistently(session, inside => Take(inside, version));
                return snapshot.Desired;
            },
            cancellation
        );

    /// <inheritdoc/>
    public async Task<Effect> Record(Action action, Seq<string> evidence, CancellationToken cancellation)
    {
        var change = ChangeOf(action, evidence);
        try
        {
            return await database.Write(change, effect => effect is Effect.Done, cancellation);
        }
        catch (StoreConflictException error)
        {
            return Effect.Refused(Compared.System, $"changed meanwhile: {error.Message}");
        }
        catch (StoreException error)
        {
            return Effect.Unreachable(Compared.System, error.Message);
        }
    }

    /// <inheritdoc/>
    /// <exception cref="StoreException">The store cannot be written.</exception>
    public Task Note(Seq<ActionReport> reports, DateTimeOffset now, CancellationToken cancellation) =>
        reports.IsEmpty
            ? Task.CompletedTask
            : database.Write(session => ActionLog.Note(session, reports, now), _ => true, cancellation);

    private Func<Session, Effect> ChangeOf(Action action, Seq<string> evidence) =>
        action switch
        {
            Action.LeasePort it => session => PortRecords.Lease(session, it, clock.GetUtcNow()),
            Action.ReleasePort it => session => PortRecords.Release(session, it, clock.GetUtcNow()),
            Action.ForgetLease it => session => PortRecords.Forget(session, it),
            Action.RecordStepBegun it => session => StepRecords.Begun(session, it),
            Action.RecordStepDone it => session => StepRecords.Done(session, it),
            Action.RecordReady it => session => ReleaseRecords.Ready(session, it),
            Action.RecordAccepted it => session => ReleaseRecords.Accepted(session, it),
            Action.RecordRejected it => session => ReleaseRecords.Rejected(session, it, evidence),
            Action.RecordCrash it => session => ActionLog.Crash(session, it, evidence),
            Action.RecordServing it => session => DeploymentRecords.Serving(session, it),
            Action.ForgetDeployment it => session => DeploymentRecords.Forget(session, it),
            Action.RecordDeliveries it => session => Inbox.Handle(session, it),
            Action.RegisterProject it => session => Inbox.Register(session, settings, it),
            Action.RecordBuilding it => session => BuildRecords.Building(session, it),
            Action.RecordBuilt it => session =>
                BuiltRecord.Built(session, it, targets, () => readerInChange.Read(session, settings)),
            Action.RecordBuildEnd it => session => BuildRecords.End(session, it),
            Action.RecordMoved it => session => BuildRecords.Moved(session, it),
            Action.RequeueBuild it => session => BuildRecords.Requeue(session, it),
            Action.ForgetGivenUp it => session => GivenUpRecords.Forget(session, it),
            Action.RecordActivity it => session => RestRecords.Activity(session, it),
            Action.RecordWatch it => session => RestRecords.Watch(session, it),
            Action.MarkExpiring it => session => RestRecords.Mark(session, it),
            Action.ClearExpiring it => session => RestRecords.Clear(session, it),
            Action.Hibernate it => session => RestRecords.Hibernate(session, it),
            Action.ExpireBranch it => session => RestRecords.Expire(session, it),
            Action.RecordAwake it => session => RestRecords.Awake(session, it),
            Action.RecordResource it => session => ResourceRecords.Record(session, it),
            Action.RecordResourcePresent it => session => ResourceRecords.Present(session, it),
            Action.RecordResourceWanted it => session => ResourceRecords.Wanted(session, it),
            Action.ForgetResource it => session => ResourceRecords.Forget(session, it),
            Action.ForgetBranch it => session => BranchRecords.Forget(session, it, secrets),
            _ => throw NotRecorded(action),
        };

    private static Exception NotRecorded(Action action) =>
        action switch
        {
            Action.StartUnit
            or Action.StopUnit
            or Action.ResetUnit
            or Action.WriteRoutes
            or Action.AddRoot
            or Action.RemoveRoot
            or Action.StartFetch
            or Action.StartListing
            or Action.CollectGarbage
            or Action.StartReadingSecrets
            or Action.WriteSecrets
            or Action.RemoveSecrets
            or Action.MakeBuildDirectory
            or Action.RemoveFile
            or Action.CreateRole
            or Action.CreateDatabase
            or Action.PrepareDatabase
            or Action.AdoptObjects
            or Action.AddExtensions
            or Action.StartDump
            or Action.RemoveDump
            or Action.DropDatabase
            or Action.DropRole
            or Action.EmptyCache
            or Action.AdmitCacheUser
            or Action.DropCacheUser
            or Action.CreateBucketKey
            or Action.CreateBucket
            or Action.OpenBucket
            or Action.EmptyBucket
            or Action.DropBucket
            or Action.DropBucketKey
            or Action.RemoveBuildDirectory => new ArgumentException(
                $"{action.GetType().Name} is not the store's to record",
                nameof(action)
            ),
            _ => new System.Diagnostics.UnreachableException(),
        };

    private Snapshot Take(Session session, (long, long) version)
    {
        return new Snapshot(version, reader.Read(session, settings));
    }

    private sealed record Snapshot((long DataVersion, long WriteCount) Version, Desired Desired);
}

/// <summary>How changes that assume something end.</summary>
internal static class Compared
{
    internal const string System = "SQLite";

    /// <summary>Done if a row changed or all was as wanted before; refused if what the plan assumed no longer holds.</summary>
    internal static Effect AndSet(int rowCount, string what, Func<bool> isSoAlready) =>
        rowCount > 0 || isSoAlready() ? Effect.Happened : Changed(what);

    internal static Effect Changed(string what) => Effect.Refused(System, $"{what} changed meanwhile; look again");
}
