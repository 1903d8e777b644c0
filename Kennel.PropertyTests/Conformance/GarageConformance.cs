using Kennel.Core.Domain;
using Kennel.Core.Planning;
using Kennel.Core.Ports;
using Kennel.PropertyTests.World;
using Action = Kennel.Core.Planning.Action;

namespace Kennel.PropertyTests.Conformance;

/// <summary>What the plan relies on in an object store; see <see cref="SystemdConformance"/>.</summary>
/// <param name="garage">The port.</param>
/// <param name="makeForeign">Makes a bucket of this name that is nobody's of Kennel.</param>
/// <param name="write">Writes two objects to a bucket.</param>
public sealed class GarageConformance(IGarage garage, Func<BucketName, Task> makeForeign, Func<BucketName, Task> write)
{
    private static readonly InstanceId Instance = InstanceId.Parse("conformance", "0123456789ab").Valid();
    private static readonly InstanceId Other = InstanceId.Parse("conformance", "ba9876543210").Valid();
    private static readonly BucketName Name = BucketName.Parse("conformance", "kennel-shop-main").Valid();
    private static readonly BucketName ForeignName = BucketName.Parse("conformance", "kennel-shop-main2").Valid();
    private static readonly BucketKeyMark Mark = new(Name, Instance);

    /// <summary>All that is relied on, in one story.</summary>
    public async Task Holds()
    {
        await What_is_not_there_counts_as_dropped_and_nothing_is_made_without_a_key();
        await A_key_is_made_once();
        await A_bucket_is_made_once_for_its_key();
        await What_others_made_is_seen_without_a_mark_and_is_not_touched();
        await A_bucket_goes_when_it_is_empty_and_only_as_it_was_seen();
        await A_key_goes_only_with_its_mark();
    }

    private async Task What_is_not_there_counts_as_dropped_and_nothing_is_made_without_a_key()
    {
        Assert.IsType<Effect.Done>(await Drop("0"));
        Assert.IsType<Effect.Done>(await DropKey(Mark, "GK0"));
        Assert.IsType<Effect.Failed>(await Create(Mark));
        Assert.IsType<Effect.Failed>(await Open(Mark));
        Assert.True((await Look()).Buckets.IsEmpty);
    }

    private async Task A_key_is_made_once()
    {
        Assert.IsType<Effect.Done>(await CreateKey(Mark));
        Assert.IsType<Effect.Done>(await CreateKey(Mark));
        Assert.Equal(Seq1(Mark), (await Look()).Keys.Map(key => key.Mark));
    }

    private async Task A_bucket_is_made_once_for_its_key()
    {
        Assert.IsType<Effect.Done>(await Create(Mark));
        Assert.IsType<Effect.Done>(await Create(Mark));
        Assert.IsType<Effect.Done>(await Open(Mark));
        Assert.IsType<Effect.Done>(await Open(Mark));
        Assert.IsType<Effect.Failed>(await Create(new BucketKeyMark(Name, Other)));
        var bucket = await Seen(Name);
        Assert.Equal(Some(Instance), bucket.Maker);
        Assert.Equal(Some(0L), bucket.ContentCount);
        Assert.True(
            (await garage.Buckets(Set<BucketName>(), CancellationToken.None)).Match(
                seen => seen.Buckets[Name].ContentCount.IsNone,
                _ => false
            )
        );
    }

    private async Task What_others_made_is_seen_without_a_mark_and_is_not_touched()
    {
        await makeForeign(ForeignName);
        var foreign = await Seen(ForeignName);
        Assert.True(foreign.Maker.IsNone);
        var mark = new BucketKeyMark(ForeignName, Instance);
        Assert.IsType<Effect.Done>(await CreateKey(mark));
        Assert.IsType<Effect.Failed>(await Create(mark));
        Assert.IsType<Effect.Failed>(await Open(mark));
        Assert.IsType<Effect.Failed>(
            await garage.EmptyBucket(new Action.EmptyBucket(ForeignName, foreign.Id, Instance), CancellationToken.None)
        );
        Assert.IsType<Effect.Failed>(
            await garage.DropBucket(new Action.DropBucket(ForeignName, foreign.Id, Instance), CancellationToken.None)
        );
        Assert.Equal(foreign, await Seen(ForeignName));
        Assert.IsType<Effect.Done>(await DropKey(mark, (await Look()).KeysOf(mark).Head().Id));
    }

    private async Task A_bucket_goes_when_it_is_empty_and_only_as_it_was_seen()
    {
        await write(Name);
        var full = await Seen(Name);
        Assert.Equal(Some(2L), full.ContentCount);
        Assert.IsType<Effect.Failed>(await Drop(full.Id));
        Assert.IsType<Effect.Failed>(await Drop("0"));
        Assert.IsType<Effect.Done>(
            await garage.EmptyBucket(new Action.EmptyBucket(Name, full.Id, Instance), CancellationToken.None)
        );
        Assert.Equal(Some(0L), (await Seen(Name)).ContentCount);
        Assert.IsType<Effect.Done>(await Drop(full.Id));
        Assert.False((await Look()).Buckets.ContainsKey(Name));
    }

    private async Task A_key_goes_only_with_its_mark()
    {
        var key = (await Look()).KeysOf(Mark).Head();
        Assert.IsType<Effect.Done>(await DropKey(new BucketKeyMark(Name, Other), key.Id));
        Assert.Equal(Seq1(key), (await Look()).Keys);
        Assert.IsType<Effect.Done>(await DropKey(Mark, key.Id));
        Assert.True((await Look()).Keys.IsEmpty);
    }

    private Task<Effect> CreateKey(BucketKeyMark mark) =>
        garage.CreateBucketKey(new Action.CreateBucketKey(mark), CancellationToken.None);

    private Task<Effect> Create(BucketKeyMark mark) =>
        garage.CreateBucket(new Action.CreateBucket(mark), CancellationToken.None);

    private Task<Effect> Open(BucketKeyMark mark) =>
        garage.OpenBucket(new Action.OpenBucket(mark), CancellationToken.None);

    private Task<Effect> Drop(string id) =>
        garage.DropBucket(new Action.DropBucket(Name, id, Instance), CancellationToken.None);

    private Task<Effect> DropKey(BucketKeyMark mark, string id) =>
        garage.DropBucketKey(new Action.DropBucketKey(mark, id), CancellationToken.None);

    private async Task<ObservedBucket> Seen(BucketName name) => (await Look()).Buckets[name];

    private async Task<ObservedBuckets> Look() =>
        (await garage.Buckets(Set(Name, ForeignName), CancellationToken.None)).Match(
            seen => seen,
            reason => throw new InvalidOperationException(reason)
        );
}
