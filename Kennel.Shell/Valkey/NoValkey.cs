using Kennel.Core.Planning;
using Kennel.Core.Ports;
using Action = Kennel.Core.Planning.Action;

namespace Kennel.Shell.Valkey;

/// <summary>Where no Valkey is to be asked: nothing is known of it.</summary>
internal sealed class NoValkey : IValkey
{
    private static readonly Task<Effect> NotThere = Task.FromResult(
        Effect.Unreachable(CachePlanner.System, "nobody told where it is")
    );

    public Task<Observation<ObservedCaches>> Caches(CancellationToken cancellation) =>
        Task.FromResult(Observation.Unknown<ObservedCaches>("nobody told where it is"));

    public Task<Effect> EmptyCache(Action.EmptyCache action, CancellationToken cancellation) => NotThere;

    public Task<Effect> AdmitCacheUser(Action.AdmitCacheUser action, CancellationToken cancellation) => NotThere;

    public Task<Effect> DropCacheUser(Action.DropCacheUser action, CancellationToken cancellation) => NotThere;
}
