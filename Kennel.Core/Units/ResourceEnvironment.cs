using Kennel.Core.Domain;
using Kennel.Core.Planning;

namespace Kennel.Core.Units;

/// <summary>The variables by which a service finds its data services.</summary>
public static class ResourceEnvironment
{
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
    /// The variables with a password in them, of all that a service needs and its branch has: what stands here is their
    /// names. They reach the service by its environment file alone.
    /// </summary>
    /// <param name="instance">The mark.</param>
    /// <param name="service">How the service runs.</param>
    /// <param name="resources">What the ledger has of its branch.</param>
    public static Seq<SecretVariable> Secrets(
        InstanceId instance,
        Specification.Service service,
        Seq<DesiredResource> resources
    ) =>
        resources
            .Map(row => row.Resource)
            .Filter(resource => service.Resources.Contains(resource.Kind))
            .Bind(resource => Secrets(instance, resource))
            .Strict();

    private static Seq<SecretVariable> Secrets(InstanceId instance, Resource resource) =>
        resource switch
        {
            Resource.Postgres => Seq<SecretVariable>(),
            Resource.Valkey it => Seq("REDIS_URL", "VALKEY_URL")
                .Map(name => new SecretVariable(name, new SecretSource.CacheAddress(it.User, it.Database))),
            Resource.Garage it => Seq(
                new SecretVariable(
                    "AWS_ACCESS_KEY_ID",
                    new SecretSource.BucketKeyId(new BucketKeyMark(it.Bucket, instance))
                ),
                new SecretVariable(
                    "AWS_SECRET_ACCESS_KEY",
                    new SecretSource.BucketKeySecret(new BucketKeyMark(it.Bucket, instance))
                )
            ),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
}
