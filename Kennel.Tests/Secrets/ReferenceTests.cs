using Kennel.Core.Secrets;
using static Kennel.Tests.Secrets.Specifications;

namespace Kennel.Tests.Secrets;

public sealed class ReferenceTests
{
    [Theory]
    [InlineData("shared/sccache")]
    [InlineData("shared/a/b.c")]
    [InlineData("secretspec/hello/prod/OTHER")]
    public void A_reference_may_lead_to_what_is_shared_and_to_the_projects_own(string item) =>
        Assert.Equal(
            [new SecretAddress(item, "token")],
            Planned(File($$"""{ "prod": { "A": { "ref": { "item": "{{item}}", "field": "token" } } } }"""))
                .Addresses.AsEnumerable()
        );

    [Theory]
    [InlineData("secretspec/other/prod/A")]
    [InlineData("secretspec/hello/dev/A")]
    [InlineData("secretspec/hello/prod")]
    [InlineData("shared")]
    [InlineData("sharedness/a")]
    [InlineData("other/a")]
    [InlineData("shared/../secretspec/other/prod/A")]
    [InlineData("shared/./a")]
    [InlineData("shared//a")]
    [InlineData("/shared/a")]
    [InlineData("shared/a/")]
    [InlineData("shared/%2e%2e/a")]
    [InlineData("shared/..%2fa")]
    [InlineData("shared/a?version=1")]
    [InlineData("shared/a#b")]
    [InlineData("shared\\..\\a")]
    [InlineData("shared/a\n")]
    [InlineData("")]
    public void A_reference_leads_nowhere_else(string item) =>
        Assert.Equal(
            ["secretspec.toml: profiles.prod.A.ref.item"],
            Wheres(Reference(System.Text.Json.JsonSerializer.Serialize(item), ", \"field\": \"token\""))
        );

    [Fact]
    public void The_field_must_be_said_and_nothing_that_other_stores_know() =>
        Assert.Equal(
            [
                "secretspec.toml: profiles.prod.A.ref.vault",
                "secretspec.toml: profiles.prod.A.ref.version",
                "secretspec.toml: profiles.prod.A.ref.field",
            ],
            Wheres(Reference("\"shared/a\"", ", \"vault\": \"v\", \"version\": \"1\""))
        );

    [Fact]
    public void Places_by_provider_do_not_apply() =>
        Assert.Equal(
            ["secretspec/hello/prod/A"],
            Planned(File("""{ "prod": { "A": { "refs": { "local": { "item": "other/a", "field": "x" } } } } }"""))
                .Addresses.Map(it => it.Path)
                .AsEnumerable()
        );

    [Fact]
    public void A_profile_may_keep_a_shared_secret_at_a_place_of_its_own() =>
        Assert.Equal(
            ["secretspec/hello/prod/A"],
            Planned(
                File(
                    """
                    {
                      "default": { "A": { "ref": { "item": "shared/a", "field": "x" } } },
                      "prod": { "A": { "refs": {} } }
                    }
                    """
                )
            )
                .Addresses.Map(it => it.Path)
                .AsEnumerable()
        );

    [Fact]
    public void Two_secrets_at_one_place_are_asked_for_once() =>
        Assert.Single(
            Planned(
                File(
                    """
                    {
                      "prod": {
                        "A": { "ref": { "item": "shared/a", "field": "x" } },
                        "B": { "ref": { "item": "shared/a", "field": "x" } }
                      }
                    }
                    """
                )
            ).Addresses
        );

    private static string Reference(string item, string more) =>
        File($$"""{ "prod": { "A": { "ref": { "item": {{item}}{{more}} } } } }""");

    private static IEnumerable<string> Wheres(string file) =>
        Plan(file, Prod).Match(_ => [], problems => problems.Map(it => it.Where).AsEnumerable());
}
