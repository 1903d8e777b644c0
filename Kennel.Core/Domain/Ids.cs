namespace Kennel.Core.Domain;

/// <summary>The store's number for a project.</summary>
public readonly record struct ProjectId(long Value) : IComparable<ProjectId>
{
    /// <inheritdoc/>
    public int CompareTo(ProjectId other) => Value.CompareTo(other.Value);
}

/// <summary>The store's number for a branch.</summary>
public readonly record struct BranchId(long Value) : IComparable<BranchId>
{
    /// <inheritdoc/>
    public int CompareTo(BranchId other) => Value.CompareTo(other.Value);
}

/// <summary>The store's number for a build; people see it in <c>kennel builds</c>.</summary>
public readonly record struct BuildId(long Value) : IComparable<BuildId>
{
    /// <inheritdoc/>
    public int CompareTo(BuildId other) => Value.CompareTo(other.Value);
}

/// <summary>The store's number for a release.</summary>
public readonly record struct ReleaseId(long Value) : IComparable<ReleaseId>
{
    /// <inheritdoc/>
    public int CompareTo(ReleaseId other) => Value.CompareTo(other.Value);
}

/// <summary>The store's number for a delivery: the order in which they arrived.</summary>
public readonly record struct DeliveryId(long Value) : IComparable<DeliveryId>
{
    /// <inheritdoc/>
    public int CompareTo(DeliveryId other) => Value.CompareTo(other.Value);
}

/// <summary>The store's number for a resource.</summary>
public readonly record struct ResourceId(long Value) : IComparable<ResourceId>
{
    /// <inheritdoc/>
    public int CompareTo(ResourceId other) => Value.CompareTo(other.Value);
}

/// <summary>The store's number for a deployment.</summary>
public readonly record struct DeploymentId(long Value) : IComparable<DeploymentId>
{
    /// <inheritdoc/>
    public int CompareTo(DeploymentId other) => Value.CompareTo(other.Value);
}
