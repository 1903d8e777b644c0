using Kennel.Core.Domain;
using Kennel.Core.Planning;
using Kennel.Core.Ports;
using Kennel.Core.Secrets;
using Action = Kennel.Core.Planning.Action;

namespace Kennel.Shell.Reconcile;

/// <summary>A host without a secret store, and without memory for secrets.</summary>
internal sealed class NoSecrets : ISecrets
{
    private const string Store = "the secret store";
    private const string None = "this host has none";

    public Map<BuildId, SecretReading> Readings(Set<BuildId> builds) => Map<BuildId, SecretReading>();

    public Task<Effect> StartReading(Action.StartReadingSecrets action, CancellationToken cancellation) =>
        Task.FromResult(Effect.Refused(Store, None));

    public Task<Observation<Set<UnitName>>> Files(CancellationToken cancellation) =>
        Task.FromResult(Observation.Known(Set<UnitName>()));

    public Task<Effect> Write(Action.WriteSecrets action, CancellationToken cancellation) =>
        Task.FromResult(Effect.Refused(Store, None));

    public Task<Effect> Remove(Action.RemoveSecrets action, CancellationToken cancellation) =>
        Task.FromResult(Effect.Happened);
}
