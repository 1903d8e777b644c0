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
}
