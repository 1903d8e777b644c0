using Kennel.Shell;
using Kennel.Tests.Store;

namespace Kennel.Tests.Nix;

public sealed class DomainsFileTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private string File => Path.Combine(folder.Path, "custom-domains");

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Who_has_it_open_sees_the_old_one_to_its_end()
    {
        DomainsFile.Write(File, "a.example.net\n");
        using var reader = new StreamReader(File);
        DomainsFile.Write(File, "b.example.net\n");

        Assert.Equal("a.example.net\n", reader.ReadToEnd());
        Assert.Equal(Some("b.example.net\n"), DomainsFile.Read(File));
    }

    [Fact]
    public void Every_user_may_read_it_and_nothing_is_left_beside_it()
    {
        System.IO.File.WriteAllText(File + ".new", "half");
        DomainsFile.Write(File, "");

        Assert.Equal(
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead,
            System.IO.File.GetUnixFileMode(File)
        );
        Assert.Equal(["custom-domains"], Directory.EnumerateFiles(folder.Path).Select(Path.GetFileName));
    }

    [Fact]
    public void A_file_that_is_not_there_says_nothing() => Assert.Equal(None, DomainsFile.Read(File));
}
