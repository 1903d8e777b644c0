using System.Globalization;
using Kennel.Core.Domain;
using Kennel.Core.Planning;

namespace Kennel.PropertyTests.World;

/// <summary>What the simulated Garage holds.</summary>
public sealed class SimulatedBuckets
{
    private int ids;

    public Map<BucketName, SimulatedBucket> Buckets { get; private set; }

    public Seq<ObservedBucketKey> Keys { get; private set; }

    public void AddKey(BucketKeyMark mark) => Keys = Keys.Add(new ObservedBucketKey(NextId("GK"), mark));

    public void RemoveKey(string id) => Keys = Keys.Filter(key => key.Id != id).Strict();

    public void Create(BucketName name, Option<InstanceId> maker) =>
        Buckets = Buckets.Add(name, new SimulatedBucket(NextId("b"), maker, 0));

    public void Fill(BucketName name, int objectCount) =>
        Buckets = Buckets.SetItem(name, Buckets[name] with { ObjectCount = objectCount });

    public void Drop(BucketName name) => Buckets = Buckets.Remove(name);

    private string NextId(string start) => start + (++ids).ToString("d4", CultureInfo.InvariantCulture);
}

/// <summary>One bucket.</summary>
public sealed record SimulatedBucket(string Id, Option<InstanceId> Maker, int ObjectCount);
