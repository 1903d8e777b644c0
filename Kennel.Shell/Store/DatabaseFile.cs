using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Kennel.Shell.Store;

/// <summary>What was found where the state database should be.</summary>
public abstract record Opening
{
    private Opening() { }

    /// <summary>A sound database.</summary>
    public sealed record Existing : Opening;

    /// <summary>Nothing; an empty database was made. Whatever runs on the host is an orphan to it.</summary>
    public sealed record Created : Opening;

    /// <summary>A damaged database. It was set aside, and an empty one was made.</summary>
    /// <param name="SetAside">Where the damaged file is now.</param>
    /// <param name="Finding">What is wrong with it.</param>
    public sealed record Replaced(string SetAside, string Finding) : Opening;
}

/// <summary>The file of the state database: made, checked, set aside and copied, never overwritten.</summary>
internal static class DatabaseFile
{
    private const int BackupsKept = 3;
    private const int CheckTimeoutSeconds = 5;
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private static readonly Seq<string> Companions = Seq("-wal", "-shm", "-journal");

    /// <summary>Sees to it that there is a sound file.</summary>
    internal static Opening Prepare(string path, DateTimeOffset now)
    {
        var isEmpty = !File.Exists(path) || new FileInfo(path).Length == 0;
        var finding = isEmpty ? LostMainFile(path) : Damage(path);
        return finding.Match(
            found =>
            {
                var place = SetAside(path, now);
                Create(path);
                return new Opening.Replaced(place, found);
            },
            () =>
            {
                if (!isEmpty)
                    return (Opening)new Opening.Existing();
                Create(path);
                return new Opening.Created();
            }
        );
    }

    /// <summary>Copies the database beside it and drops the oldest copies.</summary>
    internal static void BackUp(Session session, string path, int beforeStep, DateTimeOffset now)
    {
        var copy = $"{path}.before-{beforeStep}-{Stamp(now)}";
        Create(copy);
        session.Execute("VACUUM INTO @copy", ("@copy", copy));
        var copies = Directory.GetFiles(Path.GetDirectoryName(path)!, Path.GetFileName(path) + ".before-*");
        foreach (var old in copies.OrderByDescending(File.GetLastWriteTimeUtc).ThenDescending().Skip(BackupsKept))
            File.Delete(old);
    }

    private static IOrderedEnumerable<string> ThenDescending(this IOrderedEnumerable<string> paths) =>
        // Step 10 comes after step 9.
        paths.ThenByDescending(path => path.Length).ThenByDescending(path => path, StringComparer.Ordinal);

    private static Option<string> LostMainFile(string path) =>
        File.Exists(path + "-wal") && new FileInfo(path + "-wal").Length > 0
            ? Some("its main file is missing or empty, and its write-ahead log is not")
            : None;

    private static Option<string> Damage(string path)
    {
        try
        {
            using var session = Session.Open(path, CheckTimeoutSeconds);
            session.KeepFilesOnClose();
            // One row that breaks a rule is left out when it is read; it is no reason to give up all others.
            session.Execute("PRAGMA ignore_check_constraints = ON");
            var findings = session.Query("PRAGMA quick_check(3)", row => row.GetString(0));
            return findings is ["ok"] ? None : Some(string.Join("; ", findings));
        }
        catch (SqliteException error)
            when (error.SqliteErrorCode is SQLitePCL.raw.SQLITE_CORRUPT or SQLitePCL.raw.SQLITE_NOTADB)
        {
            return error.Message;
        }
    }

    private static string SetAside(string path, DateTimeOffset now)
    {
        var place = $"{path}.damaged-{Stamp(now)}";
        foreach (var end in Companions.Add("").Filter(end => File.Exists(path + end)))
            File.Move(path + end, place + end, overwrite: false);
        return place;
    }

    private static void Create(string path)
    {
        using var file = new FileStream(
            path,
            new FileStreamOptions
            {
                Mode = FileMode.OpenOrCreate,
                Access = FileAccess.Write,
                UnixCreateMode = OwnerOnly,
            }
        );
    }

    private static string Stamp(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyyMMdd'T'HHmmssfff'Z'", CultureInfo.InvariantCulture);
}
