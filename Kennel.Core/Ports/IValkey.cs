using Kennel.Core.Planning;

namespace Kennel.Core.Ports;

/// <summary>Valkey. Every effect assumes what was seen, and does nothing where that no longer holds.</summary>
public interface IValkey
{
    /// <summary>The databases and users that may concern Kennel; unknown too where everybody could do anything there.</summary>
    Task<Observation<ObservedCaches>> Caches(CancellationToken cancellation);

    /// <summary>Removes all keys of a database, unless another user of Kennel's has it.</summary>
    Task<Effect> EmptyCache(Planning.Action.EmptyCache action, CancellationToken cancellation);

    /// <summary>Gives a user his password and exactly this database, unless another user of Kennel's has it.</summary>
    Task<Effect> AdmitCacheUser(Planning.Action.AdmitCacheUser action, CancellationToken cancellation);

    /// <summary>Ends the connections of a user and removes him; one who is gone counts as removed.</summary>
    Task<Effect> DropCacheUser(Planning.Action.DropCacheUser action, CancellationToken cancellation);
}
