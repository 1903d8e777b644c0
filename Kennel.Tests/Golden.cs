namespace Kennel.Tests;

/// <summary>
/// Texts that people see, kept in the repository. KENNEL_ACCEPT=1 writes them anew; the difference is then reviewed
/// like any other change.
/// </summary>
public static class Golden
{
    /// <summary>The root of the working copy.</summary>
    public static string Repository { get; } = FindRepository(new DirectoryInfo(AppContext.BaseDirectory));

    /// <summary>Compares a text with the file that is kept, from the root of the working copy.</summary>
    public static void Holds(string path, string actual)
    {
        var file = Path.Combine(Repository, path);
        var text = actual.TrimEnd() + "\n";
        if (Environment.GetEnvironmentVariable("KENNEL_ACCEPT") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, text);
        }
        Assert.True(File.Exists(file), $"{path} is missing; run the test once with KENNEL_ACCEPT=1 and review it");
        Assert.Equal(File.ReadAllText(file), text);
    }

    private static string FindRepository(DirectoryInfo directory) =>
        File.Exists(Path.Combine(directory.FullName, "Kennel.sln"))
            ? directory.FullName
            : FindRepository(directory.Parent ?? throw new DirectoryNotFoundException("no Kennel.sln above the tests"));
}
