namespace Kennel.Core.Domain;

/// <summary>Where a service listens on this machine.</summary>
public abstract record ListenAddress
{
    private const string Loopback = "127.0.0.1:";
    private const string Unix = "unix/";

    private ListenAddress() { }

    /// <summary>A TCP port of the loopback address.</summary>
    public sealed record Tcp(Port Port) : ListenAddress
    {
        /// <inheritdoc/>
        public override string ToString() => $"{Loopback}{Port}";
    }

    /// <summary>A unix socket.</summary>
    /// <param name="Path">Its absolute path.</param>
    public sealed record UnixSocket(string Path) : ListenAddress
    {
        /// <inheritdoc/>
        public override string ToString() => $"{Unix}{Path}";
    }

    /// <summary>Reads an address in Caddy's form: <c>127.0.0.1:{port}</c> or <c>unix//{path}</c>.</summary>
    /// <param name="where">Where the text stood, for the error.</param>
    /// <param name="given">The text.</param>
    public static Validation<Problem, ListenAddress> Parse(string where, string given)
    {
        if (given.StartsWith(Unix + "/", StringComparison.Ordinal) && given.Length > Unix.Length + 1)
            return new UnixSocket(given[Unix.Length..]);
        return
            given.StartsWith(Loopback, StringComparison.Ordinal) && int.TryParse(given[Loopback.Length..], out var port)
            ? Port.Parse(where, port).Map(known => (ListenAddress)new Tcp(known))
            : Fail<Problem, ListenAddress>(Problem.Of(where, given, "127.0.0.1:{port} or unix//{path}"));
    }
}
