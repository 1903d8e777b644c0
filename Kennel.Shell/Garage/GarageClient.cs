using Kennel.Core.Domain;
using Kennel.Core.Planning;
using Kennel.Core.Ports;
using Kennel.Core.Secrets;
using Action = Kennel.Core.Planning.Action;

namespace Kennel.Shell.Garage;

/// <summary>Garage by its admin API, and by S3 where a bucket is to be emptied.</summary>
/// <param name="options">Where it is, and how long it may take.</param>
/// <param name="clock">Tells how long a silent server is left alone.</param>
public sealed class GarageClient(GarageOptions options, TimeProvider clock) : IGarage, IDisposable
{
    private readonly GarageApi api = new(options);
    private DateTimeOffset silentUntil;

    /// <inheritdoc/>
    public async Task<Observation<ObservedBuckets>> Buckets(Set<BucketName> counted, CancellationToken cancellation)
    {
        if (clock.GetUtcNow() < silentUntil)
            return Observation.Unknown<ObservedBuckets>("it did not answer a moment ago");
        var seen = await Look(counted, cancellation);
        if (seen.LeftToSeq().Exists(effect => effect is Effect.Lost))
            silentUntil = clock.GetUtcNow() + options.RestAfterSilence;
        return seen.Match(Observation.Known, effect => Observation.Unknown<ObservedBuckets>(EffectText.Reason(effect)));
    }

    /// <inheritdoc/>
    public Task<Effect> CreateBucketKey(Action.CreateBucketKey action, CancellationToken cancellation) =>
        Change(
            Set<BucketName>(),
            seen =>
                seen.KeysOf(action.Mark).IsEmpty
                    ? api.CreateKey(action.Mark.ToString(), cancellation)
                    : Task.FromResult(Effect.Happened),
            cancellation
        );

    /// <inheritdoc/>
    public Task<Effect> CreateBucket(Action.CreateBucket action, CancellationToken cancellation) =>
        WithKey(
            action.Mark,
            (seen, key) =>
                seen
                    .Buckets.Find(action.Mark.Bucket)
                    .Match(
                        bucket =>
                            Task.FromResult(
                                bucket.Maker == Some(action.Mark.Maker)
                                    ? Effect.Happened
                                    : Changed($"the bucket {bucket.Name} is not Kennel's")
                            ),
                        () => api.CreateBucket(action.Mark.Bucket.Value, key.Id, cancellation)
                    ),
            cancellation
        );

    /// <inheritdoc/>
    public Task<Effect> OpenBucket(Action.OpenBucket action, CancellationToken cancellation) =>
        WithKey(
            action.Mark,
            (seen, key) =>
                Own(seen, action.Mark)
                    .Match(
                        bucket => api.Allow(bucket.Id, key.Id, cancellation),
                        () => Task.FromResult(Changed($"the bucket {action.Mark.Bucket} is not Kennel's"))
                    ),
            cancellation
        );

    /// <inheritdoc/>
    public Task<Effect> EmptyBucket(Action.EmptyBucket action, CancellationToken cancellation) =>
        WithKey(
            new BucketKeyMark(action.Bucket, action.Maker),
            async (seen, key) =>
                IsStill(seen, action.Bucket, action.Id, action.Maker)
                    ? await Clear(action, key, cancellation)
                    : Changed($"the bucket {action.Bucket} is another one by now"),
            cancellation
        );

    /// <inheritdoc/>
    public Task<Effect> DropBucket(Action.DropBucket action, CancellationToken cancellation) =>
        Change(
            Set<BucketName>(),
            seen =>
                IsStill(seen, action.Bucket, action.Id, action.Maker) ? api.DeleteBucket(action.Id, cancellation)
                : seen.Buckets.ContainsKey(action.Bucket)
                    ? Task.FromResult(Changed($"the bucket {action.Bucket} is another one by now"))
                : Task.FromResult(Effect.Happened),
            cancellation
        );

    /// <inheritdoc/>
    public Task<Effect> DropBucketKey(Action.DropBucketKey action, CancellationToken cancellation) =>
        Change(
            Set<BucketName>(),
            seen =>
                seen.KeysOf(action.Mark).Exists(key => key.Id == action.Id)
                    ? api.DeleteKey(action.Id, cancellation)
                    : Task.FromResult(Effect.Happened),
            cancellation
        );

    /// <summary>The two parts of the key of a bucket, fetched anew each time.</summary>
    internal async Task<Either<Cause, (SecretValue Id, SecretValue Secret)>> Credentials(
        BucketKeyMark mark,
        CancellationToken cancellation
    )
    {
        var key = (await Look(Set<BucketName>(), cancellation)).Bind(seen =>
            seen.KeysOf(mark)
                .HeadOrNone()
                .ToEither(() => Effect.Refused(BucketPlanner.System, $"the bucket {mark.Bucket} has no key"))
        );
        var secret = await key.Match(
            one => api.KeyWithSecret(one.Id, cancellation),
            effect => Task.FromResult(Left<Effect, KeyDetails>(effect))
        );
        return secret
            .MapLeft(EffectText.Cause)
            .Bind(known =>
                known.SecretAccessKey is { Length: > 0 } text
                    ? Right<Cause, (SecretValue, SecretValue)>(
                        (SecretValue.Of(known.AccessKeyId), SecretValue.Of(text))
                    )
                    : new Cause.Refused(BucketPlanner.System, "it does not tell the secret part of the key")
            );
    }

    /// <inheritdoc/>
    public void Dispose() => api.Dispose();

