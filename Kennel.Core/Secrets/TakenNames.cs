using Kennel.Core.Domain;
using Kennel.Core.Units;

namespace Kennel.Core.Secrets;

/// <summary>
/// The variables that Kennel sets for a branch's data. What the service manager reads from a file of secrets would take
/// their place, and lead the branch to data that is not its own.
/// </summary>
public static class TakenNames
{
    private const string OfEveryService =
        "a name other than DATABASE_PATH: Kennel sets it for every service, and kennel.json may set it to another path";

    /// <summary>The names, each with what is allowed instead.</summary>
    /// <param name="kinds">The data services that the branch gets.</param>
    public static Map<string, string> Of(Set<ResourceKind> kinds) =>
        toMap(
            Joined(
                kinds
                    .ToSeq()
                    .Bind(kind => ResourceEnvironment.Names(kind).Map(name => (Name: name, Allowed: Allowed(kind))))
                    .Strict(),
                Seq1((Name: ResourceEnvironment.DatabasePath, Allowed: OfEveryService))
            )
        );

    private static string Allowed(ResourceKind kind) =>
        $"a name other than {string.Join(", ", ResourceEnvironment.Names(kind))}: Kennel sets these to the branch's own "
        + $"{kind.Word()}; list \"resources\" in kennel.json without \"{kind.Word()}\" to do without it";
}
