using System.Text;
using Kennel.Core.Domain;
using Kennel.Core.Forge;
using Kennel.Core.Planning;
using static Kennel.Tests.Store.StoreOnTrial;

namespace Kennel.Tests.Forge;

public sealed class RecognitionTests
{
    private static readonly byte[] Body = Encoding.UTF8.GetBytes(Bodies.Push());

    [Theory]
    [InlineData("Forgejo")]
    [InlineData("Gitea")]
    [InlineData("Gogs")]
    [InlineData("GitHub")]
    public void Each_servers_headers_tell_event_and_delivery(string server) =>
        Assert.Equal(
            new DeliveryHeaders("push", "1f-2"),
            Must(Headers(($"X-{server}-Event", "push"), ($"X-{server}-Delivery", "1f-2")))
        );

    [Fact]
    public void The_first_servers_header_decides() =>
        Assert.Equal(
            new DeliveryHeaders("push", "2"),
            Must(
                Headers(
                    ("X-GitHub-Event", "ping"),
                    ("X-GitHub-Delivery", "1"),
                    ("X-Gitea-Event", "push"),
                    ("X-Gitea-Delivery", "2")
                )
            )
        );

    [Fact]
    public void Without_an_id_a_delivery_is_known_by_its_event_and_body()
    {
        var (one, again, other) = (
            Must(Headers(("X-Gitea-Event", "push"))),
            Must(Headers(("X-Gitea-Event", "push"), ("X-Gitea-Delivery", ""))),
            Must(Headers(("X-Gitea-Event", "create")))
        );

        Assert.Equal(one, again);
        Assert.NotEqual(one.Delivery, other.Delivery);
        Assert.StartsWith("sha256-", one.Delivery);
    }

    [Theory]
    [InlineData("", "1")]
    [InlineData("Push", "1")]
    [InlineData("push", "one two")]
    [InlineData("push", "x'; --")]
    public void Headers_that_are_no_names_are_refused(string name, string id) =>
        Assert.True(Headers(("X-Gitea-Event", name), ("X-Gitea-Delivery", id)).IsFail);

    [Theory]
    [InlineData("https://git.example.org/A/Hello.git")]
    [InlineData("https://git.example.org/a/hello/")]
    [InlineData("http://GIT.example.org:3000/a/hello")]
    [InlineData("https://someone@git.example.org/a/hello.git")]
    [InlineData("ssh://git@git.example.org:2222/a/hello.git")]
    [InlineData("git@git.example.org:a/hello.git")]
    public void One_repository_has_many_addresses(string url) =>
        Assert.Equal(
            new RepositoryLocation("git.example.org", "a/hello"),
            RepositoryLocation.Of(url).IfNone(() => null!)
        );

    [Theory]
    [InlineData("")]
    [InlineData("hello")]
    [InlineData("https://git.example.org/")]
    [InlineData("https://git.example.org")]
    public void What_names_no_repository_has_no_location(string url) => Assert.True(RepositoryLocation.Of(url).IsNone);

    [Fact]
    public void A_project_is_chosen_by_number_then_by_address()
    {
        var glance = new RepositoryGlance(7, Locations("https://git.example.org/a/hello"));
        var (numbered, unnumbered, renumbered, other) = (
            Project(4, "https://elsewhere.org/x/y.git", 7),
            Project(3, "git@git.example.org:a/hello.git", None),
            Project(2, "https://git.example.org/a/hello.git", 9),
            Project(1, "https://git.example.org/a/other.git", None)
        );

        Assert.Equal(numbered, ProjectChoice.Choose(Seq(other, renumbered, unnumbered, numbered), glance));
        Assert.Equal(unnumbered, ProjectChoice.Choose(Seq(unnumbered, renumbered, other), glance));
        Assert.Equal(renumbered, ProjectChoice.Choose(Seq(renumbered, other), glance));
        Assert.True(ProjectChoice.Choose(Seq1(other), glance).IsNone);
        Assert.True(ProjectChoice.Choose(Seq1(other), new RepositoryGlance(None, Seq<RepositoryLocation>())).IsNone);
    }

    [Theory]
    [InlineData("https://git.example.org/Club/site.git", true)]
    [InlineData("https://git.example.org/club/site", true)]
    [InlineData("https://git.example.org.evil.org/club/site.git", false)]
    [InlineData("https://git.example.org@evil.org/club/site.git", false)]
    [InlineData("https://git.example.org:444/club/site.git", false)]
    [InlineData("http://git.example.org/club/site.git", false)]
    [InlineData("https://git.example.org/mallory/site.git", false)]
    [InlineData("https://git.example.org/mallory/club/../site.git", false)]
    [InlineData("ssh://git@git.example.org/club/site.git", false)]
    [InlineData("/srv/git/club/site.git", false)]
    [InlineData("ext::sh -c club/site", false)]
    [InlineData("https://git.example.org/mallory/box/raw/branch/main/club/site", false)]
    [InlineData("https://git.example.org/mallory/../club/site.git", false)]
    [InlineData("https://git.example.org/club/sit%65.git", false)]
    [InlineData("https://git.example.org/club/site.git.git", false)]
    [InlineData("https://git.example.org:443/club/site.git", true)]
    public void Only_repositories_of_listed_owners_on_the_forge_register_themselves(string url, bool isAdmitted) =>
        Assert.Equal(
            isAdmitted,
            new ForgeSettings(Set("club"), "https://git.example.org/").Admits(
                new ForgeRepository(1, "Club", "site", url, None)
            )
        );

    [Fact]
    public void Nobody_who_is_not_listed_registers_a_repository() =>
        Assert.False(
            ForgeSettings.Default.Admits(
                new ForgeRepository(1, "club", "site", "https://git.example.org/club/site", None)
            )
        );

    [Theory]
    [InlineData("https://example.org/git/club/site.git", true)]
    [InlineData("https://example.org/club/site.git", false)]
    [InlineData("https://example.org/git/git/club/site.git", false)]
    public void A_forge_below_a_path_has_its_repositories_below_it(string url, bool isAdmitted) =>
        Assert.Equal(
            isAdmitted,
            new ForgeSettings(Set("club"), "https://example.org/git").Admits(
                new ForgeRepository(1, "club", "site", url, None)
            )
        );

    [Fact]
    public void Where_the_forge_is_not_known_nobody_registers_a_repository() =>
        Assert.False(
            new ForgeSettings(Set("club"), None).Admits(
                new ForgeRepository(1, "club", "site", "https://git.example.org/club/site", None)
            )
        );

    private static LanguageExt.Validation<Problem, DeliveryHeaders> Headers(params (string, string)[] headers) =>
        DeliveryHeaders.Read(SignatureTests.Headers(headers), Body);

    private static Seq<RepositoryLocation> Locations(string url) => RepositoryLocation.Of(url).ToSeq();

    private static ListeningProject Project(long id, string url, LanguageExt.Option<long> repository) =>
        new(new ProjectId(id), Must(ProjectName.Parse("", $"p{id}")), url, repository, None, IsRemoved: false);
}
