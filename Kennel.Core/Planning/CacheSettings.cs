namespace Kennel.Core.Planning;

/// <summary>Where branches get their caches.</summary>
public enum CacheMode
{
    /// <summary>Each gets a database in the host's Valkey.</summary>
    Shared,

    /// <summary>Each gets a valkey-server of its own.</summary>
    Instance,
}

/// <summary>How caches are given; what there is stays, also where the host gives none any more.</summary>
/// <param name="Mode">Where a branch that has none yet gets its own.</param>
/// <param name="ServerPath">The program of a branch's own valkey-server.</param>
/// <param name="MemoryBytes">How much such a server may hold.</param>
public sealed record CacheSettings(CacheMode Mode, string ServerPath, ulong MemoryBytes)
{
    /// <summary>What holds on a host that says nothing.</summary>
    public static readonly CacheSettings Default = new(CacheMode.Shared, "/usr/bin/valkey-server", 64UL << 20);
}
