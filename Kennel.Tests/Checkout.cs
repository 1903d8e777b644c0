namespace Kennel.Tests;

/// <summary>The repository that these tests were built from.</summary>
internal static class Checkout
{
    private static readonly Lazy<string> Found = new(Find);

    /// <summary>Its directory.</summary>
    public static string Directory => Found.Value;

    /// <summary>The path of something in it.</summary>
    public static string Path(params string[] parts) => System.IO.Path.Combine([Directory, .. parts]);

    private static string Find()
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            if (File.Exists(System.IO.Path.Combine(at.FullName, "Kennel.sln")))
                return at.FullName;
        }
        throw new InvalidOperationException($"No Kennel.sln above {AppContext.BaseDirectory}.");
    }
}
