using static Kennel.Tests.Secrets.Specifications;

namespace Kennel.Tests.Secrets;

public sealed class SpecificationTests
{
    private const string Guide = """
        {
          "project": { "name": "my-project" },
          "secrets": {
            "JWT_SECRET": { "description": "JWT signing key", "required": true },
            "STRIPE_KEY": { "description": "Stripe API key", "required": true }
          },
          "profiles": { "preview": { "STRIPE_KEY": { "description": "Stripe test key", "required": false } } }
        }
        """;

    [Fact]
    public void The_form_in_the_guide_is_read()
    {
        Assert.Equal(["JWT_SECRET=j"], Resolved(Planned(Guide, "preview"), ("JWT_SECRET", "j")));
        Assert.Equal(
            [
                "JWT_SECRET is required and not at secretspec/hello/prod/JWT_SECRET",
                "STRIPE_KEY is required and not at secretspec/hello/prod/STRIPE_KEY",
            ],
            Faults(Planned(Guide))
        );
    }

    [Fact]
    public void Where_both_forms_are_mixed_the_newer_one_wins() =>
        Assert.Equal(
            ["A=new", "B=old"],
            Resolved(
                Planned(
                    """
                    {
                      "project": { "name": "x" },
                      "secrets": { "A": { "default": "old" }, "B": { "default": "old" } },
                      "profiles": { "default": { "A": { "default": "new" } } }
                    }
                    """
                )
            )
        );

    [Theory]
    [InlineData("{}", "secretspec.toml: project")]
    [InlineData("""{ "project": {}, "profiles": { "default": {} } }""", "secretspec.toml: project.name")]
    [InlineData("""{ "project": { "name": " " }, "profiles": { "default": {} } }""", "secretspec.toml: project.name")]
    [InlineData(
        """{ "project": { "name": "x", "revision": "2.0" }, "profiles": { "default": {} } }""",
        "secretspec.toml: project.revision"
    )]
    [InlineData("""{ "project": { "name": "x" } }""", "secretspec.toml: profiles")]
    [InlineData("""{ "project": { "name": "x" }, "profiles": { "p": { "A": 1 } } }""", "secretspec.toml: profiles.p.A")]
    [InlineData(
        """{ "project": { "name": "x" }, "profiles": { "p": { "1A": {} } } }""",
        "secretspec.toml: profiles.p.1A"
    )]
    [InlineData(
        """{ "project": { "name": "x" }, "profiles": { "p": { "A": { "required": { } } } } }""",
        "secretspec.toml: profiles.p.A.required"
    )]
    [InlineData(
        """{ "project": { "name": "x" }, "profiles": { "p": { "A": { "ref": { "item": "a", "other": "b" } } } } }""",
        "secretspec.toml: profiles.p.A.ref.other"
    )]
    [InlineData(
        """{ "project": { "name": "x" }, "profiles": { "p": { "A": { "ref": { "item": "a" }, "refs": {} } } } }""",
        "secretspec.toml: profiles.p.A"
    )]
    [InlineData(
        """{ "project": { "name": "x" }, "profiles": { "p": { "A": { "composed": "${B}", "default": "b" } } } }""",
        "secretspec.toml: profiles.p.A"
    )]
    [InlineData(
        """{ "project": { "name": "x" }, "profiles": { "p": { "A": { "encoding": "rot13" } } } }""",
        "secretspec.toml: profiles.p.A.encoding"
    )]
    public void What_is_wrong_is_named(string file, string where) =>
        Assert.Equal(
            where,
            Assert.Single(Read(file).Match(_ => [], problems => problems.Map(it => it.Where).AsEnumerable()))
        );

    [Fact]
    public void All_that_is_wrong_is_told_at_once() =>
        Assert.Equal(
            3,
            Problems(Read("""{ "project": { "revision": "9" }, "profiles": { "p": { "A": { "as_path": "yes" } } } }"""))
                .Count()
        );

    [Fact]
    public void What_secretspec_passes_over_is_passed_over() =>
        Assert.Empty(
            Problems(
                Plan(
                    """
                    {
                      "project": { "name": "x", "revision": "1.0", "require_reason": true },
                      "providers": { "local": "dotenv://.env", "it": { "uri": "exec://rm" } },
                      "scopes": { "s": ["A"] },
                      "unknown": { "a": 1 },
                      "profiles": {
                        "prod": { "A": { "providers": ["local"], "prompt": "?", "type": "hex", "generate": true, "new": 1 } }
                      }
                    }
                    """,
                    Prod
                )
            )
        );

    [Fact]
    public void What_would_be_generated_or_asked_for_is_simply_not_there() =>
        Assert.Equal(
            ["A is required and not at secretspec/hello/prod/A"],
            Faults(Planned(File("""{ "prod": { "A": { "type": "command", "generate": { "command": "id" } } } }""")))
        );

    [Theory]
    [InlineData("PORT")]
    [InlineData("PATH")]
    [InlineData("HOME")]
    [InlineData("LD_PRELOAD")]
    [InlineData("LISTEN_FDS")]
    [InlineData("KENNEL_URL")]
    public void Names_of_the_loader_and_of_Kennel_are_refused(string name) =>
        Assert.Equal(
            [
                $"secretspec.toml: profiles.prod.{name}: got \"{name}\"; "
                    + "expected a name that neither Kennel, the service manager nor the loader sets or obeys",
            ],
            Problems(Plan(File($$"""{ "prod": { "{{name}}": {} } }"""), Prod))
        );

    [Fact]
    public void A_refused_name_in_a_profile_that_is_not_used_harms_nobody() =>
        Assert.Empty(Problems(Plan(File("""{ "dev": { "PORT": { "default": "3000" } }, "prod": {} }"""), Prod)));

    [Fact]
    public void The_defaults_of_a_profile_are_no_secret() =>
        Assert.Empty(Planned(File("""{ "prod": { "defaults": { "required": false } } }""")).Secrets);

    [Fact]
    public void A_file_that_is_too_long_is_not_read() =>
        Assert.Single(Problems(Read(File($$"""{ "p": { "A": { "default": "{{new string('a', 600_000)}}" } } }"""))));
}
