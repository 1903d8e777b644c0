namespace Kennel.Core.Routing;

/// <summary>
/// How Caddy serves the files of a site. What the present site lacks is looked for under its name with ".html", then in
/// the site before: a page that was opened before a deploy goes on asking for the scripts and styles of its own release.
/// Pages are not served from there. Files from the Nix store all carry the same time stamp: browsers must go by the key of
/// the store path, or they would show old pages for ever.
/// </summary>
internal static class SiteFiles
{
    private const string Key = "{http.vars.kennel_target}";

    /// <summary>The handler.</summary>
    /// <param name="directory">The directory of routes.</param>
    public static string Handler(string directory) => Rendered($"{directory}/sites/");

    private static string Rendered(string sites) =>
        $$$"""
            {
              "handler": "subroute",
              "routes": [
                {
                  "match": [{ "not": [{{{Exists(sites)}}}] }],
                  "handle": [
                    {
                      "handler": "subroute",
                      "routes": [
                        {
                          "group": "missing",
                          "match": [
                            {
                              "file": {
                                "root": "{{{sites}}}{{{Key}}}",
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
                              "file": { "root": "{{{sites}}}{http.vars.kennel_besides}", "try_files": ["{http.request.uri.path}"] }
                            }
                          ],
                          "handle": [{ "handler": "vars", "kennel_target": "{http.vars.kennel_besides}" }]
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
                          "Etag": ["\"{{{Key}}}\""]
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
                          "match": [{{{Exists(sites)}}}],
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
                      "root": "{{{sites}}}{{{Key}}}",
                      "pass_thru": true,
                      {{{Precompressed}}}
                    },
                    { "handler": "rewrite", "uri": "/index.html" }
                  ]
                },
                {
                  "handle": [
                    { "handler": "file_server", "root": "{{{sites}}}{{{Key}}}", {{{Precompressed}}} }
                  ]
                }
              ],
              "errors": { "routes": [{{{Errors(sites)}}}] }
            }
            """;

    private static string Exists(string sites) =>
        $$$"""
            { "file": { "root": "{{{sites}}}{{{Key}}}", "try_files": ["{http.request.uri.path}"] } }
            """;

    private const string Precompressed = """
        "precompressed": { "br": {}, "zstd": {}, "gzip": {} }, "precompressed_order": ["br", "zstd", "gzip"]
        """;

    private static string Errors(string sites) =>
        $$$"""
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
                  "file": { "root": "{{{sites}}}{{{Key}}}", "try_files": ["/404.html"] }
                }
              ],
              "handle": [
                { "handler": "rewrite", "uri": "/404.html" },
                { "handler": "file_server", "root": "{{{sites}}}{{{Key}}}", "status_code": 404 }
              ],
              "terminal": true
            },
            { "handle": [{ "handler": "error", "status_code": "{http.error.status_code}" }] }
            """;
}
