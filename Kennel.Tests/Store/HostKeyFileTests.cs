using Kennel.Shell.Store;

namespace Kennel.Tests.Store;

public sealed class HostKeyFileTests : IDisposable
{
    private readonly DirectoryInfo directory = Directory.CreateTempSubdirectory("key");

    private string PathOfKey => Path.Combine(directory.FullName, "secrets", "host-key");

    public void Dispose() => directory.Delete(recursive: true);

    [Fact]
    public void The_same_purpose_gives_the_same_password_and_another_another()
    {
        var first = Password(new HostKeyFile(PathOfKey), "valkey one");

        Assert.Equal(first, Password(new HostKeyFile(PathOfKey), "valkey one"));
        Assert.NotEqual(first, Password(new HostKeyFile(PathOfKey), "valkey two"));
        Assert.Matches("^[0-9a-f]{64}$", first);
    }

    [Fact]
    public void The_key_is_for_Kennel_alone_and_nothing_else_is_left()
    {
        Password(new HostKeyFile(PathOfKey), "valkey one");

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(PathOfKey));
        Assert.Equal([PathOfKey], Directory.GetFiles(Path.GetDirectoryName(PathOfKey)!));
        Assert.Equal(32, new FileInfo(PathOfKey).Length);
    }

    [Fact]
    public async Task However_many_make_it_at_once_there_is_one_key()
    {
        var passwords = await Task.WhenAll(
            Enumerable.Range(0, 16).Select(_ => Task.Run(() => Password(new HostKeyFile(PathOfKey), "valkey one")))
        );

        Assert.Single(passwords.Distinct());
    }

    [Fact]
    public void A_key_that_was_cut_short_is_not_used()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(PathOfKey)!);
        File.WriteAllText(PathOfKey, "short");

        var problem = new HostKeyFile(PathOfKey).Password("valkey one");

        Assert.Contains("should have 32", problem.Match(_ => "", text => text), StringComparison.Ordinal);
        Assert.Equal("short", File.ReadAllText(PathOfKey));
    }

    [Fact]
    public void A_password_does_not_show_itself() =>
        Assert.Equal(
            "(secret)",
            new HostKeyFile(PathOfKey).Password("valkey one").Match(password => $"{password}", problem => problem)
        );

    private static string Password(HostKeyFile keys, string purpose) =>
        keys.Password(purpose).Match(password => password.RevealText().IfNone(""), problem => problem);
}
