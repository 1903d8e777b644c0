using Kennel.Core.Forge;

namespace Kennel.Tests.Forge;

public sealed class RelocationTests
{
    private static readonly ForgeRepository Moved = new(
        7,
        "Lab",
        "site.v2",
        "https://git.example.org/Lab/site.v2.git",
        None
    );

    [Theory]
    [InlineData("https://git.example.org/club/site.git", "https://git.example.org/Lab/site.v2.git")]
    [InlineData("https://git.example.org/club/site", "https://git.example.org/Lab/site.v2")]
    [InlineData("http://git.example.org:3000/club/site/", "http://git.example.org:3000/Lab/site.v2/")]
    [InlineData("ssh://git@git.example.org:2222/club/site.git", "ssh://git@git.example.org:2222/Lab/site.v2.git")]
    [InlineData("git@git.example.org:club/site.git", "git@git.example.org:Lab/site.v2.git")]
    public void Only_owner_and_name_change_when_a_repository_moves(string url, string moved) =>
        Assert.Equal(Some(moved), NewUrl(url, Moved));

    [Theory]
    [InlineData("https://git.example.org/lab/SITE.v2")]
    [InlineData("git@git.example.org:lab/site.v2.git")]
    public void A_repository_that_is_where_it_was_keeps_its_url(string url) => Assert.True(NewUrl(url, Moved).IsNone);

    [Theory]
    [InlineData("https://mirror.example.org/club/site.git")]
    [InlineData("https://git.example.org/git/club/site.git")]
    [InlineData("https://git.example.org/site.git")]
    [InlineData("/srv/club/site.git")]
    [InlineData("file:///srv/club/site.git")]
    [InlineData("nonsense")]
    public void What_is_elsewhere_or_on_this_machine_keeps_its_url(string url) =>
        Assert.True(NewUrl(url, Moved).IsNone);

    [Theory]
    [InlineData("..", "site")]
    [InlineData("lab", "..")]
    [InlineData("lab", "-site")]
    [InlineData("lab", "a b")]
    [InlineData("lab", "a?b")]
    public void A_name_that_no_repository_has_is_not_taken(string owner, string name) =>
        Assert.True(
            NewUrl(
                "https://git.example.org/club/site.git",
                new ForgeRepository(7, owner, name, $"https://git.example.org/{owner}/{name}.git", None)
            ).IsNone
        );

    [Fact]
    public void Below_a_path_the_forge_keeps_that_path() =>
        Assert.Equal(
            Some("https://example.org/git/lab/site"),
            NewUrl(
                "https://example.org/git/club/site",
                new ForgeRepository(7, "lab", "site", "https://example.org/git/lab/site.git", None)
            )
        );

    private static LanguageExt.Option<string> NewUrl(string url, ForgeRepository repository) =>
        Relocation.NewUrl(url, repository);
}
