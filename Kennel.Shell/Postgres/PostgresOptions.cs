using Npgsql;

namespace Kennel.Shell.Postgres;

/// <summary>How Kennel reaches PostgreSQL.</summary>
/// <param name="SocketDirectory">Where its socket is.</param>
/// <param name="User">The role, which the server finds out from the user that Kennel runs as.</param>
public sealed record PostgresOptions(string SocketDirectory, string User)
{
    /// <summary>How long a look may take: a pass waits for it.</summary>
    public TimeSpan LookLimit { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>How long a change may take.</summary>
    public TimeSpan ChangeLimit { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a server that did not answer is not asked again.</summary>
    public TimeSpan RestAfterSilence { get; init; } = TimeSpan.FromSeconds(15);

    // Never to a database of a branch's: what is connected to cannot be dropped.
    internal NpgsqlDataSource Open() => NpgsqlDataSource.Create(ConnectionString);

    internal string ConnectionString =>
        new NpgsqlConnectionStringBuilder
        {
            Host = SocketDirectory,
            Username = User,
            Database = "postgres",
            ApplicationName = "kennel",
            SslMode = SslMode.Disable,
            Timeout = (int)LookLimit.TotalSeconds,
            CommandTimeout = (int)ChangeLimit.TotalSeconds,
            MaxPoolSize = 4,
            Enlist = false,
        }.ConnectionString;
}
