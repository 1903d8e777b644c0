using Kennel.Core.Domain;
using Kennel.Core.Planning;

namespace Kennel.Core.Units;

/// <summary>The variables by which a service finds its data services.</summary>
public static class ResourceEnvironment
{
    /// <summary>The variable that names a file in a service's data directory.</summary>
    public const string DatabasePath = "DATABASE_PATH";

    /// <summary>The names of the variables for one kind.</summary>
    public static Seq<string> Names(ResourceKind kind) =>
        kind switch
        {
            ResourceKind.Postgres => Seq("DATABASE_URL", "PGHOST", "PGDATABASE", "PGUSER"),
            ResourceKind.Valkey => Seq("VALKEY_URL", "REDIS_URL"),
            ResourceKind.Garage => Seq(
                "S3_ENDPOINT",
                "S3_BUCKET",
                "AWS_ENDPOINT_URL_S3",
                "AWS_ACCESS_KEY_ID",
                "AWS_SECRET_ACCESS_KEY",
                "AWS_REGION"
            ),
            _ => throw new System.Diagnostics.UnreachableException(),
        };

    /// <summary>
    /// Its database. The server knows the service by its user, so that no password is needed; what stands here may be
    /// read by everybody.
    /// </summary>
    public static Seq<string> OfDatabase(PostgresSettings settings, RoleName role, DatabaseName database) =>
        Seq(
            $"DATABASE_URL=postgresql:///{database}?host={settings.SocketDirectory}&user={role}",
            $"PGHOST={settings.SocketDirectory}",
            $"PGDATABASE={database}",
            $"PGUSER={role}"
        );

    /// <summary>Its bucket, without the key.</summary>
    public static Seq<string> OfBucket(GarageSettings settings, BucketName bucket) =>
        Seq(
            $"S3_ENDPOINT={settings.S3Endpoint}",
            $"S3_BUCKET={bucket}",
            $"AWS_ENDPOINT_URL_S3={settings.S3Endpoint}",
            $"AWS_REGION={settings.Region}"
        );

    /// <summary>
    /// What is known only when a service starts and is no secret: where its own valkey-server is. Only the branch's own
    /// user gets at that, so that no password is needed.
    /// </summary>
    /// <param name="service">How the service runs.</param>
    /// <param name="resources">What the ledger has of its branch.</param>
    public static Seq<UnitProperty> AtStart(Specification.Service service, Seq<DesiredResource> resources) =>
        resources
            .Bind(row => row.Resource is Resource.ValkeyInstance it ? Seq1(it) : Empty)
            .Filter(cache => service.Resources.Contains(cache.Kind))
            .Map(cache => new UnitProperty(
                "Environment",
                new UnitValue.Texts(
                    Names(cache.Kind).Map(name => $"{name}={CacheInstanceUnit.Address(cache.Unit)}").Strict()
                )
            ))
            .Strict();

    /// <summary>
    /// The variables with a password in them, of all that a service needs and its branch has: what stands here is their
    /// names. They reach the service by its environment file alone.
    /// </summary>
    /// <param name="instance">The mark.</param>
    /// <param name="service">How the service runs.</param>
    /// <param name="resources">What the ledger has of its branch.</param>
    public static Seq<ResourceVariable> Secrets(
        InstanceId instance,
        Specification.Service service,
        Seq<DesiredResource> resources
    ) =>
        resources
            .Map(row => row.Resource)
            .Filter(resource => service.Resources.Contains(resource.Kind))
            .Bind(resource => Secrets(instance, resource))
            .Strict();

    private static Seq<ResourceVariable> Secrets(InstanceId instance, Resource resource) =>
        resource switch
        {
            Resource.Postgres or Resource.ValkeyInstance => Seq<ResourceVariable>(),
            Resource.Valkey it => Seq("REDIS_URL", "VALKEY_URL")
                .Map(name => new ResourceVariable(name, new ResourceSecret.CacheAddress(it.User, it.Database))),
            Resource.Garage it => Seq(
                new ResourceVariable(
                    "AWS_ACCESS_KEY_ID",
                    new ResourceSecret.BucketKeyId(new BucketKeyMark(it.Bucket, instance))
                ),
                new ResourceVariable(
                    "AWS_SECRET_ACCESS_KEY",
                    new ResourceSecret.BucketKeySecret(new BucketKeyMark(it.Bucket, instance))
                )
            ),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
}
