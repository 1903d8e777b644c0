using Microsoft.Data.Sqlite;

namespace Kennel.Shell.Store;

/// <summary>The state database cannot be used now: locked, full, unreadable, damaged or of another version.</summary>
public class StoreException : Exception
{
    public StoreException(string message)
        : base(message) { }

    public StoreException(string message, Exception inner)
        : base(message, inner) { }
}

/// <summary>One row holds what no version of Kennel wrote. Only what hangs on that row is affected.</summary>
public sealed class DamagedRowException(string message) : StoreException(message);

/// <summary>Another owner holds what a change wanted to take, or a row that it needs is gone. Nothing was changed.</summary>
public sealed class StoreConflictException(string message, Exception inner) : StoreException(message, inner);

/// <summary>What SQLite's result codes mean for Kennel.</summary>
internal static class StoreErrors
{
    /// <summary>The exception to throw instead; a mistake in our own SQL stays what it is.</summary>
    internal static Exception Explain(SqliteException error) =>
        error.SqliteErrorCode switch
        {
            SQLitePCL.raw.SQLITE_CONSTRAINT => new StoreConflictException(error.Message, error),
            SQLitePCL.raw.SQLITE_FULL => Unusable("the disk is full; free some space", error),
            SQLitePCL.raw.SQLITE_READONLY => Unusable("it can only be read; check its owner and its mount", error),
            SQLitePCL.raw.SQLITE_PERM => Unusable("access was denied; check its owner and mode", error),
            SQLitePCL.raw.SQLITE_CANTOPEN => Unusable("it could not be opened; check its directory and mode", error),
            SQLitePCL.raw.SQLITE_BUSY or SQLitePCL.raw.SQLITE_LOCKED => Unusable(
                "another program holds it; end that program",
                error
            ),
            SQLitePCL.raw.SQLITE_CORRUPT or SQLitePCL.raw.SQLITE_NOTADB => Unusable(
                "the file is damaged; restart Kennel, which sets it aside",
                error
            ),
            SQLitePCL.raw.SQLITE_IOERR or SQLitePCL.raw.SQLITE_NOMEM or SQLitePCL.raw.SQLITE_PROTOCOL => Unusable(
                "the system failed; see the kernel's log",
                error
            ),
            _ => error,
        };

    private static StoreException Unusable(string meaning, SqliteException error) =>
        new($"{meaning} ({error.Message})", error);
}
