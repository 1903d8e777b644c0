namespace Kennel.Shell;

/// <summary>A small file that every user may read, written for other services of this host.</summary>
internal static class DomainsFile
{
    private const int LengthMax = 1 << 20;
    private const UnixFileMode Mode =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    /// <summary>What it holds; none where there is no file, or one that is nothing of Kennel's making.</summary>
    public static Option<string> Read(string path)
    {
        var file = new FileInfo(path);
        return file.Exists && file.Length <= LengthMax ? File.ReadAllText(path) : None;
    }

    /// <summary>Writes it whole, beside its place first: who reads meanwhile sees the old one or the new one.</summary>
    public static void Write(string path, string text)
    {
        var beside = $"{path}.new";
        File.Delete(beside);
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        };
        using (var writer = new StreamWriter(beside, options))
        {
            writer.Write(text);
            writer.Flush();
            ((FileStream)writer.BaseStream).Flush(flushToDisk: true);
        }
        // The mask of the process does not apply here.
        File.SetUnixFileMode(beside, Mode);
        File.Move(beside, path, overwrite: true);
    }
}
