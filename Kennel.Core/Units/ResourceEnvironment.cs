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
}
