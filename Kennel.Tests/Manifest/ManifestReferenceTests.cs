using Kennel.Core.Manifest;

namespace Kennel.Tests.Manifest;

public sealed class ManifestReferenceTests
{
    private const string Start = "```json\n";

    [Fact]
    public void The_example_in_the_reference_is_read_and_only_the_seed_is_not_used() =>
        ManifestReader
            .Read(Example())
            .Match(
                read => Assert.Contains("seed", Assert.Single(read.Warnings), StringComparison.Ordinal),
                problems => Assert.Fail(string.Join("; ", problems))
            );

    private static string Example()
    {
        var page = File.ReadAllText(Checkout.Path("docs", "reference", "manifest.md"));
        var start = page.IndexOf(Start, StringComparison.Ordinal) + Start.Length;
        return page[start..page.IndexOf("```", start, StringComparison.Ordinal)];
    }
}
