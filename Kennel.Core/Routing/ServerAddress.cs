namespace Kennel.Core.Routing;

/// <summary>The addresses in a server's <c>listen</c>: <c>[network/][host]:port[-port]</c>.</summary>
public static class ServerAddress
{
    /// <summary>Whether a server with this address accepts TCP connections at the port.</summary>
    public static bool Covers(string listen, Domain.Port port)
    {
        var slash = listen.IndexOf('/', StringComparison.Ordinal);
        var network = slash < 0 ? "tcp" : listen[..slash];
        var colon = listen.LastIndexOf(':');
        if (network is not ("tcp" or "tcp4" or "tcp6") || colon <= slash)
            return false;
        var ends = listen[(colon + 1)..].Split('-', 2);
        return int.TryParse(ends[0], out var first)
            && int.TryParse(ends[^1], out var last)
            && first <= port.Number
            && port.Number <= last;
    }

    /// <summary>Whether the address names no host, so that it takes connections from everywhere.</summary>
    public static bool IsOpen(string listen)
    {
        var host = listen[(listen.IndexOf('/', StringComparison.Ordinal) + 1)..];
        return host.StartsWith(':')
            || host.StartsWith("0.0.0.0:", StringComparison.Ordinal)
            || host.StartsWith("[::]:", StringComparison.Ordinal);
    }
}
