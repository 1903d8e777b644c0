using Kennel.Core.Domain;
using Kennel.Core.Manifest;

namespace Kennel.Tests.Manifest;

public sealed class PrimaryTests
{
    [Theory]
    [InlineData("""{"services":{"api":{}},"sites":{"docs":{},"web":{}}}""", "api")]
    [InlineData("""{"sites":{"docs":{}}}""", "docs")]
    [InlineData("""{"services":{"api":{},"shop":{}}}""", "shop")]
    [InlineData("""{"services":{"api":{},"web":{"primary":true}}}""", "web")]
    [InlineData("""{"sites":{"a":{},"b":{"primary":true}}}""", "b")]
    [InlineData("""{"services":{"api":{},"web":{}}}""", null)]
    [InlineData("{}", null)]
    public void The_primary_is_the_only_service_or_site_or_named_like_the_project_or_marked(
        string text,
        string? primary
    ) =>
        Assert.Equal(
            primary is null ? Option<string>.None : Some(primary),
            ManifestReader.Read(text).Map(read => Primary.Of(read.Manifest, Shop).Map(name => name.Value)).IfFail(None)
        );

    private static ProjectName Shop =>
        ProjectName.Parse("test", "shop").Match(name => name, _ => throw new InvalidOperationException());
}
