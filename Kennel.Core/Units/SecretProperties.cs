using Kennel.Core.Domain;
using Kennel.Core.Secrets;

namespace Kennel.Core.Units;

/// <summary>
/// How secrets reach a unit: systemd reads them from files in memory that nobody else may read, and the unit's
/// properties show only the paths.
/// </summary>
public static class SecretProperties
{
    /// <summary>Where the files are, in a directory for each generation.</summary>
    public const string Directory = "/run/kennel-secrets";

    /// <summary>The file of variables in such a directory.</summary>
    public const string EnvironmentFile = "environment";

    private const string Credentials = "/run/credentials";

    /// <summary>The properties of a unit that gets the secrets of a generation.</summary>
    /// <param name="unit">The unit: the generation's own, or that of its step.</param>
    /// <param name="generation">The generation.</param>
    /// <param name="secrets">Its secrets, if it has any.</param>
    public static Seq<UnitProperty> Of(UnitName unit, UnitName generation, Option<ReleaseSecrets> secrets) =>
        secrets.Match(it => Of(unit, generation, it), () => Seq<UnitProperty>());

    private static Seq<UnitProperty> Of(UnitName unit, UnitName generation, ReleaseSecrets secrets)
    {
        var directory = $"{Directory}/{generation}";
        var asPath = secrets.Plan.Secrets.Filter(secret => secret.AsPath && secrets.IsThere(secret)).Strict();
        return Joined(
            Seq1(
                new UnitProperty(
                    "EnvironmentFiles",
                    new UnitValue.Files(Seq1(new OptionalFile($"{directory}/{EnvironmentFile}", MayBeMissing: false)))
                )
            ),
            asPath.IsEmpty
                ? Seq<UnitProperty>()
                : Seq(
                    new UnitProperty(
                        "LoadCredential",
                        new UnitValue.Pairs(
                            asPath.Map(it => new TextPair(it.Name.Value, $"{directory}/{it.Name}.file")).Strict()
                        )
                    ),
                    new UnitProperty(
                        "Environment",
                        new UnitValue.Texts(asPath.Map(it => $"{it.Name}={Credentials}/{unit}/{it.Name}").Strict())
                    )
                )
        );
    }
}
