using System.Runtime.InteropServices;

namespace Kennel.Shell.Caddy;

/// <summary>Files that every user may read, whatever the mask of the process; none is ever seen half written.</summary>
internal static partial class ReadableFiles
{
    private const UnixFileMode ReadAll = UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
    private const UnixFileMode PassAll =
        UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    /// <summary>Makes a directory, if there is none.</summary>
    public static void CreateDirectory(string path)
    {
        if (!Directory.Exists(path))
        {
            Directory.CreateDirectory(path);
            File.SetUnixFileMode(path, ReadAll | PassAll | UnixFileMode.UserWrite);
        }
    }

    /// <summary>Writes a file and the directory that it is in, unless it is there: its name tells its content.</summary>
    public static void Write(string path, string text)
    {
        if (File.Exists(path))
            return;
        CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText($"{path}.new", text);
        File.SetUnixFileMode($"{path}.new", ReadAll | UnixFileMode.UserWrite);
        File.Move($"{path}.new", path, overwrite: true);
    }

    /// <summary>Makes a link lead elsewhere, in one step.</summary>
    public static void Link(string path, string target)
    {
        if (new FileInfo(path).LinkTarget == target)
            return;
        File.Delete($"{path}.new");
        File.CreateSymbolicLink($"{path}.new", target);
        // File.Move follows links to directories.
        if (Rename($"{path}.new", path) != 0)
            throw new IOException($"{path}: {Marshal.GetLastPInvokeErrorMessage()}");
    }

    [LibraryImport("libc", EntryPoint = "rename", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Rename(string from, string to);
}
