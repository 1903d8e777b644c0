using Kennel.Core.Secrets;
using static Kennel.Tests.Secrets.Specifications;

namespace Kennel.Tests.Secrets;

public sealed class ExtensionTests
{
    [Fact]
    public void The_file_that_extends_has_the_last_word() =>
        Assert.Equal(["A=upper", "B=lower"], Resolved(Plan(Upper("common"), ("common/secretspec.toml", Lower))));

    [Fact]
    public void An_entry_is_replaced_as_a_whole()
    {
        var plan = Plan(
            File("""{ "prod": { "A": { "description": "no default here" } } }""", """, "extends": ["common"] """),
            ("common/secretspec.toml", Lower)
        );

        Assert.Equal(["A is required and not at secretspec/hello/prod/A"], Faults(plan));
    }

    [Fact]
    public void The_defaults_of_profiles_are_laid_over_each_other_field_by_field() =>
        Assert.Equal(
            ["A=lower"],
            Resolved(
                Plan(
                    File(
                        """{ "prod": { "defaults": { "inherit": false }, "A": { } } }""",
                        """, "extends": ["x.toml"] """
                    ),
                    ("x.toml", File("""{ "prod": { "defaults": { "default": "lower" } }, "default": { "C": {} } }"""))
                )
            )
        );

    [Theory]
    [InlineData("common", "common/secretspec.toml")]
    [InlineData("./common/", "common/secretspec.toml")]
    [InlineData("common/x.toml", "common/x.toml")]
    [InlineData("a/../b", "b/secretspec.toml")]
    public void What_is_extended_is_a_file_or_the_file_in_a_directory(string given, string path) =>
        Assert.Equal(
            [path],
            SecretSpecification
                .Extended(SecretFilePath.Root, File("""{ "p": {} }""", $$""", "extends": ["{{given}}"]"""))
                .Match(it => it.AsEnumerable(), _ => [])
        );

    [Theory]
    [InlineData("..")]
    [InlineData("../other")]
    [InlineData("a/../../other")]
    [InlineData("/etc")]
    [InlineData("")]
    [InlineData("a\\b")]
    public void What_is_outside_of_the_checkout_is_refused(string given) =>
        Assert.Equal(
            ["secretspec.toml: project.extends[0]"],
            SecretSpecification
                .Extended(
                    SecretFilePath.Root,
                    File("""{ "p": {} }""", $$""", "extends": [{{System.Text.Json.JsonSerializer.Serialize(given)}}]""")
                )
                .Match(_ => [], problems => problems.Map(it => it.Where).AsEnumerable())
        );

    [Fact]
    public void A_file_below_may_extend_one_beside_it_or_above_it() =>
        Assert.Equal(
            ["b/secretspec.toml", "secretspec.toml"],
            SecretSpecification
                .Extended("a/secretspec.toml", File("""{ "p": {} }""", """, "extends": ["../b", ".."]"""))
                .Match(it => it.AsEnumerable(), problems => problems.Map(it => it.ToString()).AsEnumerable())
        );

    [Fact]
    public void A_circle_is_told() =>
        Assert.Equal(
            [
                "common/secretspec.toml: project.extends: got \"secretspec.toml → common/secretspec.toml → secretspec.toml\"; "
                    + "expected files that do not extend each other in a circle",
            ],
            Problems(
                SecretSpecification.Read(
                    Files(
                        ("secretspec.toml", Upper("common")),
                        ("common/secretspec.toml", File("""{ "p": {} }""", """, "extends": [".."]"""))
                    )
                )
            )
        );

    [Fact]
    public void A_file_that_is_not_there_is_told() =>
        Assert.Equal(
            ["common/secretspec.toml: got \"nothing\"; expected a file of the repository, for another one extends it"],
            Problems(Read(Upper("common")))
        );

    [Fact]
    public void A_file_may_be_reached_in_two_ways() =>
        Assert.Equal(
            ["A=upper", "B=lower"],
            Resolved(
                Plan(
                    Upper("left", "right"),
                    ("left/secretspec.toml", File("""{ "p": {} }""", """, "extends": ["../common"]""")),
                    ("right/secretspec.toml", File("""{ "p": {} }""", """, "extends": ["../common"]""")),
                    ("common/secretspec.toml", Lower)
                )
            )
        );

    private static string Lower => File("""{ "prod": { "A": { "default": "lower" }, "B": { "default": "lower" } } }""");

    private static string Upper(params string[] extends) =>
        File(
            """{ "prod": { "A": { "default": "upper" } } }""",
            $", \"extends\": [{string.Join(", ", extends.Select(it => $"\"{it}\""))}]"
        );

    private static SecretPlan Plan(string root, params (string Path, string Json)[] files) =>
        SecretSpecification
            .Read(Files([(SecretFilePath.Root, root), .. files]))
            .Bind(it => SecretPlanning.Plan(it, new SecretTerms(Prod, Seq<string>(), Map<string, string>())))
            .Match(it => it, problems => throw new InvalidOperationException(string.Join("; ", problems)));
}
