using Kennel.Core.Domain;

namespace Kennel.Core.Planning;

/// <summary>What Valkey has that may concern Kennel.</summary>
/// <param name="DatabasesMax">How many databases it has, number 0 included.</param>
/// <param name="KeyCounts">How many keys there are in each database that has any.</param>
/// <param name="Users">The users with names as Kennel gives them.</param>
public sealed record ObservedCaches(
    int DatabasesMax,
    Map<CacheNumber, long> KeyCounts,
    Map<CacheUser, ObservedCacheUser> Users
);

/// <summary>One user.</summary>
/// <param name="Name">His name.</param>
/// <param name="Database">The database that he may use, if it is one alone.</param>
/// <param name="IsComplete">Whether his password and his rights are exactly as Kennel gives them.</param>
public sealed record ObservedCacheUser(CacheUser Name, Option<CacheNumber> Database, bool IsComplete);
