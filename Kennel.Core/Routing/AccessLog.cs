namespace Kennel.Core.Routing;

/// <summary>What Kennel's routes add to the records of Caddy's access log.</summary>
public static class AccessLog
{
    /// <summary>The field of a record that Kennel reads; all others may be left out.</summary>
    public const string Field = "kennel";

    /// <summary>What stands in it: the kind of the route, the host name and the user agent, with a space between.</summary>
    internal const string Text = "{http.vars.kennel_kind} {http.request.host} {http.request.header.User-Agent}";
}
