using Kennel.Core.Domain;
using Kennel.Core.Planning;
using Kennel.Core.Ports;
using Action = Kennel.Core.Planning.Action;

namespace Kennel.PropertyTests.World;

/// <summary>The dumps of databases on the simulated host.</summary>
public sealed class SimulatedDumps(SimulatedHost host) : IDumps
{
    public Task<Observation<Map<DumpName, DumpState>>> Dumps(CancellationToken cancellation) =>
        Task.FromResult(
            host.Blind.Contains("directories")
                ? Observation.Unknown<Map<DumpName, DumpState>>("simulated")
                : Observation.Known(host.Dumps)
        );

    public Task<Effect> StartDump(Action.StartDump action, CancellationToken cancellation)
    {
        if (!host.Dumps.Find(action.Dump).Exists(dump => dump is not DumpState.Failed))
            host.BeginDump(action.Database, action.Dump);
        return Task.FromResult(Effect.Happened);
    }

    public Task<Effect> RemoveDump(Action.RemoveDump action, CancellationToken cancellation)
    {
        host.Dumps = host.Dumps.Remove(action.Dump);
        return Task.FromResult(Effect.Happened);
    }
}
