using Kennel.Core.Forge;

namespace Kennel.Tests.Forge;

public sealed class RepositoryAddressTests
{
    [Theory]
    [InlineData("https://git.example.org", "https://git.example.org/club/hello.git", "club/hello")]
    [InlineData("https://git.example.org", "https://GIT.example.org/club/hello", "club/hello")]
    [InlineData("https://git.example.org", "https://git.example.org:443/club/hello.git/", "club/hello")]
    [InlineData("https://git.example.org/forge", "https://git.example.org/forge/club/hello.js.git", "club/hello.js")]
    [InlineData("http://127.0.0.1:3001", "http://127.0.0.1:3001/club/hello.git", "club/hello")]
    [InlineData("https://git.example.org", "ssh://git@git.example.org:2222/club/hello.git", "club/hello")]
    [InlineData("https://git.example.org:8443", "git@git.example.org:club/hello.git", "club/hello")]
    public void A_clone_url_of_the_forge_leads_to_a_repository(string forge, string url, string expected) =>
        Assert.Equal(Some(expected), RepositoryAddress.On(forge, url).Map(it => $"{it.Owner}/{it.Name}"));

    [Theory]
    [InlineData("https://git.example.org", "https://other.example.org/club/hello.git")]
    [InlineData("https://git.example.org", "https://git.example.org.evil.example/club/hello.git")]
    [InlineData("https://git.example.org", "https://git.example.org:8443/club/hello.git")]
    [InlineData("https://git.example.org/forge", "https://git.example.org/forgery/club/hello.git")]
    [InlineData("https://git.example.org/forge", "https://git.example.org/club/hello.git")]
    [InlineData("https://git.example.org", "https://git.example.org/hello.git")]
    [InlineData("https://git.example.org", "https://git.example.org/a/b/c.git")]
    [InlineData("https://git.example.org", "https://git.example.org/club/..")]
    [InlineData("https://git.example.org", "git@other.example.org:club/hello.git")]
    [InlineData("https://git.example.org", "/srv/club/hello.git")]
    public void Any_other_clone_url_leads_nowhere(string forge, string url) =>
        Assert.Equal(None, RepositoryAddress.On(forge, url));
}
