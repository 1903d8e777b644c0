using Kennel.Core.Domain;
using Kennel.Core.Manifest;
using Kennel.Tests.Views;

namespace Kennel.Tests.Manifest;

/// <summary>What a manifest says of the databases of pull requests.</summary>
public sealed class PreviewDatabaseTests
{
    [Theory]
    [InlineData("{}")]
    [InlineData("""{"preview":{}}""")]
    [InlineData("""{"preview":{"database":null}}""")]
    [InlineData("""{"preview":{"database":"empty"}}""")]
    public void A_preview_starts_with_nothing_unless_it_says_otherwise(string text) =>
        Assert.Equal(new PreviewDatabase.Empty(), Read(text));

    [Fact]
    public void A_preview_may_start_as_a_template_or_as_the_clone_of_a_branch()
    {
        Assert.Equal(
            new PreviewDatabase.Template(Scene.Sure(TemplateName.Parse("", "Shop_sample.2"))),
            Read("""{"preview":{"database":"template:Shop_sample.2"}}""")
        );
        Assert.Equal(
            new PreviewDatabase.CloneOf(Scene.Sure(BranchName.Parse("", "release/2.x"))),
            Read("""{"preview":{"database":"clone:release/2.x"}}""")
        );
    }

    [Theory]
    [InlineData("copy", "preview.database: got \"copy\"; expected empty, template:NAME or clone:BRANCH")]
    [InlineData("template:", "preview.database, after template:: got \"\"")]
    [InlineData("template:kennel_other_main", "does not begin with - or . or kennel_")]
    [InlineData("template:a\\\"b", "expected the name of a database")]
    [InlineData("clone:a..b", "preview.database, after clone:: got \"a..b\"; expected a git branch name")]
    public void Anything_else_is_told_with_what_is_allowed(string given, string expected) =>
        Assert.Contains(
            expected,
            ManifestReader
                .Read($$"""{"preview": {"database": "{{given}}" } }""")
                .Match(_ => "", problems => string.Join("; ", problems)),
            StringComparison.Ordinal
        );

    [Fact]
    public void What_else_stands_there_is_passed_over_and_told() =>
        Assert.Equal(
            Seq1("kennel.json: preview.cache is ignored: Kennel does not know it"),
            ManifestReader
                .Read("""{"preview":{"cache":"empty"}}""")
                .Match(read => read.Warnings, problems => Seq1(string.Join("; ", problems)))
        );

    [Theory]
    [InlineData("empty")]
    [InlineData("template:sample")]
    [InlineData("clone:dev")]
    public void What_is_written_is_read_again(string text) =>
        Assert.Equal(text, Scene.Sure(PreviewDatabase.Parse("", text)).ToString());

    private static PreviewDatabase Read(string text) => Scene.Sure(ManifestReader.Read(text)).Manifest.PreviewDatabase;
}
