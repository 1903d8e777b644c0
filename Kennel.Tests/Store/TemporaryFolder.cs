namespace Kennel.Tests.Store;

/// <summary>A folder of its own that goes with the test.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    internal string Path { get; } = Directory.CreateTempSubdirectory("kennel-store-").FullName;

    internal string Database => System.IO.Path.Combine(Path, "kennel.db");

    internal string[] Files(string pattern) => Directory.GetFiles(Path, pattern).Order().ToArray();

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
