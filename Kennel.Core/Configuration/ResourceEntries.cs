namespace Kennel.Core.Configuration;

/// <summary>The options about data services.</summary>
internal static class ResourceEntries
{
    private const int ConnectionsMax = 10_000;
    private const int KeptMax = 1000;
    private const int DaySeconds = 86_400;
    private const long InstanceMemoryMin = 4L << 20;
    private const long InstanceMemoryMax = 1L << 40;

    public static Seq<ConfigurationEntry> All() =>
        Seq(
            Postgres(
                "resources.postgres.enable",
                ValueKinds.Flag,
                it => it.Enable,
                (it, value) => it with { Enable = value },
                "Whether the services of every branch get a PostgreSQL database of their own, unless their project's manifest lists "
                    + "`resources` without `postgres`. It holds from a branch's next release on; what there is stays."
            ),
            Postgres(
                "resources.postgres.socketDir",
                ValueKinds.SocketDirectory,
                it => it.SocketDirectory,
                (it, value) => it with { SocketDirectory = value },
                "The directory of PostgreSQL's socket. Kennel and the services are known there by their users; no password exists."
            ),
            Postgres(
                "resources.postgres.previewConnectionLimit",
                ValueKinds.Whole(0, ConnectionsMax),
                it => it.PreviewConnectionsMax,
                (it, value) => it with { PreviewConnectionsMax = value },
                "How many connections at once the database of a pull request may have. 0: any number."
            ),
            Postgres(
                "resources.postgres.previewStatementTimeoutSeconds",
                ValueKinds.Whole(0, DaySeconds),
                it => it.PreviewStatementSeconds,
                (it, value) => it with { PreviewStatementSeconds = value },
                "How long one statement may take there, where the session says nothing else. 0: any time."
            ),
            Postgres(
                "resources.postgres.extensions",
                ValueKinds.Extensions,
                it => it.Extensions,
                (it, value) => it with { Extensions = value },
                "The extensions that manifests may ask for (`postgres.extensions`). Kennel is no superuser: one that PostgreSQL does not "
                    + "trust must be in `template1` before it helps to list it."
            ),
            Postgres(
                "resources.postgres.templates",
                ValueKinds.Templates,
                it => it.Templates,
                (it, value) => it with { Templates = value },
                "The databases that pull requests of any project may start with a copy of (`preview.database`). Each must belong to the "
                    + "role that Kennel is, with all that is in it; whoever opens a pull request can read the copy."
            ),
            Postgres(
                "resources.postgres.cloneProduction",
                ValueKinds.Flag,
                it => it.CloneProduction,
                (it, value) => it with { CloneProduction = value },
                "Whether pull requests may start with a copy of the default branch's database (`preview.database`). Whoever opens a pull "
                    + "request can then read what production has."
            ),
            Valkey(
                "resources.valkey.enable",
                ValueKinds.Flag,
                it => it.Enable,
                (it, value) => it with { Enable = value },
                "Whether the services of every branch get a cache of their own in Valkey, unless their project's manifest lists "
                    + "`resources` without `valkey`. It holds from a branch's next release on; what there is stays."
            ),
            Valkey(
                "resources.valkey.mode",
                ValueKinds.CacheModes,
                it => it.Caches.Mode,
                (it, value) => it with { Caches = it.Caches with { Mode = value } },
                "`shared`: a branch gets a database in the host's Valkey. `instance`: it gets a valkey-server of its own, on a unix "
                    + "socket that only its own services get at. Such a server keeps nothing on disk: it begins empty when the machine "
                    + "restarts or the branch wakes. The mode holds for branches that have no cache yet; what a branch has stays until "
                    + "the branch is removed."
            ),
            Valkey(
                "resources.valkey.serverPath",
                ValueKinds.Path,
                it => it.Caches.ServerPath,
                (it, value) => it with { Caches = it.Caches with { ServerPath = value } },
                "The program `valkey-server` of such a server, built with support for systemd (`--supervised systemd`). It holds from the "
                    + "server's next start on, like the option that follows."
            ),
            Valkey(
                "resources.valkey.instanceMemoryBytes",
                ValueKinds.Large(InstanceMemoryMin, InstanceMemoryMax),
                it => (long)it.Caches.MemoryBytes,
                (it, value) => it with { Caches = it.Caches with { MemoryBytes = (ulong)value } },
                "How much such a server may hold (`maxmemory`). When it is full, writes are refused. Its unit may use twice that and "
                    + "32 MiB."
            ),
            Valkey(
                "resources.valkey.socketPath",
                ValueKinds.SocketDirectory,
                it => it.SocketPath,
                (it, value) => it with { SocketPath = value },
                "Valkey's unix socket. Kennel and the services connect there, so all of them must be let at it (`unixsocketperm 777`)."
            ),
            Valkey(
                "resources.valkey.user",
                ValueKinds.PlainName,
                it => it.User,
                (it, value) => it with { User = value },
                "The user of Valkey that Kennel is: one who may make users and empty databases."
            ),
            Valkey(
                "resources.valkey.passwordFile",
                ValueKinds.OptionalPath,
                it => it.PasswordFile,
                (it, value) => it with { PasswordFile = value },
                "A file with that user's password in its first line. Without a password for `default` (`requirepass`) every service "
                    + "could do anything in Valkey, and Kennel gives nobody a cache there."
            ),
            Garage(
                "resources.garage.enable",
                ValueKinds.Flag,
                it => it.Enable,
                (it, value) => it with { Enable = value },
                "Whether the services of every branch get a bucket of their own in Garage, unless their project's manifest lists "
                    + "`resources` without `garage`. It holds from a branch's next release on; what there is stays."
            ),
            Garage(
                "resources.garage.adminEndpoint",
                ValueKinds.ServiceUrl,
                it => it.AdminEndpoint,
                (it, value) => it with { AdminEndpoint = value },
                "Where Garage's admin API is."
            ),
            Garage(
                "resources.garage.adminTokenFile",
                ValueKinds.OptionalPath,
                it => it.AdminTokenFile,
                (it, value) => it with { AdminTokenFile = value },
                "A file with the token of that API in its first line. Without it, the token is what `GARAGE_ADMIN_TOKEN` says in the "
                    + "daemon's environment."
            ),
            Garage(
                "resources.garage.s3Endpoint",
                ValueKinds.ServiceUrl,
                it => it.S3Endpoint,
                (it, value) => it with { S3Endpoint = value },
                "Where Garage's S3 API is, as the services are told it; a public address where they hand out signed links."
            ),
            Garage(
                "resources.garage.region",
                ValueKinds.PlainName,
                it => it.Region,
                (it, value) => it with { Region = value },
                "The `s3_region` that Garage is configured with."
            ),
            ConfigurationEntries.Entry(
                "backups.keep",
                ValueKinds.Whole(0, KeptMax),
                it => it.Backups.Keep,
                (it, value) => it with { Backups = new BackupsConfiguration(value) },
                "The databases of the default branch and of `staging` are dumped before each release and before they are dropped, to "
                    + "`backups` in the state directory. So many dumps of each database are kept. 0: none are made, and none are removed."
            )
        );

