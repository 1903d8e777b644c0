using Kennel.Core.Domain;
using Microsoft.Data.Sqlite;

namespace Kennel.Shell.Store;

/// <summary>
/// The state database. One connection writes, another reads, so that a question never waits for a disk; a temporary
/// database has one connection for both. One process at a time may hold it.
/// </summary>
public sealed class Database : IDisposable
{
    private const string IdOfKennel = "1263422028";
    private const int BusyTimeoutSeconds = 5;

    private static readonly Lock EmptyLock = new();
    private static readonly Lazy<Session> Empty = new(MigrateMemory);

    private readonly Option<FileStream> lockFile;
    private readonly Access writer;
    private readonly Access reader;

    private Database(
        string path,
        Option<FileStream> lockFile,
        Opening opening,
        InstanceId instance,
        Access writer,
        Access reader
    )
    {
        Path = path;
        this.lockFile = lockFile;
        Opening = opening;
        Instance = instance;
        this.writer = writer;
        this.reader = reader;
    }

    /// <summary>Where it is.</summary>
    public string Path { get; }

    /// <summary>What was found when it was opened: whoever opened it must warn of all but an existing one.</summary>
    public Opening Opening { get; }

    /// <summary>The random mark it got when it was made.</summary>
    public InstanceId Instance { get; }

    /// <summary>How many changes were made through this object.</summary>
    internal long WriteCount { get; private set; }

    /// <summary>Opens the database, making or migrating it as needed.</summary>
    /// <exception cref="StoreException">It is held by another process, newer than this program, or cannot be used.</exception>
    public static Database Open(string path, TimeProvider clock) => Open(path, clock, Migrations.Known);

    internal static Database Open(string path, TimeProvider clock, Seq<Migration> steps)
    {
        SystemSqlite.Use();
        var place = System.IO.Path.GetFullPath(path);
        var held = TakeLock(place);
        try
        {
            return Open(place, held, clock, steps);
        }
        catch (Exception error)
        {
            held.Dispose();
            throw Explain(place, error);
        }
    }

