using Microsoft.Data.Sqlite;

namespace Kennel.Shell.Store;

/// <summary>One connection with the statements it has prepared. Not for two callers at once.</summary>
internal sealed class Session : IDisposable
{
    private readonly SqliteConnection connection;
    private readonly Dictionary<string, SqliteCommand> commands = new(StringComparer.Ordinal);

    private Session(SqliteConnection connection) => this.connection = connection;

    private readonly List<Action> afterCommit = [];

    /// <summary>The statements sent so far.</summary>
    internal long StatementCount { get; private set; }

    internal static Session Open(string path, int timeoutSeconds)
    {
        var opened = new SqliteConnection(
            new SqliteConnectionStringBuilder
            {
                DataSource = path,
                Mode = SqliteOpenMode.ReadWrite,
                Pooling = false,
                DefaultTimeout = timeoutSeconds,
            }.ToString()
        );
        opened.Open();
        return new Session(opened);
    }

    internal static Session OpenMemory()
    {
        var opened = new SqliteConnection("Data Source=:memory:;Pooling=False");
        opened.Open();
        return new Session(opened);
    }

    /// <summary>Leaves the files as they are when the connection ends.</summary>
    internal void KeepFilesOnClose() =>
        SQLitePCL.raw.sqlite3_db_config(connection.Handle, SQLitePCL.raw.SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, out _);

    /// <summary>Copies the whole database over that of another.</summary>
    internal void CopyTo(Session other) => connection.BackupDatabase(other.connection);

    internal int Execute(string sql, params ReadOnlySpan<(string Name, object? Value)> values)
    {
        var command = Command(sql, values);
        return command.ExecuteNonQuery();
    }

    /// <summary>Runs several statements that are not prepared for later.</summary>
    internal void ExecuteScript(string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        StatementCount++;
        command.ExecuteNonQuery();
    }

    internal List<T> Query<T>(
        string sql,
        Func<SqliteDataReader, T> read,
        params ReadOnlySpan<(string Name, object? Value)> values
    )
    {
        using var reader = Command(sql, values).ExecuteReader();
        var rows = new List<T>();
        while (reader.Read())
            rows.Add(read(reader));
        return rows;
    }

    internal Option<T> First<T>(
        string sql,
        Func<SqliteDataReader, T> read,
        params ReadOnlySpan<(string Name, object? Value)> values
    )
    {
        using var reader = Command(sql, values).ExecuteReader();
        return reader.Read() ? Some(read(reader)) : None;
    }

    internal long Number(string sql, params ReadOnlySpan<(string Name, object? Value)> values) =>
        First(sql, row => row.GetInt64(0), values).IfNone(0);

    internal bool Exists(string sql, params ReadOnlySpan<(string Name, object? Value)> values) =>
        First(sql, _ => true, values).IsSome;

    /// <summary>Something outside the database that may only happen once the change is kept.</summary>
    internal void AfterCommit(Action action) => afterCommit.Add(action);

    /// <summary>The change ended: does what waited for it, or forgets it.</summary>
    internal void EndChange(bool isKept)
    {
        var waiting = afterCommit.ToArray();
        afterCommit.Clear();
        if (!isKept)
            return;
        foreach (var action in waiting)
            action();
    }

    /// <summary>Whether a transaction is open; SQLite ends one by itself after some errors.</summary>
    internal bool IsInTransaction => SQLitePCL.raw.sqlite3_get_autocommit(connection.Handle) == 0;

    public void Dispose()
    {
        foreach (var command in commands.Values)
            command.Dispose();
        connection.Dispose();
    }

    private SqliteCommand Command(string sql, ReadOnlySpan<(string Name, object? Value)> values)
    {
        if (!commands.TryGetValue(sql, out var command))
        {
            command = connection.CreateCommand();
            command.CommandText = sql;
            commands.Add(sql, command);
        }
        command.Parameters.Clear();
        foreach (var (name, value) in values)
            command.Parameters.AddWithValue(name, value ?? DBNull.Value);
        StatementCount++;
        return command;
    }
}
