using Kennel.Core.Domain;
using Kennel.Core.Planning;
using Kennel.Core.Secrets;

namespace Kennel.Core.Ports;

/// <summary>The secret store, and the files in memory that carry secrets to units. No value leaves it.</summary>
public interface ISecrets
{
    /// <summary>What the store has for these builds; what was read for others is forgotten.</summary>
    Map<BuildId, SecretReading> Readings(Set<BuildId> builds);

    /// <summary>Begins to read what the store has for a build; a signal follows when that ends.</summary>
    Task<Effect> StartReading(Planning.Action.StartReadingSecrets action, CancellationToken cancellation);

    /// <summary>The generations whose secrets are in memory.</summary>
    Task<Observation<Set<UnitName>>> Files(CancellationToken cancellation);

    /// <summary>Reads secrets in the versions that are said and puts them in memory for a generation.</summary>
    Task<Effect> Write(Planning.Action.WriteSecrets action, CancellationToken cancellation);

    /// <summary>Removes the secrets of a generation; what is gone counts as removed.</summary>
    Task<Effect> Remove(Planning.Action.RemoveSecrets action, CancellationToken cancellation);
}
