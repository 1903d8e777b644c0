using Kennel.Core.Manifest;

namespace Kennel.Tests.Manifest;

public sealed class ManifestReferenceTests
{
    private const string Start = "```json\n";

    [Fact]
    public void The_example_in_the_reference_is_read_and_nothing_of_it_is_passed_over() =>
        ManifestReader
            .Read(Example())
            .Match(read => Assert.Empty(read.Warnings), problems => Assert.Fail(string.Join("; ", problems)));

    private static string Example()
    {
        var page = File.ReadAllText(Checkout.Path("docs", "reference", "manifest.md"));
        var start = page.IndexOf(Start, StringComparison.Ordinal) + Start.Length;
        return page[start..page.IndexOf("```", start, StringComparison.Ordinal)];
    }
}
