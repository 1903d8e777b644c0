using Kennel.Core.Ports;
using Action = Kennel.Core.Planning.Action;

namespace Kennel.Shell.Reconcile;

/// <summary>Turns actions into effects: the one place that every effect passes. It decides nothing.</summary>
public sealed class Interpreter(Outside outside, IFaultHook fault)
{
    private const int EvidenceLinesMax = 50;

    /// <summary>Executes one action and says how it ended; a cancelled one is lost, not failed.</summary>
    public async Task<Effect> Execute(Action action, CancellationToken cancellation)
    {
        var instead = fault.Before(action);
        var effect = instead.IsSome
            ? instead.IfNone(Effect.Happened)
            : fault.After(action, await Dispatch(action, cancellation));
        return effect;
    }

    private Task<Effect> Dispatch(Action action, CancellationToken cancellation) =>
        action switch
        {
            Action.StartUnit it => outside.Systemd.Start(it, cancellation),
            Action.StopUnit it => outside.Systemd.Stop(it, cancellation),
            Action.ResetUnit it => outside.Systemd.Reset(it, cancellation),
            Action.WriteRoutes it => outside.Caddy.Write(it, cancellation),
            Action.AddRoot it => outside.Nix.AddRoot(it, cancellation),
            Action.RemoveRoot it => outside.Nix.RemoveRoot(it, cancellation),
            Action.StartListing it => outside.Git.StartListing(it, cancellation),
            Action.CollectGarbage it => outside.Nix.CollectGarbage(it, cancellation),
            Action.StartFetch it => outside.Git.StartFetch(it, cancellation),
            Action.MakeBuildDirectory it => outside.Files.MakeBuildDirectory(it, cancellation),
            Action.RemoveBuildDirectory it => outside.Files.RemoveBuildDirectory(it, cancellation),
            Action.RemoveFile it => outside.Files.RemoveFile(it, cancellation),
            Action.StartReadingSecrets it => outside.Secrets.StartReading(it, cancellation),
            Action.WriteSecrets it => outside.Secrets.Write(it, cancellation),
            Action.RemoveSecrets it => outside.Secrets.Remove(it, cancellation),
            Action.CreateRole it => outside.Postgres.CreateRole(it, cancellation),
            Action.CreateDatabase it => outside.Postgres.CreateDatabase(it, cancellation),
            Action.PrepareDatabase it => outside.Postgres.PrepareDatabase(it, cancellation),
            Action.AdoptObjects it => outside.Postgres.AdoptObjects(it, cancellation),
            Action.AddExtensions it => outside.Postgres.AddExtensions(it, cancellation),
            Action.StartDump it => outside.Dumps.StartDump(it, cancellation),
            Action.RemoveDump it => outside.Dumps.RemoveDump(it, cancellation),
            Action.DropDatabase it => outside.Postgres.DropDatabase(it, cancellation),
            Action.DropRole it => outside.Postgres.DropRole(it, cancellation),
            Action.EmptyCache it => outside.Valkey.EmptyCache(it, cancellation),
            Action.AdmitCacheUser it => outside.Valkey.AdmitCacheUser(it, cancellation),
            Action.DropCacheUser it => outside.Valkey.DropCacheUser(it, cancellation),
            Action.CreateBucketKey it => outside.Garage.CreateBucketKey(it, cancellation),
            Action.CreateBucket it => outside.Garage.CreateBucket(it, cancellation),
            Action.OpenBucket it => outside.Garage.OpenBucket(it, cancellation),
            Action.EmptyBucket it => outside.Garage.EmptyBucket(it, cancellation),
            Action.DropBucket it => outside.Garage.DropBucket(it, cancellation),
            Action.DropBucketKey it => outside.Garage.DropBucketKey(it, cancellation),
            Action.WriteDomainsFile it => outside.Files.WriteDomainsFile(it, cancellation),
            Action.CreateRecord it => outside.Dns.CreateRecord(it, cancellation),
            Action.RemoveRecord it => outside.Dns.RemoveRecord(it, cancellation),
            Action.RecordRejected it => RecordWithLines(it, it.Unit, cancellation),
            Action.RecordCrash it => RecordWithLines(it, it.Unit, cancellation),
            Action.StoreChange it => outside.Store.Record(it, Seq<string>(), cancellation),
            _ => throw new System.Diagnostics.UnreachableException(),
        };

    private async Task<Effect> RecordWithLines(
        Action.StoreChange action,
        Option<Core.Domain.UnitName> unit,
        CancellationToken cancellation
    )
    {
        var lines = await unit.Match(
            name => outside.Systemd.LastLines(name, EvidenceLinesMax, cancellation),
            () => Task.FromResult(Seq<string>())
        );
        return await outside.Store.Record(action, lines, cancellation);
    }
}
