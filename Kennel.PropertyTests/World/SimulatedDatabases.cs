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
