using Kennel.Core.Domain;
using Kennel.Core.Secrets;
using static Kennel.Tests.Secrets.Specifications;

namespace Kennel.Tests.Secrets;

public sealed class InheritanceTests
{
    private const string Default = """ "default": { "A": { "description": "a", "required": true } } """;

    [Fact]
    public void A_default_of_the_whole_profile_counts_for_each_of_its_secrets()
    {
        var names = string.Join(',', Range(1, 200).Select(n => $"\"X{n}\": {{}}"));
        string Profile(int length) =>
            File($"{{ \"prod\": {{ \"defaults\": {{ \"default\": \"{new string('d', length)}\" }}, {names} }} }}");

        Assert.Empty(Problems(Plan(Profile(600), Prod)));
        Assert.Equal(
            [
                "secretspec.toml: profiles.prod: got \"200000 bytes of defaults and templates in all\"; expected at most 131072",
            ],
            Problems(Plan(Profile(1000), Prod))
        );
    }

    [Fact]
    public void What_a_plan_may_be_can_be_read_again()
    {
        var names = string.Join(',', Range(1, 200).Select(n => $"\"{new string('X', 120)}{n}\": {{}}"));
        var plan = Planned(
            File(
                $"{{ \"prod\": {{ \"defaults\": {{ \"default\": \"{string.Concat(Enumerable.Repeat("\\u0001", 650))}\" }}, {names} }} }}"
            )
        );
        var secrets = ReleaseSecrets.Of(plan, Map<SecretAddress, SecretAnswer>());

        Assert.Equal(Some(secrets), ReleaseSecretsText.Read(ReleaseSecretsText.Write(secrets)));
    }

    [Fact]
    public void A_secret_of_the_default_profile_is_looked_for_under_the_profile_of_the_branch() =>
        Assert.Equal(
            [new SecretAddress("secretspec/hello/prod/A", "value")],
            Planned(File($$"""{ {{Default}}, "prod": {} }""")).Addresses.AsEnumerable()
        );

    [Fact]
    public void A_project_reads_below_its_own_name_whatever_its_file_calls_it() =>
        Assert.All(
            Planned(File($$"""{ {{Default}} }""")).Addresses,
            address => Assert.StartsWith("secretspec/hello/", address.Path, StringComparison.Ordinal)
        );

    [Fact]
    public void Each_field_comes_from_the_profile_itself_then_from_the_default_one()
    {
        var plan = Planned(
            File(
                """
                {
                  "default": { "A": { "default": "low", "as_path": true, "encoding": "hex" } },
                  "prod": { "A": { "default": "high", "encoding": "base64" } }
                }
                """
            )
        );

        var secret = Assert.Single(plan.Secrets);
        Assert.Equal(
            (Some("high"), Some(SecretEncoding.Base64), true),
            (secret.Default, secret.Encoding, secret.AsPath)
        );
    }

    [Fact]
    public void The_defaults_of_a_profile_come_last()
    {
        var file = File(
            """
            {
              "default": { "A": { "required": true }, "B": {} },
              "ci": { "defaults": { "required": false } }
            }
            """
        );

        Assert.Equal(["A is required and not at secretspec/hello/ci/A"], Faults(Planned(file, "ci")));
    }

    [Fact]
    public void The_defaults_of_the_default_profile_are_for_that_one_alone()
    {
        var file = File("""{ "default": { "defaults": { "required": false }, "A": {} }, "prod": {} }""");

        Assert.Empty(Resolved(Planned(file, "default")));
        Assert.Equal(["A is required and not at secretspec/hello/prod/A"], Faults(Planned(file)));
    }

    [Fact]
    public void A_profile_that_does_not_inherit_has_only_its_own() =>
        Assert.Equal(
            ["B"],
            Planned(File($$"""{ {{Default}}, "prod": { "defaults": { "inherit": false }, "B": {} } }"""))
                .Secrets.Map(it => it.Name.Value)
                .AsEnumerable()
        );

    [Fact]
    public void A_secret_must_be_there_unless_it_says_otherwise_or_has_a_default() =>
        Assert.Equal(
            ["A is required and not at secretspec/hello/prod/A"],
            Faults(Planned(File("""{ "prod": { "A": {}, "B": { "required": false }, "C": { "default": "c" } } }""")))
        );

    [Fact]
    public void An_inherited_default_does_for_a_secret_that_is_required() =>
        Assert.Equal(
            ["A=d"],
            Resolved(
                Planned(File("""{ "default": { "A": { "default": "d" } }, "prod": { "A": { "required": true } } }"""))
            )
        );

    [Fact]
    public void What_is_required_and_has_a_default_in_one_entry_is_refused() =>
        Assert.Equal(
            [
                "secretspec.toml: profiles.prod.A: got \"required = true and a default\"; "
                    + "expected one of them: with a default it is always there",
            ],
            Problems(Read(File("""{ "prod": { "A": { "required": true, "default": "d" } } }""")))
        );

    [Fact]
    public void A_profile_that_is_not_declared_has_the_secrets_of_the_default_one() =>
        Assert.Equal(
            ["secretspec/hello/staging/A"],
            Planned(File($$"""{ {{Default}} }"""), "staging").Addresses.Map(it => it.Path).AsEnumerable()
        );

    [Fact]
    public void Without_either_profile_the_one_that_is_wanted_is_named() =>
        Assert.Equal(
            [
                "secretspec.toml: profiles: got \"dev, prod\"; "
                    + "expected a profile called preview, or one called default from which it inherits",
            ],
            Problems(Plan(File("""{ "prod": { "A": {} }, "dev": { "A": {} } }"""), Of("preview")))
        );

    [Fact]
    public void Groups_are_inherited_as_a_whole()
    {
        var plan = Planned(
            File(
                """
                {
                  "default": {
                    "A": { "required": { "at_least_one": "g" } },
                    "B": { "required": { "at_least_one": "g" } }
                  },
                  "prod": { "A": { "description": "still of the group" } }
                }
                """
            )
        );

        Assert.Equal(["one of A, B is required and none is there"], Faults(plan));
        Assert.Equal(["B=b"], Resolved(plan, ("B", "b")));
    }

    [Theory]
    [InlineData("main", "prod")]
    [InlineData("staging", "staging")]
    [InlineData("dev", "dev")]
    [InlineData("feature/x", "dev")]
    [InlineData("pr-42", "dev")]
    [InlineData("#42", "preview")]
    public void The_profile_follows_from_the_branch(string branch, string profile)
    {
        var parsed = Branch.Parse("", branch).Match(it => it, _ => throw new InvalidOperationException());
        var main = BranchName.Parse("", "main").Match(it => it, _ => throw new InvalidOperationException());

        Assert.Equal(profile, SecretProfiles.Usual.Of(DeployEnvironments.Of(parsed, main)));
    }

    [Fact]
    public void The_host_may_call_profiles_otherwise() =>
        Assert.Equal(
            "production",
            new SecretProfiles(Map((DeployEnvironment.Prod, "production"))).Of(DeployEnvironment.Prod)
        );
}
