using Kennel.Core.Domain;
using Kennel.Core.Planning;
using Kennel.Core.Ports;
using Action = Kennel.Core.Planning.Action;

namespace Kennel.PropertyTests.World;

/// <summary>The Garage of the simulated host; so many objects take more than one pass to remove.</summary>
public sealed class SimulatedGarage(SimulatedHost host) : IGarage
{
    public const string System = BucketPlanner.System;

    private const int RemovedAtOnce = 2;

    private SimulatedBuckets Here => host.Buckets;

    public Task<Observation<ObservedBuckets>> Buckets(Set<BucketName> counted, CancellationToken cancellation) =>
        Task.FromResult(
            host.Blind.Contains(System)
                ? Observation.Unknown<ObservedBuckets>("simulated")
                : Observation.Known(
                    new ObservedBuckets(
                        Here.Buckets.Map(
                            (name, it) =>
                                new ObservedBucket(
                                    name,
                                    it.Id,
                                    it.Maker,
                                    counted.Contains(name) ? Some((long)it.ObjectCount) : None
                                )
                        ),
                        Here.Keys
                    )
                )
        );

    public Task<Effect> CreateBucketKey(Action.CreateBucketKey action, CancellationToken cancellation) =>
        Change(() =>
        {
            if (!HasKey(action.Mark))
                Here.AddKey(action.Mark);
            return Effect.Happened;
        });

    public Task<Effect> CreateBucket(Action.CreateBucket action, CancellationToken cancellation) =>
        Change(() =>
        {
            if (!HasKey(action.Mark))
                return Effect.Refused(System, "there is no key");
            if (Here.Buckets.ContainsKey(action.Mark.Bucket))
                return When(Here.Buckets[action.Mark.Bucket].Maker == Some(action.Mark.Maker));
            Here.Create(action.Mark.Bucket, action.Mark.Maker);
            return Effect.Happened;
        });

    public Task<Effect> OpenBucket(Action.OpenBucket action, CancellationToken cancellation) =>
        Change(() =>
            When(
                HasKey(action.Mark)
                    && Here.Buckets.Find(action.Mark.Bucket).Exists(it => it.Maker == Some(action.Mark.Maker))
            )
        );

    public Task<Effect> EmptyBucket(Action.EmptyBucket action, CancellationToken cancellation) =>
        Change(() =>
        {
            if (!IsStill(action.Bucket, action.Id, action.Maker))
                return When(false);
            Here.Fill(action.Bucket, Math.Max(0, Here.Buckets[action.Bucket].ObjectCount - RemovedAtOnce));
            return Effect.Happened;
        });

    public Task<Effect> DropBucket(Action.DropBucket action, CancellationToken cancellation) =>
        Change(() =>
        {
            if (!Here.Buckets.ContainsKey(action.Bucket))
                return Effect.Happened;
            if (!IsStill(action.Bucket, action.Id, action.Maker))
                return When(false);
            if (Here.Buckets[action.Bucket].ObjectCount > 0)
                return Effect.Refused(System, "the bucket is not empty");
            Here.Drop(action.Bucket);
            return Effect.Happened;
        });

    public Task<Effect> DropBucketKey(Action.DropBucketKey action, CancellationToken cancellation) =>
        Change(() =>
        {
            if (Here.Keys.Exists(key => key.Id == action.Id && key.Mark == action.Mark))
                Here.RemoveKey(action.Id);
            return Effect.Happened;
        });

    private bool HasKey(BucketKeyMark mark) => Here.Keys.Exists(key => key.Mark == mark);

    private bool IsStill(BucketName name, string id, InstanceId maker) =>
        Here.Buckets.Find(name).Exists(it => it.Id == id && it.Maker == Some(maker));

    private Task<Effect> Change(Func<Effect> change) =>
        Task.FromResult(host.Blind.Contains(System) ? Effect.Unreachable(System, "simulated") : change());

    private static Effect When(bool isSo) => isSo ? Effect.Happened : Effect.Refused(System, "the bucket is another's");
}
