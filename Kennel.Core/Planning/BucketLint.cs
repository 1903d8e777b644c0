using Kennel.Core.Domain;

namespace Kennel.Core.Planning;

/// <summary>No plan empties or drops a bucket, or its key, that is in use.</summary>
internal static class BucketLint
{
    public static Seq<string> Check(Seq<Action> actions, Desired desired)
    {
        var inUse = toSet(
            desired
                .Branches.Filter(branch => !branch.IsLeaving)
                .Bind(branch => branch.Resources)
                .Bind(row => row.Resource is Resource.Garage it ? Seq1(it.Bucket) : Empty)
        );
        return actions.Bind(action => Loss(action, desired.Settings.Instance, inUse)).Strict();
    }

    private static Seq<string> Loss(Action action, InstanceId instance, Set<BucketName> inUse) =>
        action switch
        {
            Action.EmptyBucket it when it.Maker == instance && inUse.Contains(it.Bucket) => Seq1(
                $"the bucket {it.Bucket} would be emptied and its branch was not removed"
            ),
            Action.DropBucket it when it.Maker == instance && inUse.Contains(it.Bucket) => Seq1(
                $"the bucket {it.Bucket} would be dropped and its branch was not removed"
            ),
            Action.DropBucketKey it when it.Mark.Maker == instance && inUse.Contains(it.Mark.Bucket) => Seq1(
                $"the key of {it.Mark.Bucket} would be dropped and its branch was not removed"
            ),
            _ => Seq<string>(),
        };
}
