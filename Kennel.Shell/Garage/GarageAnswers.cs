using System.Text.Json.Serialization;

namespace Kennel.Shell.Garage;

/// <summary>A bucket in Garage's list of all.</summary>
internal sealed record ListedBucket(
    [property: JsonPropertyName("id")] string Id,
    [property: JsonPropertyName("globalAliases")] IReadOnlyList<string>? GlobalAliases,
    [property: JsonPropertyName("localAliases")] IReadOnlyList<LocalAlias>? LocalAliases
);

/// <summary>A name that a bucket has for one key alone.</summary>
internal sealed record LocalAlias(
    [property: JsonPropertyName("accessKeyId")] string? AccessKeyId,
    [property: JsonPropertyName("alias")] string? Alias
);

/// <summary>A key in Garage's list of all.</summary>
internal sealed record ListedKey(
    [property: JsonPropertyName("id")] string Id,
    [property: JsonPropertyName("name")] string? Name
);

/// <summary>What Garage tells of one bucket.</summary>
internal sealed record BucketDetails(
    [property: JsonPropertyName("id")] string Id,
    [property: JsonPropertyName("keys")] IReadOnlyList<BucketKey>? Keys,
    [property: JsonPropertyName("objects")] long ObjectCount,
    [property: JsonPropertyName("unfinishedMultipartUploads")] long UploadCount
);

/// <summary>A key that may do something in a bucket.</summary>
internal sealed record BucketKey(
    [property: JsonPropertyName("accessKeyId")] string AccessKeyId,
    [property: JsonPropertyName("name")] string? Name
);

/// <summary>What Garage tells of one key; the secret part only where it was asked for, and never shown.</summary>
internal sealed record KeyDetails(
    [property: JsonPropertyName("accessKeyId")] string AccessKeyId,
    [property: JsonPropertyName("name")] string? Name,
    [property: JsonPropertyName("secretAccessKey")] string? SecretAccessKey
)
{
    public override string ToString() => $"key {AccessKeyId}";
}