    private static Database Open(string path, FileStream held, TimeProvider clock, Seq<Migration> steps)
    {
        var opening = DatabaseFile.Prepare(path, clock.GetUtcNow());
        var session = OpenSession(path);
        try
        {
            RefuseForeign(session, path);
            Migrations.Apply(session, path, steps, step => DatabaseFile.BackUp(session, path, step, clock.GetUtcNow()));
            var instance = InstanceOf(session, InstanceIds.New(), clock.GetUtcNow());
            return new Database(path, held, opening, instance, new Access(session), new Access(OpenSession(path)));
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    private static Exception Explain(string path, Exception error) =>
        error switch
        {
            SqliteException sqlite when StoreErrors.Explain(sqlite) is StoreException explained => new StoreException(
                $"{path}: {explained.Message}",
                error
            ),
            IOException or UnauthorizedAccessException => new StoreException($"{path}: {error.Message}", error),
            _ => error,
        };

    /// <summary>A database in memory that is gone when it is disposed.</summary>
    public static Database OpenTemporary(InstanceId instance)
    {
        SystemSqlite.Use();
        var session = Session.OpenMemory();
        lock (EmptyLock)
            Empty.Value.CopyTo(session);
        session.ExecuteScript("PRAGMA foreign_keys = ON; PRAGMA synchronous = OFF; PRAGMA journal_mode = MEMORY;");
        InstanceOf(session, instance, DateTimeOffset.UnixEpoch);
        var access = new Access(session);
        return new Database(":memory:", None, new Opening.Created(), instance, access, access);
    }

    // Migrating takes longer than much of what is done with a temporary database.
    private static Session MigrateMemory()
    {
        var session = Session.OpenMemory();
        Migrations.Apply(session, "memory", Migrations.Known, _ => { });
        return session;
    }

    /// <summary>Makes a change in one transaction; it is undone when it throws or is not to be kept.</summary>
    internal async Task<T> Write<T>(Func<Session, T> change, Func<T, bool> keep, CancellationToken cancellation)
    {
        using var held = await writer.Take(cancellation);
        var session = writer.Session;
        try
        {
            session.Execute("BEGIN IMMEDIATE");
            var result = change(session);
            var isKept = keep(result);
            session.Execute(isKept ? "COMMIT" : "ROLLBACK");
            WriteCount++;
            session.EndChange(isKept);
            return result;
        }
        catch (SqliteException error)
        {
            throw StoreErrors.Explain(error);
        }
        finally
        {
            session.EndChange(isKept: false);
            if (session.IsInTransaction)
                session.Execute("ROLLBACK");
        }
    }

    /// <summary>Asks in one read transaction.</summary>
    internal Task<T> Read<T>(Func<Session, T> question, CancellationToken cancellation) =>
        Use(session => Consistently(session, question), cancellation);

    /// <summary>Uses the reading connection as it is.</summary>
    internal async Task<T> Use<T>(Func<Session, T> question, CancellationToken cancellation)
    {
        using var held = await reader.Take(cancellation);
        try
        {
            return question(reader.Session);
        }
        catch (SqliteException error)
        {
            throw StoreErrors.Explain(error);
        }
    }

    internal static T Consistently<T>(Session session, Func<Session, T> question)
    {
        session.Execute("BEGIN");
        try
        {
            return question(session);
        }
        finally
        {
            if (session.IsInTransaction)
                session.Execute("ROLLBACK");
        }
    }

    public void Dispose()
    {
        reader.Dispose();
        writer.Dispose();
        lockFile.IfSome(file => file.Dispose());
    }

    private static FileStream TakeLock(string path)
    {
        var place = System.IO.Path.Combine(System.IO.Path.GetDirectoryName(path)!, "kennel.lock");
        try
        {
            return new FileStream(
                place,
                new FileStreamOptions
                {
                    Mode = FileMode.OpenOrCreate,
                    Access = FileAccess.ReadWrite,
                    Share = FileShare.None,
                    UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
                }
            );
        }
        catch (IOException error) when (error is not (FileNotFoundException or DirectoryNotFoundException))
        {
            throw new StoreException(
                $"{place} is held by another process: another kennel uses {path}. Stop it first (systemctl stop kennel). "
                    + $"({error.Message})",
                error
            );
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new StoreException($"{place}: {error.Message}", error);
        }
    }

    private static Session OpenSession(string path)
    {
        var session = Session.Open(path, BusyTimeoutSeconds);
        session.ExecuteScript(
            $"PRAGMA busy_timeout = {BusyTimeoutSeconds * 1000}; PRAGMA foreign_keys = ON; PRAGMA journal_mode = WAL; "
                + "PRAGMA synchronous = FULL;"
        );
        return session;
    }

    private static void RefuseForeign(Session session, string path)
    {
        var hasTables = session.Exists("SELECT 1 FROM sqlite_schema LIMIT 1");
        var id = session.First("PRAGMA application_id", row => row.GetInt64(0).ToString()).IfNone("");
        if (hasTables && id != IdOfKennel)
            throw new StoreException(
                $"{path} is a SQLite database of another program (application id {id}, Kennel's is {IdOfKennel}). "
                    + "Move it away or configure another path."
            );
    }

    private static InstanceId InstanceOf(Session session, InstanceId fresh, DateTimeOffset now)
    {
        session.Execute(
            "INSERT INTO instance (id, mark, created_at) VALUES (1, @mark, @now) ON CONFLICT DO NOTHING",
            ("@mark", fresh.Value),
            ("@now", Stored.Time(now))
        );
        return session
            .First("SELECT mark FROM instance", row => InstanceId.Parse("instance.mark", row.GetString(0)).OrDamaged())
            .IfNone(fresh);
    }

    /// <summary>A connection and whose turn it is.</summary>
    private sealed class Access(Session session) : IDisposable
    {
        private readonly SemaphoreSlim turn = new(1, 1);

        internal Session Session => session;

        internal async Task<IDisposable> Take(CancellationToken cancellation)
        {
            await turn.WaitAsync(cancellation);
            return new Turn(turn);
        }

        public void Dispose()
        {
            turn.Dispose();
            session.Dispose();
        }
    }

    private sealed class Turn(SemaphoreSlim turn) : IDisposable
    {
        public void Dispose() => turn.Release();
    }
}

/// <summary>Where the marks of new databases come from.</summary>
internal static class InstanceIds
{
    internal static InstanceId New() =>
        InstanceId
            .Parse(
                "new instance",
                Convert.ToHexStringLower(System.Security.Cryptography.RandomNumberGenerator.GetBytes(6))
            )
            .OrDamaged();
}
