using System.Text.Json.Nodes;

namespace Kennel.Core.Routing;

/// <summary>
/// Kennel's subtree without its rows. The map gives every request a kind and a target by its host name; a handful of
/// fixed routes then act on the kind. A new kind of route is one more route here and one more case of <see cref="Route"/>.
/// </summary>
internal static class RoutingTemplate
{
    /// <summary>The kind of a service's rows; the target is an address to dial.</summary>
    public const string Service = "service";

    /// <summary>The kind of a site's rows; the target is a directory.</summary>
    public const string Site = "site";

    /// <summary>The kind of a single-page site's rows; the target is a directory.</summary>
    public const string SinglePage = "single-page";

    /// <summary>The kind of the rows of a branch that sleeps; they have no target.</summary>
    public const string Asleep = "asleep";

    /// <summary>The kind of the rows of a branch that is being worked on; the target is what the page says.</summary>
    public const string Maintenance = "maintenance";

    /// <summary>How many texts a row gives: its kind and its target.</summary>
    public const int OutputCount = 2;

    private static readonly JsonNode Document = JsonNode.Parse(Text)!;

    /// <summary>The subtree with these rows.</summary>
    public static JsonObject With(JsonArray mappings)
    {
        var document = Document.DeepClone().AsObject();
        document["handle"]![0]!["mappings"] = mappings;
        return document;
    }

    // The map compares host names exactly, so other spellings of the same name are folded first. Files from the Nix
    // store all carry the same time stamp: browsers must go by the store path, or they would show old pages for ever.
    // A vars matcher passes when any one of its keys does, so that each asks for one thing only.
    private static string Text =>
        $$$"""
            {
              "@id": "kennel",
              "handle": [
                {
                  "handler": "map",
                  "source": "{http.request.host}",
                  "destinations": ["{kennel.kind}", "{kennel.target}"],
                  "mappings": [],
                  "defaults": ["unknown", ""]
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
                      "match": [{ "vars": { "kennel_kind": ["{{{Service}}}"] } }],
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
                      "match": [{ "vars": { "kennel_kind": ["{{{Site}}}", "{{{SinglePage}}}"] } }],
                      "handle": [{{{Files}}}],
                      "terminal": true
                    },
                    {
                      "handle": [
                        {
                          "handler": "static_response",
                          "status_code": 404,
                          "headers": {{{PlainText}}},
                          "body": "Kennel: nothing is deployed at {http.request.host}.\n"
                        }
                      ]
                    }
                  ],
                  "errors": { "routes": [{{{NoAnswer}}}, {{{OtherError}}}] }
                }
              ]
            }
            """;

    private static string NoAnswer =>
        $$$"""
            {
              "match": [{ "vars": { "{http.error.status_code}": ["502", "503", "504"] } }],
              "handle": [
                { "handler": "log_append", "key": "request_id", "value": "{http.request.uuid}" },
                { "handler": "log_append", "key": "error", "value": "{http.error.message}" },
                {
                  "handler": "headers",
                  "response": { "set": { "X-Request-Id": ["{http.request.uuid}"] } }
                },
                {
                  "handler": "static_response",
                  "status_code": "{http.error.status_code}",
                  "headers": {{{PlainText}}},
                  "body": "Kennel: the application at {http.request.host} does not answer.\nTry again in a moment. Request {http.request.uuid}.\n"
                }
              ],
              "terminal": true
            }
            """;

    private static string OtherError =>
        $$$"""
            {
              "handle": [
                {
                  "handler": "static_response",
                  "status_code": "{http.error.status_code}",
                  "headers": {{{PlainText}}},
                  "body": "Kennel: {http.error.status_code} {http.error.status_text}\n"
                }
              ]
            }
            """;

    private const string Files = """
        {
          "handler": "subroute",
          "routes": [
            {
              "handle": [
                { "handler": "encode", "encodings": { "gzip": {}, "zstd": {} }, "prefer": ["zstd", "gzip"] },
                {
                  "handler": "headers",
                  "request": { "delete": ["If-Modified-Since"] },
                  "response": {
                    "set": {
                      "Cache-Control": ["public, max-age=0, must-revalidate"],
                      "Etag": ["\"{http.vars.kennel_target}\""]
                    }
                  }
                },
                { "handler": "headers", "response": { "deferred": true, "delete": ["Last-Modified"] } }
              ]
            },
            {
              "match": [
                {
                  "not": [
                    { "file": { "root": "{http.vars.kennel_target}", "try_files": ["{http.request.uri.path}"] } }
                  ],
                  "file": { "root": "{http.vars.kennel_target}", "try_files": ["{http.request.uri.path}.html"] }
                }
              ],
              "handle": [{ "handler": "rewrite", "uri": "{http.matchers.file.relative}" }]
            },
            {
              "match": [{ "vars": { "kennel_kind": ["single-page"] } }],
              "handle": [
                { "handler": "file_server", "root": "{http.vars.kennel_target}", "pass_thru": true },
                { "handler": "rewrite", "uri": "/index.html" }
              ]
            },
            { "handle": [{ "handler": "file_server", "root": "{http.vars.kennel_target}" }] }
          ],
          "errors": {
            "routes": [
              {
                "handle": [
                  {
                    "handler": "headers",
                    "request": { "delete": ["If-None-Match", "Range"] },
                    "response": { "delete": ["Etag"], "set": { "Cache-Control": ["no-store"] } }
                  },
                  { "handler": "headers", "response": { "deferred": true, "delete": ["Last-Modified"] } }
                ]
              },
              {
                "match": [
                  {
                    "vars": { "{http.error.status_code}": ["404"] },
                    "file": { "root": "{http.vars.kennel_target}", "try_files": ["/404.html"] }
                  }
                ],
                "handle": [
                  { "handler": "rewrite", "uri": "/404.html" },
                  { "handler": "file_server", "root": "{http.vars.kennel_target}", "status_code": 404 }
                ],
                "terminal": true
              },
              { "handle": [{ "handler": "error", "status_code": "{http.error.status_code}" }] }
            ]
          }
        }
        """;

    private const string PlainText = """
        {
          "Cache-Control": ["no-store"],
          "Content-Type": ["text/plain; charset=utf-8"],
          "X-Content-Type-Options": ["nosniff"]
        }
        """;

    private static string FoldHost =>
        string.Concat(
            Enumerable
                .Range('a', 26)
                .Select(letter => $$"""{"search":"{{(char)(letter - 32)}}","replace":"{{(char)letter}}"},""")
        ) + """{"search_regexp":"\\.(:[0-9]*)?$","replace":"$1"}""";
}
