using Kennel.Core.Domain;

namespace Kennel.Core.Planning;

/// <summary>Buckets and keys that carry Kennel's mark and that no row of the ledger speaks of.</summary>
internal static class BucketOrphans
{
    private const string GivenUp = "somebody gave it up";

    /// <summary>All that can be seen.</summary>
    public static Seq<Orphan> Find(Sight sight) =>
        sight.Observed.Buckets.Match(
            seen =>
            {
                var recorded = toSet(
                    sight
                        .Desired.Branches.Bind(branch => branch.Resources)
                        .Bind(row => row.Resource is Resource.Garage it ? Seq1(it.Bucket) : Empty)
                );
                return Joined(
                    seen.Buckets.Values.ToSeq()
                        .Filter(bucket => bucket.Maker.Exists(maker => IsOrphan(sight, maker, bucket.Name, recorded)))
                        .Map(bucket => (Orphan)new Orphan.OfBucket(bucket)),
                    seen.Keys.Filter(key => IsOrphan(sight, key.Mark.Maker, key.Mark.Bucket, recorded))
                        .Map(key => (Orphan)new Orphan.OfBucketKey(key))
                );
            },
            _ => Seq<Orphan>()
        );

    /// <summary>The next step towards the end of a bucket.</summary>
    public static Part End(ObservedBucket bucket) => BucketPlanner.End(new Subject.Host(), bucket, GivenUp);

    /// <summary>The next step towards the end of a key: it goes after its bucket, which is emptied with it.</summary>
    public static Part End(Sight sight, ObservedBucketKey key) =>
        sight.Observed.Buckets.Match(
            seen =>
                seen.Buckets.Find(key.Mark.Bucket).Exists(bucket => bucket.Maker == Some(key.Mark.Maker))
                    ? Part.Nothing
                    : Part.Step(new Subject.Host(), new Action.DropBucketKey(key.Mark, key.Id), GivenUp),
            _ => Part.Nothing
        );

    // While a row cannot be read, what has none is not therefore nobody's.
    private static bool IsOrphan(Sight sight, InstanceId maker, BucketName bucket, Set<BucketName> recorded) =>
        maker != sight.Settings.Instance || (!recorded.Contains(bucket) && sight.Desired.Damage.IsEmpty);
}
