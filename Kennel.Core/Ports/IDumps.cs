using Kennel.Core.Domain;
using Kennel.Core.Planning;

namespace Kennel.Core.Ports;

/// <summary>The dumps of databases, which are files of Kennel's.</summary>
public interface IDumps
{
    /// <summary>Every dump that is there or under way, and those that failed since Kennel started.</summary>
    Task<Observation<Map<DumpName, DumpState>>> Dumps(CancellationToken cancellation);

    /// <summary>Begins a dump in the background; a signal follows when it ends. One that is there or under way counts as begun.</summary>
    Task<Effect> StartDump(Planning.Action.StartDump action, CancellationToken cancellation);

    /// <summary>Removes a dump; one that is gone counts as removed.</summary>
    Task<Effect> RemoveDump(Planning.Action.RemoveDump action, CancellationToken cancellation);
}
