using Kennel.Core.Domain;
using Kennel.Core.Planning;
using Kennel.Core.Ports;
using Action = Kennel.Core.Planning.Action;

namespace Kennel.Shell.Garage;

/// <summary>Where no Garage is to be asked: nothing is known of it.</summary>
internal sealed class NoGarage : IGarage
{
    private static readonly Task<Effect> NotThere = Task.FromResult(
        Effect.Unreachable(BucketPlanner.System, "nobody told where it is")
    );

    public Task<Observation<ObservedBuckets>> Buckets(Set<BucketName> counted, CancellationToken cancellation) =>
        Task.FromResult(Observation.Unknown<ObservedBuckets>("nobody told where it is"));

    public Task<Effect> CreateBucketKey(Action.CreateBucketKey action, CancellationToken cancellation) => NotThere;

    public Task<Effect> CreateBucket(Action.CreateBucket action, CancellationToken cancellation) => NotThere;

    public Task<Effect> OpenBucket(Action.OpenBucket action, CancellationToken cancellation) => NotThere;

    public Task<Effect> EmptyBucket(Action.EmptyBucket action, CancellationToken cancellation) => NotThere;

    public Task<Effect> DropBucket(Action.DropBucket action, CancellationToken cancellation) => NotThere;

    public Task<Effect> DropBucketKey(Action.DropBucketKey action, CancellationToken cancellation) => NotThere;
}
