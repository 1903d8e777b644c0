using Kennel.Core.Domain;

namespace Kennel.Core.Planning;

/// <summary>One row of the ledger: written before its resource is made, and gone after it.</summary>
/// <param name="Id">The store's number.</param>
/// <param name="Resource">What it is.</param>
/// <param name="State">How far it is.</param>
public sealed record DesiredResource(ResourceId Id, Resource Resource, ResourceState State);

/// <summary>What PostgreSQL has that may concern Kennel.</summary>
/// <param name="Databases">The databases with names as Kennel gives them, or owned by a role with a mark.</param>
/// <param name="Roles">The roles with names as Kennel gives them.</param>
public sealed record ObservedDatabases(Map<DatabaseName, ObservedDatabase> Databases, Map<RoleName, ObservedRole> Roles)
{
    /// <summary>
    /// Who made a database. Its owner proves it: an application may change the comment of its own database, and never
    /// that of its role. Only where the owner carries no mark does the database's own count.
    /// </summary>
    public Option<InstanceId> MakerOf(ObservedDatabase database) =>
        RoleName.Parse("owner", database.Owner).ToOption().Bind(Roles.Find).Bind(role => role.Mark) | database.Mark;
}

/// <summary>One database.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Number">PostgreSQL's own number of it, which is never given again soon.</param>
/// <param name="Owner">The role that owns it.</param>
/// <param name="Mark">The instance that its comment names.</param>
/// <param name="IsOpen">Whether anybody may connect at all.</param>
/// <param name="IsPublic">Whether everybody may.</param>
/// <param name="Limits">What it may use.</param>
public sealed record ObservedDatabase(
    DatabaseName Name,
    uint Number,
    string Owner,
    Option<InstanceId> Mark,
    bool IsOpen,
    bool IsPublic,
    DatabaseLimits Limits
)
{
    /// <summary>The extensions that its mark says were added.</summary>
    public Set<ExtensionName> Extensions { get; init; }
}

/// <summary>One role.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Mark">The instance that its comment names.</param>
public sealed record ObservedRole(RoleName Name, Option<InstanceId> Mark);
