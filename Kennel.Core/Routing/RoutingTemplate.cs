namespace Kennel.Core.Routing;

/// <summary>
/// Kennel's subtree. It finds a request's row by its host name in the directory of routes; a handful of fixed routes
/// then act on the row's kind. A new kind of route is one more route here and one more case of <see cref="Route"/>.
/// </summary>
internal static class RoutingTemplate
{
    private const string HostPattern = "^[a-z0-9][a-z0-9-]*(\\\\.[a-z0-9-]+)*(:[0-9]*)?$";

    // Other spellings of a host name are folded first; what is none is never made a path of.
    // A row is looked for twice: if the table changes in between, Caddy finds the name of a row that is gone a moment later.
    // A vars matcher passes when any one of its keys does, so that each asks for one thing only.
    /// <summary>The subtree, JSON.</summary>
    /// <param name="directory">The directory of routes.</param>
    /// <param name="wakeSocket">Where Kennel is asked to wake what sleeps.</param>
    public static string Text(string directory, string wakeSocket) =>
        $$$"""
            {
              "@id": "kennel",
              "handle": [
                {
                  "handler": "subroute",
                  "routes": [
                    {
                      "match": [{ "header_regexp": { "Host": { "pattern": "[A-Z]|\\.(:[0-9]*)?$" } } }],
                      "handle": [{ "handler": "headers", "request": { "replace": { "Host": [{{{FoldHost}}}] } } }]
                    },
                    {
                      "match": [{ "header_regexp": { "Host": { "pattern": "{{{HostPattern}}}" } } }],
                      "handle": [
                        {
                          "handler": "subroute",
                          "routes": [
                            {
                              "match": [
                                {
                                  "file": {
                                    "root": "{{{directory}}}/current/{http.request.host}",
                                    "try_files": ["/*@*", "/*@*"]
                                  }
                                }
                              ],
                              "handle": [{ "handler": "vars", "kennel_row": "{http.matchers.file.relative}" }]
                            },
                            {
                              "match": [
                                {
                                  "vars_regexp": {
                                    "kennel_row": { "name": "row", "pattern": "^/([^@]*)@([^@]*)@([^@]*)@[^@]*$" }
                                  }
                                }
                              ],
                              "handle": [
                                {
                                  "handler": "vars",
                                  "kennel_kind": "{http.regexp.row.1}",
                                  "kennel_target": "{http.regexp.row.2}",
                                  "kennel_besides": "{http.regexp.row.3}"
                                }
                              ]
                            }
                          ]
                        }
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
                          "upstreams": [{ "dial": "127.0.0.1:{http.vars.kennel_target}" }],
                          "stream_close_delay": "24h"
                        }
                      ],
                      "terminal": true
                    },
                    {
                      "match": [
                        { "vars": { "kennel_kind": [{{{RouteKind.Any(RouteKind.Site, RouteKind.SinglePage)}}}] } }
                      ],
                      "handle": [{{{SiteFiles.Handler(directory)}}}],
                      "terminal": true
                    },
                    {
                      "match": [{ "vars": { "kennel_kind": [{{{RouteKind.Any(RouteKind.Asleep)}}}] } }],
                      "handle": [{{{WakeDoor.Handler(wakeSocket)}}}],
                      "terminal": true
                    },
                    {
                      "match": [{ "vars": { "kennel_kind": [{{{RouteKind.Any(RouteKind.Maintenance)}}}] } }],
                      "handle": [{{{KennelPages.Maintenance(directory)}}}],
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
