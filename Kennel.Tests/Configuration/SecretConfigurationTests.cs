using Kennel.Core.Configuration;
using Kennel.Core.Domain;
using Kennel.Core.Secrets;

namespace Kennel.Tests.Configuration;

public sealed class SecretConfigurationTests
{
    [Fact]
    public void A_host_that_says_nothing_has_no_store() => Assert.Equal(Option<StoreUri>.None, Read("{}").Store);

    [Fact]
    public void A_host_that_wants_secrets_has_the_usual_store() =>
        Assert.Equal(
            Some("https://secrets2.scottylabs.org"),
            Read("""{ "secrets": { "enable": true } }""").Store.Bind(it => it.Origin)
        );

    [Fact]
    public void What_is_written_is_what_holds()
    {
        var secrets = Read(
            """
            {
              "secrets": {
                "enable": true,
                "vaultEndpoint": "openbao://host/kv?auth=approle",
                "roleIdFile": "/run/secrets/role",
                "secretIdFile": "/run/secrets/proof",
                "profiles": { "prod": "production" },
                "shared": ["shared", "club/all"],
                "watch": true
              }
            }
            """
        );

        Assert.Equal(Some(StoreLogin.AppRole), secrets.Store.Bind(it => it.Login));
        Assert.Equal(new StoreFiles(None, "/run/secrets/role", "/run/secrets/proof"), secrets.Files);
        Assert.Equal("production", secrets.Rules.Profiles.Of(DeployEnvironment.Prod));
        Assert.Equal("preview", secrets.Rules.Profiles.Of(DeployEnvironment.Preview));
        Assert.Equal(Seq("shared", "club/all"), secrets.Rules.Shared);
        Assert.True(secrets.IsWatched);
    }

    [Theory]
    [InlineData("enable", "\"yes\"")]
    [InlineData("vaultEndpoint", "\"secrets.example.org\"")]
    [InlineData("vaultEndpoint", "null")]
    [InlineData("tokenFile", "\"token\"")]
    [InlineData("profiles", """{ "production": "prod" }""")]
    [InlineData("profiles", """{ "prod": "../dev" }""")]
    [InlineData("profiles", """{ "prod": "a", "prod": "b" }""")]
    [InlineData("shared", """["../secretspec"]""")]
    [InlineData("shared", "\"shared\"")]
    public void What_cannot_be_meant_is_refused(string key, string value) =>
        Assert.Contains(
            $"secrets.{key}",
            ConfigurationReader
                .Read("config.json", $$"""{ "secrets": { "{{key}}": {{value}} } }""")
                .Match(_ => "", problems => string.Join("; ", problems)),
            StringComparison.Ordinal
        );

    private static SecretConfiguration Read(string text) =>
        ConfigurationReader
            .Read("config.json", text)
            .Match(it => it.Secrets, problems => throw new InvalidOperationException(string.Join("; ", problems)));
}
