using System.Reflection;
using System.Runtime.InteropServices;
using SQLitePCL;

namespace Kennel.Shell.Store;

/// <summary>Uses the SQLite library of the distribution, which is patched with it.</summary>
internal static class SystemSqlite
{
    private const string FileName = "libsqlite3.so.0";

    private static readonly Lazy<bool> Loaded = new(Load);

    /// <summary>Must be called before the first connection is made; further calls do nothing.</summary>
    internal static void Use() => _ = Loaded.Value;

    private static bool Load()
    {
        NativeLibrary.SetDllImportResolver(typeof(SQLite3Provider_e_sqlite3).Assembly, Resolve);
        try
        {
            raw.SetProvider(new SQLite3Provider_e_sqlite3());
            return true;
        }
        catch (DllNotFoundException error)
        {
            throw new StoreException(
                $"SQLite is missing: {FileName} was not found. Install the package libsqlite3-0 (Debian, Ubuntu).",
                error
            );
        }
    }

    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? path) =>
        name == "e_sqlite3" && NativeLibrary.TryLoad(FileName, assembly, path, out var handle) ? handle : 0;
}
