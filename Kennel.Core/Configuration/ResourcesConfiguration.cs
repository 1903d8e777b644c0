using Kennel.Core.Domain;
using Kennel.Core.Planning;

namespace Kennel.Core.Configuration;

/// <summary>The data services that branches get their own part of.</summary>
/// <param name="Postgres">PostgreSQL.</param>
public sealed record ResourcesConfiguration(PostgresConfiguration Postgres)
{
    /// <summary>What holds on a host that says nothing.</summary>
    public static readonly ResourcesConfiguration Default = new(
        new PostgresConfiguration(false, "/run/postgresql", 20, 60)
    );

    /// <summary>Garage.</summary>
    public GarageConfiguration Garage { get; init; } = GarageConfiguration.Default;

    /// <summary>Valkey.</summary>
    public ValkeyConfiguration Valkey { get; init; } = ValkeyConfiguration.Default;

    /// <summary>The part of it that plans depend on.</summary>
    public ResourceSettings ToSettings() =>
        new(Postgres.Enable ? Some(Postgres.ToSettings()) : None)
        {
            Valkey = Valkey.Enable ? Some(Valkey.ToSettings()) : None,
            Caches = Valkey.Caches,
            Garage = Garage.Enable ? Some(Garage.ToSettings()) : None,
        };
}

/// <summary>PostgreSQL on this host.</summary>
/// <param name="Enable">Whether branches get a database.</param>
/// <param name="SocketDirectory">Where its socket is.</param>
/// <param name="PreviewConnectionsMax">How many connections the database of a pull request may have; 0 for any number.</param>
/// <param name="PreviewStatementSeconds">How long a statement there may take; 0 for any time.</param>
public sealed record PostgresConfiguration(
    bool Enable,
    string SocketDirectory,
    int PreviewConnectionsMax,
    int PreviewStatementSeconds
)
{
    /// <summary>The extensions that projects may have, unless the host says otherwise: none of them reaches beyond its database.</summary>
    public static readonly Seq<ExtensionName> UsualExtensions = Seq(
            "btree_gin",
            "btree_gist",
            "citext",
            "cube",
            "fuzzystrmatch",
            "hstore",
            "intarray",
            "isn",
            "ltree",
            "pg_trgm",
            "pgcrypto",
            "tablefunc",
            "unaccent",
            "uuid-ossp"
        )
        .Bind(name => ExtensionName.Parse("extension", name).ToSeq())
        .Strict();

    /// <summary>The extensions that projects may have.</summary>
    public Seq<ExtensionName> Extensions { get; init; } = UsualExtensions;

    /// <summary>The databases that previews may start as copies of.</summary>
    public Seq<TemplateName> Templates { get; init; }

    /// <summary>Whether previews may start with what production has.</summary>
    public bool CloneProduction { get; init; }

    /// <summary>The part of it that plans depend on.</summary>
    public PostgresSettings ToSettings() =>
        new(SocketDirectory, new DatabaseLimits(Limit(PreviewConnectionsMax), Limit(PreviewStatementSeconds)))
        {
            Extensions = toSet(Extensions),
            Templates = toSet(Templates),
            MayCloneProduction = CloneProduction,
        };

    private static Option<int> Limit(int number) => number == 0 ? None : Some(number);
}

/// <summary>The copies of data that Kennel makes.</summary>
/// <param name="Keep">How many dumps of each database are kept; with 0 none are made.</param>
public sealed record BackupsConfiguration(int Keep);
