using Kennel.Core.Domain;

namespace Kennel.Core.Planning;

/// <summary>What Garage has that may concern Kennel.</summary>
/// <param name="Buckets">The buckets with names as Kennel gives them.</param>
/// <param name="Keys">The keys that carry a mark.</param>
public sealed record ObservedBuckets(Map<BucketName, ObservedBucket> Buckets, Seq<ObservedBucketKey> Keys)
{
    /// <summary>The keys that an instance made for a bucket.</summary>
    public Seq<ObservedBucketKey> KeysOf(BucketKeyMark mark) => Keys.Filter(key => key.Mark == mark);
}

/// <summary>One bucket.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Id">Garage's own name of it, which is never given again.</param>
/// <param name="Maker">The instance whose key may use it.</param>
/// <param name="ContentCount">How many objects and unfinished uploads it has, where that was asked.</param>
public sealed record ObservedBucket(BucketName Name, string Id, Option<InstanceId> Maker, Option<long> ContentCount);

/// <summary>One key.</summary>
/// <param name="Id">Garage's own name of it.</param>
/// <param name="Mark">What its name says.</param>
public sealed record ObservedBucketKey(string Id, BucketKeyMark Mark);
