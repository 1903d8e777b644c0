using Kennel.Core.Domain;
using Kennel.Core.Planning;

namespace Kennel.Core.Ports;

/// <summary>Garage. Every effect assumes what was seen, and does nothing where that no longer holds.</summary>
public interface IGarage
{
    /// <summary>The buckets and keys that may concern Kennel.</summary>
    /// <param name="counted">The buckets of which is asked how much is in them.</param>
    /// <param name="cancellation">Ends the look.</param>
    Task<Observation<ObservedBuckets>> Buckets(Set<BucketName> counted, CancellationToken cancellation);

    /// <summary>Makes a key with the mark; where there is one, it counts as made.</summary>
    Task<Effect> CreateBucketKey(Planning.Action.CreateBucketKey action, CancellationToken cancellation);

    /// <summary>Makes a bucket that the key with the mark may use; one that it may use already counts as made.</summary>
    Task<Effect> CreateBucket(Planning.Action.CreateBucket action, CancellationToken cancellation);

    /// <summary>Lets the key with the mark do everything in its bucket, if it may use it at all.</summary>
    Task<Effect> OpenBucket(Planning.Action.OpenBucket action, CancellationToken cancellation);

    /// <summary>Removes objects and unfinished uploads for some seconds; how many are left is seen by the next look.</summary>
    Task<Effect> EmptyBucket(Planning.Action.EmptyBucket action, CancellationToken cancellation);

    /// <summary>Drops an empty bucket, if it still is the one that was seen; one that is gone counts as dropped.</summary>
    Task<Effect> DropBucket(Planning.Action.DropBucket action, CancellationToken cancellation);

    /// <summary>Drops a key with this mark; one that is gone counts as dropped.</summary>
    Task<Effect> DropBucketKey(Planning.Action.DropBucketKey action, CancellationToken cancellation);
}
