namespace Kennel.Core.Routing;

/// <summary>
/// How Caddy asks Kennel about a branch that sleeps: without the body, with no header that could hold a secret. An
/// answer that names an address lets it send the original request there, whole; any other answer is the visitor's.
/// </summary>
public static class WakeDoor
{
    /// <summary>The socket at which Kennel is asked. Caddy's user must be able to reach it.</summary>
    public const string Socket = "/run/kennel/wake.sock";

    /// <summary>The header of the question that says how the original request was made.</summary>
    public const string MethodHeader = "X-Kennel-Method";

    /// <summary>The header of the answer that says where the original request is to go.</summary>
    public const string UpstreamHeader = "X-Kennel-Upstream";

    // Kennel may be restarting, which takes about a second. It answers within its own limit; the one here is for a
    // Kennel that hangs, and is longer than any limit that can be configured.
    internal static string Handler(string socket) =>
        $$$"""
            {
              "handler": "reverse_proxy",
              "upstreams": [{ "dial": "unix/{{{socket}}}" }],
              "transport": { "protocol": "http", "dial_timeout": "2s", "response_header_timeout": "660s" },
              "load_balancing": { "try_duration": "10s", "try_interval": "250ms" },
              "rewrite": { "method": "GET", "uri": "/wake?" },
              "headers": {
                "request": {
                  "delete": ["*"],
                  "set": {
                    "Host": ["{http.request.host}"],
                    "{{{MethodHeader}}}": ["{http.request.method}"],
                    "Accept": ["{http.request.header.Accept}"],
                    "User-Agent": ["{http.request.header.User-Agent}"]
                  }
                }
              },
              "handle_response": [
                {
                  "match": { "status_code": [2], "headers": { "{{{UpstreamHeader}}}": ["127.0.0.1:*"] } },
                  "routes": [
                    {
                      "handle": [
                        {
                          "handler": "vars",
                          "kennel_kind": "{{{RouteKind.Woken}}}",
                          "kennel_target": "{http.reverse_proxy.header.{{{UpstreamHeader}}}}"
                        },
                        {
                          "handler": "reverse_proxy",
                          "upstreams": [{ "dial": "{http.vars.kennel_target}" }],
                          "stream_close_delay": "24h"
                        }
                      ]
                    }
                  ]
                }
              ]
            }
            """;
}
