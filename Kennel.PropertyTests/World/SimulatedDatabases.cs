using Kennel.Core.Domain;
using Kennel.Core.Planning;

namespace Kennel.PropertyTests.World;

/// <summary>What the simulated PostgreSQL holds.</summary>
public sealed class SimulatedDatabases
{
    private uint numbers = 16384;

    public Map<DatabaseName, ObservedDatabase> Databases { get; private set; }

    public Map<RoleName, ObservedRole> Roles { get; private set; }

    /// <summary>The databases that somebody holds on to, so that they cannot be dropped.</summary>
    public Set<DatabaseName> Held { get; set; }

    /// <summary>What each database holds, by number; nothing where none is named.</summary>
    public Map<uint, string> Contents { get; private set; }

    /// <summary>Whether what is restored cannot be.</summary>
    public bool RefuseRestores { get; set; }

    public string ContentOf(ObservedDatabase database) => Contents.Find(database.Number).IfNone("nothing");

    public void Fill(DatabaseName name, string content) =>
        Databases.Find(name).IfSome(database => Contents = Contents.AddOrUpdate(database.Number, content));

    public void AddRole(ObservedRole role) => Roles = Roles.Add(role.Name, role);

    public void RemoveRole(RoleName role) => Roles = Roles.Remove(role);

    public void Create(DatabaseName name, string owner) =>
        Databases = Databases.Add(
            name,
            new ObservedDatabase(name, ++numbers, owner, None, IsOpen: false, IsPublic: true, DatabaseLimits.None)
        );

    public void Change(ObservedDatabase database) => Databases = Databases.SetItem(database.Name, database);

    public void Drop(DatabaseName name) => Databases = Databases.Remove(name);

    /// <summary>Whether a role owns anything.</summary>
    public bool OwnsAny(RoleName role) => Databases.Values.Any(database => database.Owner == role.Value);
}
