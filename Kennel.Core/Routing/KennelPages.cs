namespace Kennel.Core.Routing;

/// <summary>What Caddy says in Kennel's own words, as handlers and error routes.</summary>
internal static class KennelPages
{
    /// <summary>Search engines are told to stay away, whatever comes of the request.</summary>
    public static string Hidden =>
        $$$"""
            { "handler": "headers", "response": { "set": { "X-Robots-Tag": ["noindex"] } } },
            {
              "handler": "subroute",
              "routes": [
                {
                  "match": [{ "path": ["/robots.txt"] }],
                  "handle": [
                    { "handler": "vars", "kennel_log": "" },
                    {
                      "handler": "static_response",
                      "status_code": 200,
                      "headers": {{{PlainText}}},
                      "body": "User-agent: *\nDisallow: /\n"
                    }
                  ]
                }
              ]
            }
            """;

    /// <summary>The branch is being worked on. Whatever is asked for and however, the answer is the whole page.</summary>
    /// <param name="directory">The directory of routes.</param>
    public static string Maintenance(string directory) =>
        $$$"""
            {
              "handler": "headers",
              "request": { "delete": ["If-*", "Range"] },
              "response": {
                "deferred": true,
                "set": {
                  "Cache-Control": ["no-store"],
                  "Retry-After": ["120"],
                  "Vary": ["Accept"],
                  "X-Content-Type-Options": ["nosniff"]
                },
                "delete": ["Accept-Ranges", "Etag", "Last-Modified"]
              }
            },
            {
              "handler": "subroute",
              "routes": [
                {
                  "match": [{ "not": [{ "method": ["HEAD"] }] }],
                  "handle": [{ "handler": "rewrite", "method": "GET" }]
                },
                {
                  "group": "form",
                  "match": [{ "header": { "Accept": ["*text/html*"] } }],
                  "handle": [{ "handler": "rewrite", "uri": "/page.html" }]
                },
                { "group": "form", "handle": [{ "handler": "rewrite", "uri": "/page.txt" }] },
                {
                  "handle": [
                    {
                      "handler": "file_server",
                      "root": "{{{directory}}}/pages/{http.vars.kennel_target}",
                      "status_code": 503
                    }
                  ]
                }
              ]
            }
            """;

    /// <summary>No row has the host name.</summary>
    public static string NothingDeployed =>
        $$$"""
            {
              "handler": "static_response",
              "status_code": 404,
              "headers": {{{PlainText}}},
              "body": "Kennel: nothing is deployed at {http.request.host}.\n"
            }
            """;

    /// <summary>The branch sleeps, and Kennel itself does not answer.</summary>
    public static string CannotWake =>
        $$$"""
            {
              "match": [{ "vars": { "kennel_kind": [{{{RouteKind.Any(RouteKind.Asleep)}}}] } }],
              "handle": [
                {{{RequestId}}},
                { "handler": "headers", "response": { "set": { "Retry-After": ["10"] } } },
                {
                  "handler": "static_response",
                  "status_code": 503,
                  "headers": {{{PlainText}}},
                  "body": "Kennel: {http.request.host} sleeps and cannot be woken now.\nTry again in a moment. Request {http.request.uuid}.\n"
                }
              ],
              "terminal": true
            }
            """;

    /// <summary>The application does not answer.</summary>
    public static string NoAnswer =>
        $$$"""
            {
              "match": [{ "vars": { "{http.error.status_code}": ["502", "503", "504"] } }],
              "handle": [
                {{{RequestId}}},
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

    /// <summary>Anything else that Caddy itself does not do.</summary>
    public static string OtherError =>
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

    // The same number in the answer and in Caddy's access log.
    private const string RequestId = """
        { "handler": "log_append", "key": "request_id", "value": "{http.request.uuid}" },
        { "handler": "log_append", "key": "error", "value": "{http.error.message}" },
        { "handler": "headers", "response": { "set": { "X-Request-Id": ["{http.request.uuid}"] } } }
        """;

    private const string PlainText = """
        {
          "Cache-Control": ["no-store"],
          "Content-Type": ["text/plain; charset=utf-8"],
          "X-Content-Type-Options": ["nosniff"]
        }
        """;
}
