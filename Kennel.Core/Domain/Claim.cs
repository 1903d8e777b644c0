namespace Kennel.Core.Domain;

/// <summary>The kinds of outside names; a name is held by one owner per kind.</summary>
public enum ClaimKind
{
    /// <summary>A host name.</summary>
    Host,

    /// <summary>A unit stem.</summary>
    Unit,

    /// <summary>A role and OS user.</summary>
    Role,

    /// <summary>A PostgreSQL database.</summary>
    Database,

    /// <summary>A bucket.</summary>
    Bucket,
}

/// <summary>Who holds a name: a component of a branch, or the branch itself where there is no component.</summary>
/// <param name="Project">The project.</param>
/// <param name="Reference">The full git reference; every incarnation of a branch is the same owner.</param>
/// <param name="Component">The component, if the name is one component's alone.</param>
public sealed record ClaimOwner(ProjectId Project, string Reference, Option<ComponentName> Component);

/// <summary>A name that is taken.</summary>
public sealed record Claim(ClaimKind Kind, string Name, ClaimOwner Owner)
{
    /// <summary>Whether it is a custom domain: a host name that the project brought along.</summary>
    public bool IsCustom { get; init; }
}
