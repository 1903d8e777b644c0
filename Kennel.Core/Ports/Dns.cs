using Kennel.Core.Planning;

namespace Kennel.Core.Ports;

/// <summary>The DNS service that Kennel may write to.</summary>
public interface IDns
{
    /// <summary>
    /// The records of all zones that lead a name somewhere. Never waits: unknown while they are being asked for the first
    /// time, or after a change, and while the service does not answer; a signal follows.
    /// </summary>
    Observation<Seq<DnsRecord>> Records();

    /// <summary>Makes a record with Kennel's mark; fails where the name leads anywhere already.</summary>
    Task<Effect> CreateRecord(Planning.Action.CreateRecord action, CancellationToken cancellation);

    /// <summary>Removes a record, if it still is what it was and has its mark; one that is gone counts as removed.</summary>
    Task<Effect> RemoveRecord(Planning.Action.RemoveRecord action, CancellationToken cancellation);
}

/// <summary>A host on which people look after DNS themselves.</summary>
public sealed class NoDns : IDns
{
    /// <inheritdoc/>
    public Observation<Seq<DnsRecord>> Records() => Observation.Known(Seq<DnsRecord>());

    /// <inheritdoc/>
    public Task<Effect> CreateRecord(Planning.Action.CreateRecord action, CancellationToken cancellation) =>
        Task.FromResult(Refused);

    /// <inheritdoc/>
    public Task<Effect> RemoveRecord(Planning.Action.RemoveRecord action, CancellationToken cancellation) =>
        Task.FromResult(Refused);

    private static Effect Refused => Effect.Refused("DNS", "no zone is configured");
}
