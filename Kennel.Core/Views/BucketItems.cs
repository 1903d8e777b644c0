using Kennel.Core.Domain;
using Kennel.Core.Planning;

namespace Kennel.Core.Views;

/// <summary>The buckets and keys that carry Kennel's mark.</summary>
internal static class BucketItems
{
    public static Seq<InventoryItem> Of(Desired desired, ObservedBuckets seen) =>
        Joined(
            seen.Buckets.Values.ToSeq()
                .Bind(bucket =>
                    bucket
                        .Maker.ToSeq()
                        .Map(maker => Item(desired, "bucket", bucket.Name.Value, new BucketKeyMark(bucket.Name, maker)))
                ),
            seen.Keys.Map(key => Item(desired, "bucket-key", key.Id, key.Mark))
        );

    private static InventoryItem Item(Desired desired, string kind, string name, BucketKeyMark mark)
    {
        var detail = kind == "bucket" ? "Garage" : $"of {mark.Bucket}";
        return mark.Maker == desired.Settings.Instance
            ? Inventory.Item(kind, name, Holder(desired, mark.Bucket), detail)
            : Inventory.Item(kind, name, None, $"{detail}; {Inventory.Another(mark.Maker.Value)}");
    }

    private static Option<string> Holder(Desired desired, BucketName bucket) =>
        desired
            .Branches.Find(branch =>
                branch.Resources.Exists(row => row.Resource is Resource.Garage it && it.Bucket == bucket)
            )
            .Map(Owners.Title);
}
