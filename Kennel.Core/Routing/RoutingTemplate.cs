using System.Text.Json.Nodes;

namespace Kennel.Core.Routing;

/// <summary>
/// Kennel's subtree without its rows. The map gives every request a kind and two texts by its host name; a handful of
/// fixed routes then act on the kind. A new kind of route is one more route here and one more case of <see cref="Route"/>.
/// </summary>
internal static class RoutingTemplate
{
    /// <summary>How many texts a row gives: its kind, its target and one besides that only some kinds have.</summary>
    public const int OutputCount = 3;

    private static readonly JsonNode Document = JsonNode.Parse(Text)!;

    /// <summary>The subtree with these rows.</summary>
    public static JsonObject With(JsonArray mappings)
    {
        var document = Document.DeepClone().AsObject();
        document["handle"]![0]!["mappings"] = mappings;
        return document;
    }

    // Each text is looked up by walking over the rows when it is used: the third is used only where it is needed.
    // The map compares host names exactly, so other spellings of the same name are folded first.
    // A vars matcher passes when any one of its keys does, so that each asks for one thing only.
    private static string Text =>
        $$$"""
            {
              "@id": "kennel",
              "handle": [
                {
                  "handler": "map",
                  "source": "{http.request.host}",
                  "destinations": ["{kennel.kind}", "{kennel.target}", "{kennel.besides}"],
                  "mappings": [],
                  "defaults": ["{{{RouteKind.Unknown}}}", "", "/nonexistent"]
                },
                {
                  "handler": "subroute",
                  "routes": [
                    {
                      "match": [{ "header_regexp": { "Host": { "pattern": "[A-Z]|\\.(:[0-9]*)?$" } } }],
                      "handle": [{ "handler": "headers", "request": { "replace": { "Host": [{{{FoldHost}}}] } } }]
                    },
                    {
                      "handle": [
                        { "handler": "vars", "kennel_kind": "{kennel.kind}", "kennel_target": "{kennel.target}" }
                      ]
                    },
                    {
                      "match": [{ "vars": { "kennel_kind": [{{{RouteKind.AllHidden()}}}] } }],
                      "handle": [{{{AccessLog.Handlers}}}, {{{KennelPages.Hidden}}}]
                    },
                    {
                      "match": [{ "vars": { "kennel_kind": [{{{RouteKind.Any(RouteKind.Service)}}}] } }],
                      "handle": [
                        {
                          "handler": "reverse_proxy",
                          "upstreams": [{ "dial": "{http.vars.kennel_target}" }],
                          "stream_close_delay": "24h"
                        }
                      ],
                      "terminal": true
                    },
                    {
                      "match": [
                        { "vars": { "kennel_kind": [{{{RouteKind.Any(RouteKind.Site, RouteKind.SinglePage)}}}] } }
                      ],
                      "handle": [{{{SiteFiles.Handler}}}],
                      "terminal": true
                    },
                    {
                      "match": [{ "vars": { "kennel_kind": [{{{RouteKind.Any(RouteKind.Asleep)}}}] } }],
                      "handle": [{{{WakeDoor.Handler}}}],
                      "terminal": true
                    },
                    {
                      "match": [{ "vars": { "kennel_kind": [{{{RouteKind.Any(RouteKind.Maintenance)}}}] } }],
                      "handle": [{{{KennelPages.Maintenance}}}],
                      "terminal": true
                    },
                    {
                      "match": [{ "header": { "User-Agent": ["{{{AccessLog.ProofAgent}}}*"] } }],
                      "handle": [{{{AccessLog.Handlers}}}]
                    },
                    { "handle": [{{{KennelPages.NothingDeployed}}}] }
                  ],
                  "errors": {
                    "routes": [{{{KennelPages.CannotWake}}}, {{{KennelPages.NoAnswer}}}, {{{KennelPages.OtherError}}}]
                  }
                }
              ]
            }
            """;

    private static string FoldHost =>
        string.Concat(
            Enumerable
                .Range('a', 26)
                .Select(letter => $$"""{"search":"{{(char)(letter - 32)}}","replace":"{{(char)letter}}"},""")
        ) + """{"search_regexp":"\\.(:[0-9]*)?$","replace":"$1"}""";
}
