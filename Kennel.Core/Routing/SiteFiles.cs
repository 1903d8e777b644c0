namespace Kennel.Core.Routing;

/// <summary>
/// How Caddy serves the files of a site. What the present site lacks is looked for under its name with ".html", then in
/// the site before: a page that was opened before a deploy goes on asking for the scripts and styles of its own release.
/// Pages are not served from there. Files from the Nix store all carry the same time stamp: browsers must go by the store
/// path, or they would show old pages for ever.
/// </summary>
internal static class SiteFiles
{
    /// <summary>The handler.</summary>
    public static string Handler =>
        $$$"""
            {
              "handler": "subroute",
              "routes": [
                {
                  "match": [{ "not": [{{{Exists}}}] }],
                  "handle": [
                    {
                      "handler": "subroute",
                      "routes": [
                        {
                          "group": "missing",
                          "match": [
                            {
                              "file": {
                                "root": "{http.vars.kennel_target}",
                                "try_files": ["{http.request.uri.path}.html"]
                              }
                            }
                          ],
                          "handle": [{ "handler": "rewrite", "uri": "{http.matchers.file.relative}" }]
                        },
                        {
                          "group": "missing",
                          "match": [
                            {
                              "not": [{ "path": ["*/", "*.html", "*.htm"] }],
                              "file": { "root": "{kennel.besides}", "try_files": ["{http.request.uri.path}"] }
                            }
                          ],
                          "handle": [{ "handler": "vars", "kennel_target": "{kennel.besides}" }]
                        }
                      ]
                    }
                  ]
                },
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
                  "match": [{{{HashedNames.Match}}}],
                  "handle": [
                    {
                      "handler": "subroute",
                      "routes": [
                        {
                          "match": [{{{Exists}}}],
                          "handle": [
                            {
                              "handler": "headers",
                              "response": { "set": { "Cache-Control": ["public, max-age=31536000, immutable"] } }
                            }
                          ]
                        }
                      ]
                    }
                  ]
                },
                {
                  "match": [{ "vars": { "kennel_kind": [{{{RouteKind.Any(RouteKind.SinglePage)}}}] } }],
                  "handle": [
                    {
                      "handler": "file_server",
                      "root": "{http.vars.kennel_target}",
                      "pass_thru": true,
                      {{{Precompressed}}}
                    },
                    { "handler": "rewrite", "uri": "/index.html" }
                  ]
                },
                {
                  "handle": [
                    { "handler": "file_server", "root": "{http.vars.kennel_target}", {{{Precompressed}}} }
                  ]
                }
              ],
              "errors": { "routes": [{{{Errors}}}] }
            }
            """;

    private const string Exists = """
        { "file": { "root": "{http.vars.kennel_target}", "try_files": ["{http.request.uri.path}"] } }
        """;

    private const string Precompressed = """
        "precompressed": { "br": {}, "zstd": {}, "gzip": {} }, "precompressed_order": ["br", "zstd", "gzip"]
        """;

    private const string Errors = """
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
        """;
}