    private static ConfigurationEntry Valkey<T>(
        string key,
        ValueKind<T> kind,
        Func<ValkeyConfiguration, T> get,
        Func<ValkeyConfiguration, T, ValkeyConfiguration> set,
        string meaning
    ) =>
        ConfigurationEntries.Entry(
            key,
            kind,
            it => get(it.Resources.Valkey),
            (it, value) => it with { Resources = it.Resources with { Valkey = set(it.Resources.Valkey, value) } },
            meaning
        );

    private static ConfigurationEntry Garage<T>(
        string key,
        ValueKind<T> kind,
        Func<GarageConfiguration, T> get,
        Func<GarageConfiguration, T, GarageConfiguration> set,
        string meaning
    ) =>
        ConfigurationEntries.Entry(
            key,
            kind,
            it => get(it.Resources.Garage),
            (it, value) => it with { Resources = it.Resources with { Garage = set(it.Resources.Garage, value) } },
            meaning
        );

    private static ConfigurationEntry Postgres<T>(
        string key,
        ValueKind<T> kind,
        Func<PostgresConfiguration, T> get,
        Func<PostgresConfiguration, T, PostgresConfiguration> set,
        string meaning
    ) =>
        ConfigurationEntries.Entry(
            key,
            kind,
            it => get(it.Resources.Postgres),
            (it, value) => it with { Resources = it.Resources with { Postgres = set(it.Resources.Postgres, value) } },
            meaning
        );
}
