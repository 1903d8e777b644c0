namespace Kennel.Core.Routing;

/// <summary>
/// What Kennel's routes add to records of Caddy's access log: one field, so that all others can be left out. Only the
/// records of hidden hosts have it, for only their branches expire, and it costs a tenth of a small request.
/// </summary>
public static class AccessLog
{
    /// <summary>The field that Kennel reads.</summary>
    public const string Field = "kennel";

    /// <summary>
    /// How the user agent of a request begins with which Kennel proves that records arrive; those have the field, too.
    /// </summary>
    public const string ProofAgent = "Kennel-Activity/1";

    /// <summary>
    /// The field: the kind of the route, the host name and the beginning of the user agent, with a space between. A record
    /// must fit into a datagram however long a header somebody sends.
    /// </summary>
    internal static string Handlers =>
        $$$"""
            { "handler": "vars", "kennel_log": "{http.vars.kennel_kind} {http.request.host} " },
            { "handler": "log_append", "key": "{{{Field}}}", "value": "kennel_log" },
            {
              "handler": "subroute",
              "routes": [
                {
                  "match": [{ "header_regexp": { "User-Agent": { "name": "agent", "pattern": "^.{0,400}" } } }],
                  "handle": [{ "handler": "vars", "kennel_log": "{http.vars.kennel_log}{http.regexp.agent.0}" }]
                }
              ]
            }
            """;
}
