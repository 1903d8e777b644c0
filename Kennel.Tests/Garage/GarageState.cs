using System.Globalization;
using System.Text.Json.Nodes;

namespace Kennel.Tests.Garage;

/// <summary>An error of Garage's.</summary>
internal sealed record GarageError(int Status, string Code, string Message);

/// <summary>A key as the stand-in keeps it.</summary>
internal sealed record StandInKey(string Id, string Name, string Secret);

/// <summary>A bucket as the stand-in keeps it.</summary>
internal sealed class StandInBucket(string id)
{
    public string Id { get; } = id;

    public List<string> GlobalAliases { get; } = [];

    /// <summary>The names that it has for one key each.</summary>
    public List<(string Key, string Alias)> LocalAliases { get; } = [];

    /// <summary>The keys that may do everything in it.</summary>
    public SortedSet<string> Keys { get; } = new(StringComparer.Ordinal);

    /// <summary>What is in it, by name.</summary>
    public SortedDictionary<string, string> Objects { get; } = new(StringComparer.Ordinal);

    public List<(string Object, string Id)> Uploads { get; } = [];

    /// <summary>How many objects began to be written and were not ended: S3 lists none of them.</summary>
    public int CutOffCount { get; set; }

    /// <summary>Puts objects there.</summary>
    public void Fill(params string[] names)
    {
        foreach (var name in names)
            Objects[name] = "something";
    }
}

/// <summary>What the stand-in for Garage holds.</summary>
internal sealed class GarageState
{
    private int _ids;

    public List<StandInKey> Keys { get; } = [];

    public List<StandInBucket> Buckets { get; } = [];

    /// <summary>The bucket that everybody calls so.</summary>
    public StandInBucket Named(string alias) => Buckets.Single(it => it.GlobalAliases.Contains(alias));

    /// <summary>A bucket that stood there before.</summary>
    public StandInBucket Add(string alias)
    {
        var bucket = new StandInBucket(NextId(64));
        bucket.GlobalAliases.Add(alias);
        Buckets.Add(bucket);
        return bucket;
    }

    public object ListBuckets() =>
        Buckets.Select(it => new
        {
            id = it.Id,
            created = "2026-01-01T00:00:00Z",
            globalAliases = it.GlobalAliases,
            localAliases = it.LocalAliases.Select(alias => new { accessKeyId = alias.Key, alias = alias.Alias }),
        });

    public object ListKeys() =>
        Keys.Select(it => new
        {
            id = it.Id,
            name = it.Name,
            expired = false,
        });

    public Either<GarageError, object> BucketInfo(string id) =>
        WithBucket(
            id,
            it => new
            {
                id = it.Id,
                created = "2026-01-01T00:00:00Z",
                globalAliases = it.GlobalAliases,
                websiteAccess = false,
                keys = it.Keys.Select(key => new
                {
                    accessKeyId = key,
                    name = Keys.FirstOrDefault(one => one.Id == key)?.Name ?? "",
                    permissions = new
                    {
                        read = true,
                        write = true,
                        owner = true,
                    },
                    bucketLocalAliases = it.LocalAliases.Where(one => one.Key == key).Select(one => one.Alias),
                }),
                objects = it.Objects.Count,
                bytes = 0,
                unfinishedUploads = it.Uploads.Count + it.CutOffCount,
                unfinishedMultipartUploads = it.Uploads.Count,
                unfinishedMultipartUploadParts = 0,
                unfinishedMultipartUploadBytes = 0,
                quotas = new { },
            }
        );

    public Either<GarageError, object> KeyInfo(string id, bool isSecretShown) =>
        WithKey(
            id,
            it =>
            {
                var shown = new JsonObject
                {
                    ["accessKeyId"] = it.Id,
                    ["name"] = it.Name,
                    ["expired"] = false,
                    ["permissions"] = new JsonObject { ["createBucket"] = false },
                    ["buckets"] = new JsonArray(),
                };
                if (isSecretShown)
                    shown["secretAccessKey"] = it.Secret;
                return shown;
            }
        );

    public Either<GarageError, object> CreateKey(string? name)
    {
        var key = new StandInKey("GK" + NextId(24), name ?? "", NextId(64));
        Keys.Add(key);
        return KeyInfo(key.Id, isSecretShown: true);
    }

    public Either<GarageError, object> CreateBucket(JsonObject asked)
    {
        var alias = (string?)asked["globalAlias"] ?? "";
        var local = asked["localAlias"] as JsonObject;
        var localKey = (string?)local?["accessKeyId"] ?? "";
        if (alias.Length is < 3 or > 63 || alias.EndsWith("-s3alias", StringComparison.Ordinal))
            return new GarageError(400, "InvalidRequest", $"Invalid bucket name: {alias}");
        if (Buckets.Exists(it => it.GlobalAliases.Contains(alias)))
            return new GarageError(409, "BucketAlreadyExists", "Bucket already exists");
        if (local is not null && !Keys.Exists(it => it.Id == localKey))
            return new GarageError(404, "NoSuchAccessKey", $"Access key not found: {localKey}");
        var bucket = Add(alias);
        if (local is not null)
            bucket.LocalAliases.Add((localKey, (string?)local["alias"] ?? ""));
        if ((bool?)local?["allow"]?["owner"] == true)
            bucket.Keys.Add(localKey);
        return BucketInfo(bucket.Id);
    }

    public Either<GarageError, object> Allow(JsonObject asked) =>
        WithKey((string?)asked["accessKeyId"] ?? "", it => it)
            .Bind(key =>
                WithBucket(
                    (string?)asked["bucketId"] ?? "",
                    bucket =>
                    {
                        bucket.Keys.Add(((StandInKey)key).Id);
                        return bucket;
                    }
                )
            )
            .Bind(_ => BucketInfo((string?)asked["bucketId"] ?? ""));

    public Either<GarageError, object> DeleteBucket(string id)
    {
        if (Buckets.Exists(it => it.Id == id && it.Objects.Count + it.Uploads.Count > 0))
            return new GarageError(409, "BucketNotEmpty", "Tried to delete a non-empty bucket");
        return WithBucket(id, it => Buckets.Remove(it));
    }

    public Either<GarageError, object> DeleteKey(string id)
    {
        foreach (var bucket in Buckets)
        {
            bucket.Keys.Remove(id);
            bucket.LocalAliases.RemoveAll(alias => alias.Key == id);
        }
        return WithKey(id, it => Keys.Remove(it));
    }

    private Either<GarageError, object> WithBucket(string id, Func<StandInBucket, object> tell) =>
        Buckets.Find(it => it.Id == id) is { } bucket
            ? Right<GarageError, object>(tell(bucket))
            : new GarageError(404, "NoSuchBucket", $"Bucket not found: {id}");

    private Either<GarageError, object> WithKey(string id, Func<StandInKey, object> tell) =>
        Keys.Find(it => it.Id == id) is { } key
            ? Right<GarageError, object>(tell(key))
            : new GarageError(404, "NoSuchAccessKey", $"Access key not found: {id}");

    private string NextId(int length) => (++_ids).ToString($"x{length}", CultureInfo.InvariantCulture);
}
