using Kennel.Core.Planning;

namespace Kennel.Core.Ports;

/// <summary>PostgreSQL. Every effect assumes what was seen, and does nothing where that no longer holds.</summary>
public interface IPostgres
{
    /// <summary>The databases and roles that may concern Kennel; unknown too where Kennel lacks a right there.</summary>
    Task<Observation<ObservedDatabases>> Databases(CancellationToken cancellation);

    /// <summary>Makes a role with the mark; one that carries the same mark counts as made, any other is refused.</summary>
    Task<Effect> CreateRole(Planning.Action.CreateRole action, CancellationToken cancellation);

    /// <summary>Makes a database that nobody can connect to; one of the same owner counts as made, any other is refused.</summary>
    Task<Effect> CreateDatabase(Planning.Action.CreateDatabase action, CancellationToken cancellation);

    /// <summary>Marks a database of this owner, sets who may connect and its limits, and opens it: all or nothing.</summary>
    Task<Effect> PrepareDatabase(Planning.Action.PrepareDatabase action, CancellationToken cancellation);

    /// <summary>Makes all that the copy of a template has this owner's, all or nothing; refused where something cannot be.</summary>
    Task<Effect> AdoptObjects(Planning.Action.AdoptObjects action, CancellationToken cancellation);

    /// <summary>Adds the extensions to a database of this owner and notes them in its mark: all or nothing.</summary>
    Task<Effect> AddExtensions(Planning.Action.AddExtensions action, CancellationToken cancellation);

    /// <summary>Ends all connections and drops the database, if it still is the one that was seen; one that is gone counts as dropped.</summary>
    Task<Effect> DropDatabase(Planning.Action.DropDatabase action, CancellationToken cancellation);

    /// <summary>Drops a role with this mark; one that is gone counts as dropped.</summary>
    Task<Effect> DropRole(Planning.Action.DropRole action, CancellationToken cancellation);
}
