using Kennel.Core.Domain;

namespace Kennel.Core.Planning;

/// <summary>The data services that new releases on this host get.</summary>
/// <param name="Postgres">PostgreSQL, where it is on.</param>
public sealed record ResourceSettings(Option<PostgresSettings> Postgres)
{
    /// <summary>A host without any.</summary>
    public static readonly ResourceSettings None = new(Option<PostgresSettings>.None);

    /// <summary>Valkey, where it is on.</summary>
    public Option<ValkeySettings> Valkey { get; init; }

    /// <summary>How caches are given.</summary>
    public CacheSettings Caches { get; init; } = CacheSettings.Default;

    /// <summary>Garage, where it is on.</summary>
    public Option<GarageSettings> Garage { get; init; }

    /// <summary>The kinds that are on.</summary>
    public Set<ResourceKind> Kinds =>
        toSet(
            Seq(
                    Postgres.Map(_ => ResourceKind.Postgres),
                    Valkey.Map(_ => ResourceKind.Valkey),
                    Garage.Map(_ => ResourceKind.Garage)
                )
                .Somes()
        );

    /// <summary>The kinds that a project gets: all, or those it lists.</summary>
    /// <param name="listed">What its manifest lists, where it does.</param>
    public Set<ResourceKind> Of(Option<Set<string>> listed) =>
        listed.Match(words => Kinds.Filter(kind => words.Contains(kind.Word())), () => Kinds);
}

/// <summary>How branches get their databases.</summary>
/// <param name="SocketDirectory">Where PostgreSQL's socket is.</param>
/// <param name="PreviewLimits">What the database of a pull request may use.</param>
public sealed record PostgresSettings(string SocketDirectory, DatabaseLimits PreviewLimits)
{
    /// <summary>The extensions that projects may have in their databases.</summary>
    public Set<ExtensionName> Extensions { get; init; }

    /// <summary>The databases that previews may start as copies of.</summary>
    public Set<TemplateName> Templates { get; init; }

    /// <summary>Whether previews may start with what production has.</summary>
    public bool MayCloneProduction { get; init; }

    /// <summary>The extensions that are allowed, for people.</summary>
    public string Allowed =>
        Extensions.IsEmpty
            ? "none: this host allows no extensions (resources.postgres.extensions)"
            : $"those that this host allows (resources.postgres.extensions): {string.Join(", ", Extensions)}";

    /// <summary>What a database of this environment may use.</summary>
    public DatabaseLimits LimitsOf(DeployEnvironment environment) =>
        environment == DeployEnvironment.Preview ? PreviewLimits : DatabaseLimits.None;
}

/// <summary>What a database may use.</summary>
/// <param name="ConnectionsMax">How many connections it may have at once.</param>
/// <param name="StatementSeconds">How long one statement may take.</param>
public sealed record DatabaseLimits(Option<int> ConnectionsMax, Option<int> StatementSeconds)
{
    /// <summary>No limit.</summary>
    public static readonly DatabaseLimits None = new(Option<int>.None, Option<int>.None);

    /// <summary>The limits, for people.</summary>
    public override string ToString() =>
        this == None
            ? "no limits"
            : string.Join(
                ", ",
                Seq(
                        ConnectionsMax.Map(count => $"at most {count} connections"),
                        StatementSeconds.Map(seconds => $"statements of at most {seconds} s")
                    )
                    .Somes()
            );
}
