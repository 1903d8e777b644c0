using Kennel.Core.Planning;

namespace Kennel.Core.Configuration;

/// <summary>Valkey on this host.</summary>
/// <param name="Enable">Whether branches get a cache.</param>
/// <param name="SocketPath">Its socket.</param>
/// <param name="User">The user that Kennel is there.</param>
/// <param name="PasswordFile">The file with that user's password.</param>
public sealed record ValkeyConfiguration(bool Enable, string SocketPath, string User, Option<string> PasswordFile)
{
    /// <summary>What holds on a host that says nothing.</summary>
    public static readonly ValkeyConfiguration Default = new(
        false,
        "/run/valkey/valkey.sock",
        "default",
        Option<string>.None
    );

    /// <summary>Where branches get their caches.</summary>
    public CacheSettings Caches { get; init; } = CacheSettings.Default;

    /// <summary>The part of it that plans depend on.</summary>
    public ValkeySettings ToSettings() => new(SocketPath);
}