    // Where a reply was lost there may be two keys, and only one of them may use the bucket.
    private async Task<Effect> Clear(
        Action.EmptyBucket action,
        ObservedBucketKey key,
        CancellationToken cancellation
    ) =>
        await api.Allow(action.Id, key.Id, cancellation) is var allowed and not Effect.Done
            ? NotBegun(allowed)
            : await (await api.KeyWithSecret(key.Id, cancellation)).Match(
                secret => BucketEmptying.Empty(options, action.Bucket.Value, secret, cancellation),
                effect => Task.FromResult(NotBegun(effect))
            );

    private async Task<Either<Effect, ObservedBuckets>> Look(Set<BucketName> counted, CancellationToken cancellation)
    {
        var buckets = await api.Buckets(cancellation);
        return await buckets.Match(
            async all =>
                await (await api.Keys(cancellation)).Match(
                    keys => Details(all, Marked(keys), counted, cancellation),
                    effect => Task.FromResult(Left<Effect, ObservedBuckets>(effect))
                ),
            effect => Task.FromResult(Left<Effect, ObservedBuckets>(effect))
        );
    }

    private async Task<Either<Effect, ObservedBuckets>> Details(
        IReadOnlyList<ListedBucket> all,
        Seq<ObservedBucketKey> keys,
        Set<BucketName> counted,
        CancellationToken cancellation
    )
    {
        var found = Map<BucketName, ObservedBucket>();
        foreach (var (listed, name) in all.SelectMany(listed => NamesOf(listed, keys).Map(name => (listed, name))))
        {
            var bucket = await Detail(listed, name, keys.Filter(key => key.Mark.Bucket == name), counted, cancellation);
            if (bucket.IsLeft)
                return bucket.Map(_ => new ObservedBuckets(found, keys));
            // Of two with the same name, the one that is proven to be Kennel's.
            bucket.IfRight(known =>
                found = known.Maker.IsSome || !found.ContainsKey(name) ? found.AddOrUpdate(name, known) : found
            );
        }
        return new ObservedBuckets(found, keys);
    }

    // An application may take away the names of its bucket, and never the rights of its key.
    private async Task<Either<Effect, ObservedBucket>> Detail(
        ListedBucket listed,
        BucketName name,
        Seq<ObservedBucketKey> keys,
        Set<BucketName> counted,
        CancellationToken cancellation
    )
    {
        var local = keys.Find(key => (listed.LocalAliases ?? []).Any(alias => alias.AccessKeyId == key.Id));
        if ((local.IsSome || keys.IsEmpty) && !counted.Contains(name))
            return new ObservedBucket(name, listed.Id, local.Map(key => key.Mark.Maker), None);
        return (await api.Bucket(listed.Id, cancellation)).Map(details =>
        {
            var let = keys.Find(key => (details.Keys ?? []).Any(one => one.AccessKeyId == key.Id));
            return new ObservedBucket(
                name,
                listed.Id,
                (local | let).Map(key => key.Mark.Maker),
                counted.Contains(name) ? Some(details.ObjectCount + details.UploadCount) : None
            );
        });
    }

    private static Seq<BucketName> NamesOf(ListedBucket listed, Seq<ObservedBucketKey> keys) =>
        Joined(
                (listed.GlobalAliases ?? []).ToSeq(),
                (listed.LocalAliases ?? [])
                    .ToSeq()
                    .Filter(alias =>
                        keys.Exists(key => key.Id == alias.AccessKeyId && key.Mark.Bucket.Value == alias.Alias)
                    )
                    .Map(alias => alias.Alias ?? "")
            )
            .Distinct()
            .ToSeq()
            .Bind(alias => BucketName.Parse("alias", alias).ToOption().ToSeq())
            .Strict();

    private static Seq<ObservedBucketKey> Marked(IReadOnlyList<ListedKey> keys) =>
        keys.OrderBy(key => key.Id, StringComparer.Ordinal)
            .ToSeq()
            .Bind(key => BucketKeyMark.Read(key.Name ?? "").ToSeq().Map(mark => new ObservedBucketKey(key.Id, mark)))
            .Strict();

    private static Option<ObservedBucket> Own(ObservedBuckets seen, BucketKeyMark mark) =>
        seen.Buckets.Find(mark.Bucket).Filter(bucket => bucket.Maker == Some(mark.Maker));

    private static bool IsStill(ObservedBuckets seen, BucketName name, string id, InstanceId maker) =>
        Own(seen, new BucketKeyMark(name, maker)).Exists(bucket => bucket.Id == id);

    private async Task<Effect> Change(
        Set<BucketName> counted,
        Func<ObservedBuckets, Task<Effect>> change,
        CancellationToken cancellation
    ) => await (await Look(counted, cancellation)).Match(change, effect => Task.FromResult(NotBegun(effect)));

    private Task<Effect> WithKey(
        BucketKeyMark mark,
        Func<ObservedBuckets, ObservedBucketKey, Task<Effect>> change,
        CancellationToken cancellation
    ) =>
        Change(
            Set<BucketName>(),
            seen =>
                seen.KeysOf(mark)
                    .HeadOrNone()
                    .Match(
                        key => change(seen, key),
                        () => Task.FromResult(Changed($"the bucket {mark.Bucket} has no key"))
                    ),
            cancellation
        );

    // Only a question was lost.
    private static Effect NotBegun(Effect effect) =>
        effect is Effect.Lost lost ? new Effect.Failed(lost.Cause) : effect;

    private static Effect Changed(string what) => Effect.Refused(BucketPlanner.System, $"{what}; look again");
}
