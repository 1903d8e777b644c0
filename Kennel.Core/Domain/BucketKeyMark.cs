using System.Text.RegularExpressions;

namespace Kennel.Core.Domain;

/// <summary>
/// The name of the key of a bucket, <c>{bucket} [{instance}]</c>: the mark. Garage keeps no comments of buckets; a bucket
/// is Kennel's if a key of this name may use it, which nobody but Garage's administrator can give.
/// </summary>
/// <param name="Bucket">The bucket.</param>
/// <param name="Maker">Who made it.</param>
public sealed partial record BucketKeyMark(BucketName Bucket, InstanceId Maker)
{
    /// <summary>What a key's name says; none where it is not Kennel's.</summary>
    public static Option<BucketKeyMark> Read(string name) =>
        Pattern().Match(name) is { Success: true } match
            ? (
                from bucket in BucketName.Parse("key", match.Groups["bucket"].Value).ToOption()
                from maker in InstanceId.Parse("key", match.Groups["instance"].Value).ToOption()
                select new BucketKeyMark(bucket, maker)
            )
            : None;

    /// <summary>The name.</summary>
    public override string ToString() => $"{Bucket} [{Maker}]";

    [GeneratedRegex(@"\A(?<bucket>[a-z0-9-]{1,63}) \[(?<instance>[0-9a-f]{12})\]\z")]
    private static partial Regex Pattern();
}
