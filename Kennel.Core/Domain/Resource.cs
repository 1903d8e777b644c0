namespace Kennel.Core.Domain;

/// <summary>The kinds of data services that branches get their own part of.</summary>
public enum ResourceKind
{
    /// <summary>A PostgreSQL database.</summary>
    Postgres,

    /// <summary>A Valkey cache.</summary>
    Valkey,

    /// <summary>A bucket in Garage.</summary>
    Garage,
}

/// <summary>The words for the kinds.</summary>
public static class ResourceKinds
{
    /// <summary>All of them.</summary>
    public static readonly Seq<ResourceKind> All = Enum.GetValues<ResourceKind>().ToSeq().Strict();

    /// <summary>The word that manifests, options and the ledger use.</summary>
    public static string Word(this ResourceKind kind) =>
        kind switch
        {
            ResourceKind.Postgres => "postgres",
            ResourceKind.Valkey => "valkey",
            ResourceKind.Garage => "garage",
            _ => throw new System.Diagnostics.UnreachableException(),
        };

    /// <summary>The kind that a word means, if it means one.</summary>
    public static Option<ResourceKind> Of(string word) => All.Find(kind => kind.Word() == word);
}

/// <summary>What a branch has of a data service, with its outside name. Closed; every kind gets a case with its planner.</summary>
public abstract record Resource
{
    private Resource() { }

    /// <summary>A database of its own, which belongs to the branch's role.</summary>
    public sealed record Postgres(DatabaseName Database) : Resource;

    /// <summary>The kind.</summary>
    public ResourceKind Kind =>
        this switch
        {
            Postgres => ResourceKind.Postgres,
            _ => throw new System.Diagnostics.UnreachableException(),
        };

    /// <summary>The outside name, as the ledger keeps it.</summary>
    public string Name =>
        this switch
        {
            Postgres it => it.Database.Value,
            _ => throw new System.Diagnostics.UnreachableException(),
        };

    /// <summary>The resource, for people.</summary>
    public sealed override string ToString() => $"{Kind.Word()} {Name}";
}

/// <summary>How far a resource is.</summary>
public enum ResourceState
{
    /// <summary>Recorded, and not known to be complete yet.</summary>
    Wanted,

    /// <summary>It was complete once: what is missing of it since is lost, and is not made anew unasked.</summary>
    Present,

    /// <summary>Somebody asked for a new one in its place: it goes, and is then wanted again.</summary>
    Leaving,
}
