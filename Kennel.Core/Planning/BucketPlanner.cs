using Kennel.Core.Domain;

namespace Kennel.Core.Planning;

/// <summary>
/// A branch's bucket in Garage and the key that may use it and no other: the key is made first, for it is the mark; at the
/// end the bucket is emptied and goes, and then the key. What another made is never touched, whatever its name.
/// </summary>
public static class BucketPlanner
{
    /// <summary>How Garage is called in notes.</summary>
    public const string System = "Garage";

    /// <summary>What is missing of a branch's bucket, and whether units may use it.</summary>
    /// <param name="sight">Desired and observed.</param>
    /// <param name="branch">The branch.</param>
    /// <param name="awaiting">The units that wait for it.</param>
    public static (Part Part, bool IsUsable) Keep(Sight sight, DesiredBranch branch, Seq<WantedUnit> awaiting) =>
        sight.Observed.Buckets.Match(
            known: seen => Keep(sight, branch, seen),
            unknown: reason => (awaiting.IsEmpty ? Part.Nothing : ResourcePlanner.Blind(branch, System, reason), false)
        );

    /// <summary>What is left of a removed branch's bucket and its keys.</summary>
    public static Part Remove(Sight sight, DesiredBranch branch, Resource.Garage resource, ResourceState state) =>
        sight.Observed.Buckets.Match(
            known: seen => Remove(sight, branch, resource, state, seen),
            unknown: reason => ResourcePlanner.Blind(branch, System, reason)
        );

    /// <summary>The next step towards the end of a bucket: Garage lets only empty ones go.</summary>
    public static Part End(Subject subject, ObservedBucket bucket, string why) =>
        Part.Concat(
            bucket
                .Maker.ToSeq()
                .Map(maker =>
                    Part.Step(
                        subject,
                        bucket.ContentCount == Some(0L)
                            ? new Action.DropBucket(bucket.Name, bucket.Id, maker)
                            : new Action.EmptyBucket(bucket.Name, bucket.Id, maker),
                        why
                    )
                )
        );

    private static (Part Part, bool IsUsable) Keep(Sight sight, DesiredBranch branch, ObservedBuckets seen) =>
        branch
            .Resources.Bind(row => row.Resource is Resource.Garage it ? Seq1((row.State, it)) : Empty)
            .HeadOrNone()
            .Match(
                row =>
                    row.State == ResourceState.Wanted
                        ? (
                            ResourcePlanner.Begin(
                                branch,
                                row.it,
                                Make(sight, branch, row.it.Bucket, seen, Part.Nothing)
                            ),
                            false
                        )
                        : (
                            IsOwn(sight, row.it.Bucket, seen)
                                ? Part.Nothing
                                : Make(
                                    sight,
                                    branch,
                                    row.it.Bucket,
                                    seen,
                                    SecretPlanner.Renew(sight, branch, ResourceKind.Garage)
                                ),
                            row.State == ResourceState.Present && IsOwn(sight, row.it.Bucket, seen)
                        ),
                () =>
                    branch.Bucket.Match(
                        name =>
                            (
                                ResourcePlanner.Record(
                                    sight,
                                    branch,
                                    new Resource.Garage(name),
                                    Make(sight, branch, name, seen, Part.Nothing)
                                ),
                                false
                            ),
                        () => (ResourcePlanner.Blind(branch, System, "its bucket has no name yet"), false)
                    )
            );

    private static bool IsOwn(Sight sight, BucketName name, ObservedBuckets seen) =>
        seen.Buckets.Find(name).Exists(bucket => bucket.Maker == Some(sight.Settings.Instance));

    // A bucket that is gone was empty when it went, so that nothing is lost by making it anew.
    private static Part Make(Sight sight, DesiredBranch branch, BucketName name, ObservedBuckets seen, Part told)
    {
        var mark = new BucketKeyMark(name, sight.Settings.Instance);
        var open = Part.Step(branch.Subject, new Action.OpenBucket(mark), "its key must be let in");
        return seen
            .Buckets.Find(name)
            .Match(
                bucket => IsOwn(sight, name, seen) ? open : Foreign(branch, bucket),
                () =>
                    (
                        seen.KeysOf(mark).IsEmpty
                            ? Part.Step(branch.Subject, new Action.CreateBucketKey(mark), "its bucket needs a key")
                            : Part.Nothing
                    )
                    + Part.Step(branch.Subject, new Action.CreateBucket(mark), "a release of it needs a bucket")
                    + told
                    + open
            );
    }

    private static Part Remove(
        Sight sight,
        DesiredBranch branch,
        Resource.Garage resource,
        ResourceState state,
        ObservedBuckets seen
    )
    {
        var why = $"the branch was removed: {branch.Removed.Match(removal => removal.Reason, () => "")}";
        var left = seen
            .Buckets.Find(resource.Bucket)
            .Match(
                bucket =>
                    bucket.Maker == Some(sight.Settings.Instance) ? End(branch.Subject, bucket, why)
                    // What never was complete was never its own.
                    : state == ResourceState.Wanted ? Keys(sight, branch, resource.Bucket, seen, why)
                    : Foreign(branch, bucket),
                () => Keys(sight, branch, resource.Bucket, seen, why)
            );
        return left.Notes.IsEmpty ? ResourcePlanner.Forget(branch, resource, left) : left;
    }

    private static Part Keys(Sight sight, DesiredBranch branch, BucketName bucket, ObservedBuckets seen, string why) =>
        Part.Concat(
            seen.KeysOf(new BucketKeyMark(bucket, sight.Settings.Instance))
                .Map(key => Part.Step(branch.Subject, new Action.DropBucketKey(key.Mark, key.Id), why))
        );

    private static Part Foreign(DesiredBranch branch, ObservedBucket bucket) =>
        Part.Block(
            branch.Subject,
            new BlockedBy.ForeignResource(
                $"the bucket {bucket.Name}",
                bucket.Maker.Match(
                    maker => $"made by another Kennel or an earlier database ({maker})",
                    () => "no key of Kennel's may use it"
                )
            )
        );
}
