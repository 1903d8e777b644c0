namespace Kennel.Core.Planning;

/// <summary>How branches get their caches.</summary>
/// <param name="SocketPath">The socket of the host's Valkey.</param>
public sealed record ValkeySettings(string SocketPath);
