using System.Text.Json;
using System.Text.Json.Nodes;
using Kennel.Core.Domain;
using Kennel.Core.Routing;
using static Kennel.Tests.Routing.Rows;

namespace Kennel.Tests.Routing;

public sealed class RoutingDocumentTests
{
    private static readonly RoutingTable Example = Table(
            ("api-main.example.org", Service(20000)),
            ("docs-main.example.org", Site("docs")),
            ("app-main.example.org", Site("app", singlePage: true)),
            ("www.example.com", Service(20001)),
            ("new-main.example.org", SiteAfter("new", "old")),
            ("sleepy.example.org", new Route.Asleep()),
            ("closed.example.org", new Route.Maintenance("Back at {five}"))
        )
        .With(Hidden(Ours, Service(20002)), "api-pr-1.example.org")
        .With(Hidden(Ours, new Route.Asleep()), "api-pr-2.example.org");

    [Fact]
    public void The_document_of_some_routes_of_each_kind_is_the_committed_one() =>
        Golden.Holds("Kennel.Tests/Routing/routing-document.golden.json", Indented(RoutingDocument.Render(Example)));

    [Fact]
    public void What_was_rendered_is_read_back_as_it_was()
    {
        Assert.Equal(
            new RoutingContent(Example, IsCurrent: true),
            RoutingDocument.Read(RoutingDocument.Render(Example))
        );
        Assert.Equal(
            new RoutingContent(RoutingTable.Empty, IsCurrent: true),
            RoutingDocument.Read(RoutingDocument.Render(RoutingTable.Empty))
        );
    }

    [Fact]
    public void Any_table_of_any_owners_is_read_back_as_it_was()
    {
        for (var seed = 0; seed < 200; seed++)
        {
            var table = AnyTable(new Random(seed));
            var content = RoutingDocument.Read(Shuffled(RoutingDocument.Render(table)));
            Assert.True(content == new RoutingContent(table, IsCurrent: true), $"seed {seed}");
        }
    }

    [Fact]
    public void The_order_in_which_rows_were_added_does_not_show()
    {
        var rows = Example.Entries.AsEnumerable().Select(row => (row.Key, row.Value)).ToArray();
        var backwards = new RoutingTable(toMap(rows.Reverse()));

        Assert.Equal(RoutingDocument.Render(Example), RoutingDocument.Render(backwards));
    }

    [Fact]
    public void Anything_else_that_differs_makes_the_document_not_current_and_keeps_the_rows()
    {
        var document = Rendered(Example);
        document["handle"]![1]!["routes"]!.AsArray().RemoveAt(0);

        Assert.Equal(new RoutingContent(Example, IsCurrent: false), RoutingDocument.Read(document.ToJsonString()));
    }

    [Theory]
    [InlineData("""["hibernated","unit-7",""]""")]
    [InlineData("""["service","[::1]:20000",""]""")]
    [InlineData("""["service","127.0.0.1:99999",""]""")]
    [InlineData("""["site","/srv/www","/srv/www"]""")]
    [InlineData("""[1,null,2]""")]
    [InlineData("""["service","127.0.0.1:20000","more"]""")]
    [InlineData("""["asleep","",null]""")]
    [InlineData("""["maintenance","a","b"]""")]
    public void A_row_that_cannot_be_understood_is_written_back_as_it_stands(string outputs)
    {
        var mapping = Mapping(Theirs, "zzz.example.org", outputs);
        mapping["note"] = "of a newer version";

        var content = ReadWith(mapping);

        Assert.True(content.IsCurrent);
        Assert.Equal(Theirs, content.Table.Entries[Rows.Host("zzz.example.org")].Owner);
        Assert.True(JsonNode.DeepEquals(mapping, Mappings(Rendered(content.Table))[^1]));
    }

    [Theory]
    [InlineData("""["service","127.0.0.1:20000","","flags"]""", """["service","127.0.0.1:20000",""]""")]
    [InlineData("""["service"]""", """["service",null,null]""")]
    [InlineData("""["dream","127.0.0.1:20000"]""", """["dream","127.0.0.1:20000",null]""")]
    public void A_row_of_another_shape_is_fitted_to_the_map_lest_Caddy_refuse_them_all(string given, string fitted)
    {
        var content = ReadWith(Mapping(Theirs, "zzz.example.org", given));

        Assert.Equal(fitted, Mappings(Rendered(content.Table))[^1]!["outputs"]!.ToJsonString());
    }

