using System.Text.Json;
using System.Text.Json.Nodes;
using Kennel.Core.Routing;

namespace Kennel.Tests.Routing;

public sealed class RoutingDocumentTests
{
    private static readonly RoutingDocument Document = new("/var/lib/kennel/routes");

    private static readonly JsonSerializerOptions Indented = new(JsonSerializerOptions.Default)
    {
        WriteIndented = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    [Fact]
    public void The_document_is_the_committed_one() =>
        Golden.Holds(
            "Kennel.Tests/Routing/routing-document.golden.json",
            JsonNode.Parse(Document.Text)!.ToJsonString(Indented)
        );

    [Fact]
    public void It_is_known_again_when_Caddy_shows_it_with_its_keys_in_another_order() =>
        Assert.True(Document.IsCurrent(Sorted(JsonNode.Parse(Document.Text))!.ToJsonString()));

    [Fact]
    public void Anything_that_differs_makes_it_not_current()
    {
        var other = JsonNode.Parse(Document.Text)!;
        other["handle"]![0]!["routes"]!.AsArray().RemoveAt(0);

        Assert.False(Document.IsCurrent(other.ToJsonString()));
        Assert.False(new RoutingDocument("/elsewhere").IsCurrent(Document.Text));
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("""{"@id":"kennel"}""")]
    [InlineData("""{"@id":"kennel","handle":[{"mappings":{}}]}""")]
    public void What_is_no_subtree_of_this_version_is_not_current(string json) =>
        Assert.False(Document.IsCurrent(json));

    private static JsonNode? Sorted(JsonNode? node) =>
        node switch
        {
            JsonObject fields => new JsonObject(
                fields
                    .OrderByDescending(field => field.Key, StringComparer.Ordinal)
                    .Select(field => KeyValuePair.Create(field.Key, Sorted(field.Value)))
            ),
            JsonArray items => new JsonArray([.. items.Select(Sorted)]),
            _ => node?.DeepClone(),
        };
}
