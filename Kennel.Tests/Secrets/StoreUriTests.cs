using Kennel.Core.Secrets;

namespace Kennel.Tests.Secrets;

public sealed class StoreUriTests
{
    [Theory]
    [InlineData("https://secrets.example.org", "OpenBao https://secrets.example.org secret v2 - - approle")]
    [InlineData("https://secrets.example.org:8200/", "OpenBao https://secrets.example.org:8200 secret v2 - - approle")]
    [InlineData("http://127.0.0.1:8200", "OpenBao http://127.0.0.1:8200 secret v2 - - approle")]
    [InlineData("openbao://secrets.example.org", "OpenBao https://secrets.example.org secret v2 - Token approle")]
    [InlineData("vault://[::1]:8200/kv/apps", "Vault https://[::1]:8200 kv/apps v2 - Token approle")]
    [InlineData(
        "openbao://club@host:8200/kv?auth=approle&kv=1&tls=false&auth_mount=machines/",
        "OpenBao http://host:8200 kv v1 club AppRole machines"
    )]
    [InlineData(
        "openbao://host/secret?auth=approle&kv=2&namespace=club/apps",
        "OpenBao https://host secret v2 club/apps AppRole approle"
    )]
    [InlineData("openbao://", "OpenBao - secret v2 - Token approle")]
    [InlineData("openbao:///kv", "OpenBao - kv v2 - Token approle")]
    public void The_address_of_a_store_is_read(string given, string shown) => Assert.Equal(shown, Shown(given));

    [Theory]
    [InlineData("")]
    [InlineData("secrets.example.org")]
    [InlineData("ftp://host")]
    [InlineData("https://")]
    [InlineData("https://host/secret")]
    [InlineData("https://host?auth=approle")]
    [InlineData("openbao://host?auth=jwt")]
    [InlineData("openbao://host?auth=magic")]
    [InlineData("openbao://host?auth_mount=machines")]
    [InlineData("openbao://host?auth=approle&auth_mount=..")]
    [InlineData("openbao://host?field=value")]
    [InlineData("openbao://host?kv=3")]
    [InlineData("openbao://host?kv=1&kv=2")]
    [InlineData("openbao://host/../sys")]
    [InlineData("openbao://user:swordfish@host")]
    public void What_is_no_such_address_is_refused(string given) =>
        Assert.DoesNotContain("OpenBao", Shown(given).Split(';')[0], StringComparison.Ordinal);

    [Fact]
    public void A_password_that_was_written_there_is_not_shown() =>
        Assert.DoesNotContain("swordfish", Shown("openbao://user:swordfish@host"), StringComparison.Ordinal);

    private static string Shown(string given) =>
        StoreUri
            .Parse("secrets.vaultEndpoint", given)
            .Match(
                it =>
                    $"{it.Product} {it.Origin.IfNone("-")} {it.Mount} {(it.IsVersioned ? "v2" : "v1")} "
                    + $"{it.Namespace.IfNone("-")} {it.Login.Match(how => $"{how}", () => "-")} {it.LoginMount}",
                problems => string.Join(", ", problems)
            );
}
