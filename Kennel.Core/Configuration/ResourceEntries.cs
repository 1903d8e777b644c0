namespace Kennel.Core.Configuration;

/// <summary>The options about data services.</summary>
internal static class ResourceEntries
{
    private const int ConnectionsMax = 10_000;
    private const int KeptMax = 1000;
    private const int DaySeconds = 86_400;

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
            ConfigurationEntries.Entry(
                "backups.keep",
                ValueKinds.Whole(0, KeptMax),
                it => it.Backups.Keep,
                (it, value) => it with { Backups = new BackupsConfiguration(value) },
                "The databases of the default branch and of `staging` are dumped before each release and before they are dropped, to "
                    + "`backups` in the state directory. So many dumps of each database are kept. 0: none are made, and none are removed."
            )
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
