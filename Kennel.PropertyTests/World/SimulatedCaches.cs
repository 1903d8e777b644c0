using Kennel.Core.Domain;
using Kennel.Core.Planning;

namespace Kennel.PropertyTests.World;

/// <summary>What the simulated Valkey holds.</summary>
public sealed class SimulatedCaches
{
    /// <summary>Who writes keys that are nobody's of Kennel.</summary>
    public const string Somebody = "somebody";

    /// <summary>How many databases it has.</summary>
    public int DatabasesMax { get; set; } = 16;

    /// <summary>Whose keys are in each database.</summary>
    public Map<CacheNumber, Set<string>> Keys { get; private set; }

    public Map<CacheUser, ObservedCacheUser> Users { get; private set; }

    public void Write(CacheNumber number, string who) =>
        Keys = Keys.AddOrUpdate(number, writers => writers.AddOrUpdate(who), () => Set(who));

    public void Empty(CacheNumber number) => Keys = Keys.Remove(number);

    public void Admit(CacheUser user, CacheNumber number) =>
        Users = Users.AddOrUpdate(user, new ObservedCacheUser(user, number, IsComplete: true));

    public void Drop(CacheUser user) => Users = Users.Remove(user);

    /// <summary>It restarts: keys are read from its disk, and users are not.</summary>
    public void Restart() => Users = Map<CacheUser, ObservedCacheUser>();
}
