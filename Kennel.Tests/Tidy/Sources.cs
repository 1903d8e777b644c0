namespace Kennel.Tests.Tidy;

/// <summary>One source file of this repository.</summary>
/// <param name="Path">Its path from the root of the repository.</param>
/// <param name="Lines">Its lines.</param>
internal sealed record SourceFile(string Path, IReadOnlyList<string> Lines)
{
    /// <summary>Its whole text.</summary>
    public string Text => string.Join('\n', Lines);
}

/// <summary>The source files of this repository, without what builds leave.</summary>
internal static class Sources
{
    private static readonly string[] Built = ["bin", "obj", "artifacts", ".git", "TestResults"];

    /// <summary>All C# files.</summary>
    public static IReadOnlyList<SourceFile> Code { get; } =
        Read("").Where(file => file.Path.EndsWith(".cs", StringComparison.Ordinal)).ToList();

    /// <summary>All files below a folder; of the whole repository for an empty one.</summary>
    public static IEnumerable<SourceFile> Read(string folder) =>
        Files(new DirectoryInfo(Checkout.Path(folder)))
            .Select(file => new SourceFile(
                Path.GetRelativePath(Checkout.Directory, file.FullName),
                File.ReadAllLines(file.FullName)
            ));

    /// <summary>The text of all C# files below a folder.</summary>
    public static string Text(string folder) =>
        string.Join(
            '\n',
            Code.Where(file => file.Path.StartsWith(folder, StringComparison.Ordinal)).Select(file => file.Text)
        );

    /// <summary>All folders, by their path from the root.</summary>
    public static IEnumerable<string> Folders() =>
        Folders(new DirectoryInfo(Checkout.Directory))
            .Select(folder => Path.GetRelativePath(Checkout.Directory, folder.FullName));

    private static IEnumerable<FileInfo> Files(DirectoryInfo folder) =>
        folder.EnumerateFiles().Concat(Folders(folder).SelectMany(inner => inner.EnumerateFiles()));

    private static IEnumerable<DirectoryInfo> Folders(DirectoryInfo folder) =>
        folder
            .EnumerateDirectories()
            .Where(inner => !Built.Contains(inner.Name, StringComparer.Ordinal))
            .SelectMany(inner => Folders(inner).Prepend(inner));
}
