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

    /// <summary>
    /// The variables with a password in them, of all that a service needs and its branch has: what stands here is their
    /// names. They reach the service by its environment file alone.
    /// </summary>
    /// <param name="service">How the service runs.</param>
    /// <param name="resources">What the ledger has of its branch.</param>
    public static Seq<SecretVariable> Secrets(Specification.Service service, Seq<DesiredResource> resources) =>
        resources
            .Map(row => row.Resource)
            .Filter(resource => service.Resources.Contains(resource.Kind))
            .Bind(Secrets)
            .Strict();

    private static Seq<SecretVariable> Secrets(Resource resource) =>
        resource switch
        {
            Resource.Postgres => Seq<SecretVariable>(),
            Resource.Valkey it => Seq("REDIS_URL", "VALKEY_URL")
                .Map(name => new SecretVariable(name, new SecretSource.CacheAddress(it.User, it.Database))),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
}
