using Kennel.Core.Domain;
using Kennel.Core.Planning;
using Kennel.Core.Units;

namespace Kennel.Core.Lifecycle;

/// <summary>The data services that the services of a branch get, and how they find them.</summary>
/// <param name="Kinds">Which.</param>
/// <param name="Environment">The variables for them.</param>
internal sealed record NamedResources(Set<ResourceKind> Kinds, Seq<string> Environment)
{
    public static readonly NamedResources Nothing = new(Set<ResourceKind>(), Seq<string>());

    public static NamedResources Of(PostgresSettings settings, RoleName role, DatabaseName database) =>
        new(Set(ResourceKind.Postgres), ResourceEnvironment.OfDatabase(settings, role, database));

    /// <summary>The extensions that the services need in their database.</summary>
    public Set<ExtensionName> Extensions { get; init; }

    /// <summary>What their database starts with.</summary>
    public PreviewDatabase DatabaseStart { get; init; } = PreviewDatabase.Default;

    /// <summary>A cache; where it is follows only when a unit starts, from what the ledger has.</summary>
    public static NamedResources OfCache() => new(Set(ResourceKind.Valkey), Seq<string>());

    public static NamedResources Of(GarageSettings settings, BucketName bucket) =>
        new(Set(ResourceKind.Garage), ResourceEnvironment.OfBucket(settings, bucket));

    /// <summary>Both.</summary>
    public NamedResources And(NamedResources other) =>
        new(Kinds.Union(other.Kinds), Joined(Environment, other.Environment))
        {
            Extensions = Extensions.Union(other.Extensions),
            DatabaseStart = DatabaseStart.IsCopy ? DatabaseStart : other.DatabaseStart,
        };

    /// <summary>A service with them; of two variables of one name, the last one counts.</summary>
    public Specification.Service In(Specification.Service service) =>
        service with
        {
            Environment = Joined(service.Environment, Environment),
            Resources = Kinds,
            Extensions = Extensions,
            DatabaseStart = DatabaseStart,
        };
}
