using Kennel.Core.Domain;

namespace Kennel.Core.Units;

/// <summary>A variable whose value is secret: what is planned is its name and where the value will come from.</summary>
/// <param name="Name">The name.</param>
/// <param name="Source">Where its value comes from.</param>
public sealed record ResourceVariable(string Name, ResourceSecret Source);

/// <summary>Where the value of a secret variable comes from. Closed.</summary>
public abstract record ResourceSecret
{
    private ResourceSecret() { }

    /// <summary>The address of a cache, with user and password.</summary>
    public sealed record CacheAddress(CacheUser User, CacheNumber Database) : ResourceSecret;

    /// <summary>The public part of the key of a bucket, which only Garage knows.</summary>
    public sealed record BucketKeyId(BucketKeyMark Mark) : ResourceSecret;

    /// <summary>The secret part of the key of a bucket.</summary>
    public sealed record BucketKeySecret(BucketKeyMark Mark) : ResourceSecret;
}