    [Fact]
    public void Rows_of_versions_before_there_was_a_third_text_are_understood()
    {
        var root = ((Route.Site)Site("docs")).Root;

        var service = ReadWith(Mapping(Theirs, "zzz.example.org", """["service","127.0.0.1:20000"]"""));
        var site = ReadWith(Mapping(Theirs, "zzz.example.org", $"""["site","{root}"]"""));

        Assert.Equal(Example.With(Theirs, "zzz.example.org", Service(20000)), service.Table);
        Assert.Equal(Example.With(Theirs, "zzz.example.org", Site("docs")), site.Table);
    }

    [Theory]
    [InlineData("""{"input":"zzz.example.org","outputs":["site","/srv"]}""")]
    [InlineData(
        """{"@id":"kennel-0123456789ab-other.example.org","input":"zzz.example.org","outputs":["unknown",""]}"""
    )]
    [InlineData("""{"@id":"kennel-0123456789AB-zzz.example.org","input":"zzz.example.org","outputs":["unknown",""]}""")]
    [InlineData("""{"@id":"kennel-0123456789ab-www.example.com","input":"WWW.example.com","outputs":["unknown",""]}""")]
    [InlineData("""{"@id":"kennel-0123456789ab-www.example.com","input":"www.example.com","outputs":["unknown",""]}""")]
    [InlineData("""{"@id":7,"input":{},"outputs":3}""")]
    [InlineData("null")]
    public void A_row_without_an_owner_or_beside_another_of_its_host_is_left_out_and_makes_it_not_current(
        string mapping
    )
    {
        var content = ReadWith(JsonNode.Parse(mapping));

        Assert.Equal(new RoutingContent(Example, IsCurrent: false), content);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("""{"@id":"kennel"}""")]
    [InlineData("""{"@id":"kennel","handle":[]}""")]
    [InlineData("""{"@id":"kennel","handle":[7]}""")]
    [InlineData("""{"@id":"kennel","handle":[{"mappings":{}}]}""")]
    public void What_is_no_subtree_of_Kennels_has_no_rows_and_is_not_current(string json) =>
        Assert.Equal(new RoutingContent(RoutingTable.Empty, IsCurrent: false), RoutingDocument.Read(json));

    private static RoutingContent ReadWith(JsonNode? mapping)
    {
        var document = Rendered(Example);
        Mappings(document).Add(mapping);
        return RoutingDocument.Read(document.ToJsonString());
    }

    private static JsonObject Rendered(RoutingTable table) => JsonNode.Parse(RoutingDocument.Render(table))!.AsObject();

    private static JsonArray Mappings(JsonObject document) => document["handle"]![0]!["mappings"]!.AsArray();

    private static JsonObject Mapping(InstanceId owner, string host, string outputs) =>
        new()
        {
            ["@id"] = $"kennel-{owner}-{host}",
            ["input"] = host,
            ["outputs"] = JsonNode.Parse(outputs),
        };

    private static RoutingTable AnyTable(Random random) =>
        Enumerable
            .Range(0, random.Next(40))
            .Aggregate(
                RoutingTable.Empty,
                (table, _) =>
                    table.With(
                        new RouteEntry(random.Next(4) == 0 ? Theirs : Ours, AnyRoute(random))
                        {
                            IsHidden = random.Next(2) == 0,
                        },
                        AnyHost(random)
                    )
            );

    private static string AnyHost(Random random) =>
        string.Join('.', Enumerable.Range(0, random.Next(1, 4)).Select(_ => AnyLabel(random)));

    private static string AnyLabel(Random random)
    {
        const string ends = "abcxyz019";
        var inner = new string(random.GetItems((ends + "-").AsSpan(), random.Next(0, 62)));
        return $"{ends[random.Next(ends.Length)]}{inner}{ends[random.Next(ends.Length)]}";
    }

    private static Route AnyRoute(Random random) =>
        random.Next(6) switch
        {
            0 => Service(random.Next(1, 65536)),
            1 => Site($"a+b?{random.Next()}"),
            2 => SiteAfter("app", $"app-{random.Next()}", singlePage: random.Next(2) == 0),
            3 => new Route.Asleep(),
            4 => new Route.Maintenance(new string(random.GetItems("{}\\<&\"' aä\n\t\u001b".AsSpan(), random.Next(9)))),
            _ => Site("app", singlePage: true),
        };

    // Caddy shows what it was given with the keys of every object in another order.
    private static string Shuffled(string json) => Sorted(JsonNode.Parse(json))!.ToJsonString();

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

    private static string Indented(string json) =>
        JsonNode
            .Parse(json)!
            .ToJsonString(
                new JsonSerializerOptions(JsonSerializerOptions.Default)
                {
                    WriteIndented = true,
                    Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
                }
            );
}
