using static Kennel.Tests.Secrets.Specifications;

namespace Kennel.Tests.Secrets;

public sealed class CompositionTests
{
    [Theory]
    [InlineData("postgres://${USER_NAME}:${B}@db", "postgres://u:b@db")]
    [InlineData("$$${B}", "$b")]
    [InlineData("$${B}${B}", "${B}b")]
    [InlineData("a{2,4} $HOME ${B}${B}", "a{2,4} $HOME bb")]
    public void A_secret_is_made_of_others(string template, string value) =>
        Assert.Contains($"A={value}", Resolved(Planned(Composed(template)), ("USER_NAME", "u"), ("B", "b")));

    [Theory]
    [InlineData("no reference")]
    [InlineData("${lower}")]
    [InlineData("${B:-x}")]
    [InlineData("${B")]
    [InlineData("${}")]
    [InlineData("${B} ${1A}")]
    [InlineData("${B} $$${_A}")]
    [InlineData("${B${B}}")]
    public void A_template_that_means_something_else_is_refused(string template) =>
        Assert.Single(Problems(Read(Composed(template))));

    [Fact]
    public void A_value_that_is_put_in_is_not_read_again() =>
        Assert.Contains("A=${B}$$", Resolved(Planned(Composed("${B}")), ("B", "${B}$$"), ("USER_NAME", "")));

    [Fact]
    public void What_is_made_may_be_made_of_what_is_made() =>
        Assert.Contains(
            "A=<[b]>",
            Resolved(
                Planned(
                    File("""{ "prod": { "A": { "composed": "<${M}>" }, "M": { "composed": "[${B}]" }, "B": {} } }""")
                ),
                ("B", "b")
            )
        );

    [Fact]
    public void Without_its_parts_it_is_not_there()
    {
        const string Optional = """
            { "prod": { "A": { "composed": "${B}", "required": false }, "B": { "required": false } } }
            """;

        Assert.Empty(Resolved(Planned(File(Optional))));
        Assert.Equal(
            ["A is required and made of B, which is not there"],
            Faults(Planned(File(Optional.Replace(", \"required\": false }, \"B", "}, \"B", StringComparison.Ordinal))))
        );
    }

    [Fact]
    public void It_is_made_of_declared_secrets_only() =>
        Assert.Equal(
            ["secretspec.toml: profiles.prod.A.composed: got \"C\"; expected the name of a secret of the profile"],
            Problems(Plan(File("""{ "prod": { "A": { "composed": "${C}" } } }"""), Prod))
        );

    [Fact]
    public void Nothing_is_made_of_itself() =>
        Assert.Equal(
            [
                "secretspec.toml: profiles.prod.A.composed: got \"A\"; expected secrets that are not made of this one themselves",
                "secretspec.toml: profiles.prod.B.composed: got \"B\"; expected secrets that are not made of this one themselves",
            ],
            Problems(Plan(File("""{ "prod": { "A": { "composed": "${B}" }, "B": { "composed": "${A}" } } }"""), Prod))
        );

    [Fact]
    public void What_is_made_has_no_inherited_default() =>
        Assert.Single(
            Problems(
                Plan(
                    File(
                        """{ "default": { "A": { "default": "d" }, "B": {} }, "prod": { "A": { "composed": "${B}" } } }"""
                    ),
                    Prod
                )
            )
        );

    [Fact]
    public void A_hundred_steps_of_two_parts_each_are_made_in_no_time()
    {
        var steps = Enumerable
            .Range(1, 100)
            .Select(step =>
                $$"""  "S{{step}}": { "composed": "${S{{step - 1}}}${T{{step - 1}}}" }, "T{{step}}": { "composed": "${S{{step - 1}}}${T{{step - 1}}}" } """
            );
        var plan = Planned(
            File(
                $$"""{ "prod": { "S0": { "default": "" }, "T0": { "default": "" }, {{string.Join(", ", steps.Take(99))}} } }"""
            )
        );

        Assert.Contains("S99=", Resolved(plan));
    }

    [Fact]
    public void What_grows_beyond_all_measure_is_a_fault()
    {
        var steps = Enumerable
            .Range(1, 40)
            .Select(step => $$""" "S{{step}}": { "composed": "${S{{step - 1}}}${S{{step - 1}}}", "as_path": true }""");

        Assert.Contains(
            "the secrets are longer than 1048576 bytes in all",
            Faults(Planned(File($$"""{ "prod": { "S0": { "default": "x" }, {{string.Join(", ", steps)}} } }""")))
        );
    }

    private static string Composed(string template) =>
        File(
            $$$"""{ "prod": { "A": { "composed": "{{{template}}}" }, "B": {}, "USER_NAME": { "required": false } } }"""
        );
}
