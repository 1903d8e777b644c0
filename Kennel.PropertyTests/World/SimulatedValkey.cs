using Kennel.Core.Domain;
using Kennel.Core.Planning;
using Kennel.Core.Ports;
using Action = Kennel.Core.Planning.Action;

namespace Kennel.PropertyTests.World;

/// <summary>The Valkey of the simulated host.</summary>
public sealed class SimulatedValkey(SimulatedHost host) : IValkey
{
    public const string System = CachePlanner.System;

    private SimulatedCaches Here => host.Caches;

    public Task<Observation<ObservedCaches>> Caches(CancellationToken cancellation) =>
        Task.FromResult(
            host.Blind.Contains(System)
                ? Observation.Unknown<ObservedCaches>("simulated")
                : Observation.Known(
                    new ObservedCaches(Here.DatabasesMax, Here.Keys.Map(writers => (long)writers.Count), Here.Users)
                )
        );

    public Task<Effect> EmptyCache(Action.EmptyCache action, CancellationToken cancellation) =>
        Change(action.User, action.Database, () => Here.Empty(action.Database));

    public Task<Effect> AdmitCacheUser(Action.AdmitCacheUser action, CancellationToken cancellation) =>
        Change(action.User, action.Database, () => Here.Admit(action.User, action.Database));

    public Task<Effect> DropCacheUser(Action.DropCacheUser action, CancellationToken cancellation)
    {
        if (host.Blind.Contains(System))
            return Task.FromResult(Effect.Unreachable(System, "simulated"));
        Here.Drop(action.User);
        return Task.FromResult(Effect.Happened);
    }

    private Task<Effect> Change(CacheUser user, CacheNumber database, global::System.Action change)
    {
        if (host.Blind.Contains(System))
            return Task.FromResult(Effect.Unreachable(System, "simulated"));
        if (Here.Users.Values.Any(it => it.Name != user && it.Database == Some(database)))
            return Task.FromResult(Effect.Refused(System, "the database is another's"));
        if (database.Value >= Here.DatabasesMax)
            return Task.FromResult(Effect.Refused(System, "DB index is out of range"));
        change();
        return Task.FromResult(Effect.Happened);
    }
}
