using Kennel.Core.Domain;

namespace Kennel.Tests.Configuration;

public sealed class CloneUrlsTests
{
    private static readonly Seq<string> Protocols = Seq("https", "ssh");

    [Theory]
    [InlineData("https://git.example.org/club/hello.git")]
    [InlineData("https://git.example.org:3000/club/hello")]
    [InlineData("https://reader@git.example.org/club/hello.git")]
    [InlineData("ssh://git@git.example.org:2222/club/hello.git")]
    [InlineData("git@git.example.org:club/hello.git")]
    public void An_ordinary_clone_url_is_accepted(string url) =>
        Assert.True(CloneUrls.Check("url", url, Protocols).IsSuccess);

    [Theory]
    [InlineData("http://git.example.org/club/hello.git")]
    [InlineData("file:///srv/hello.git")]
    [InlineData("/srv/hello.git")]
    [InlineData("ext::sh -c whoami")]
    [InlineData("--upload-pack=whoami")]
    [InlineData("ssh://-oProxyCommand=whoami/hello")]
    [InlineData("git@-oProxyCommand:hello")]
    [InlineData("https://git.example.org/a b")]
    [InlineData("hello")]
    [InlineData("")]
    public void A_protocol_that_is_not_allowed_and_a_disguised_option_are_refused(string url) =>
        Assert.True(CloneUrls.Check("url", url, Protocols).IsFail);

    [Theory]
    [InlineData("file:///srv/hello.git")]
    [InlineData("/srv/hello.git")]
    public void A_repository_on_this_host_is_accepted_where_file_is_allowed(string url) =>
        Assert.True(CloneUrls.Check("url", url, Protocols.Add("file")).IsSuccess);

    [Fact]
    public void A_password_in_the_url_is_refused_and_not_repeated()
    {
        var problem = CloneUrls
            .Check("url", "https://me:hunter2@git.example.org/hello", Protocols)
            .Match(_ => "", problems => problems.Head().ToString());

        Assert.Contains("git.credentialsFile", problem);
        Assert.DoesNotContain("hunter2", problem);
    }
}
