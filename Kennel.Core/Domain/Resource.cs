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

    /// <summary>A database of its own in the host's Valkey, and the one user who may use it.</summary>
    public sealed record Valkey(CacheUser User, CacheNumber Database) : Resource;

    /// <summary>A valkey-server of its own, which runs in this unit.</summary>
    public sealed record ValkeyInstance(UnitName Unit) : Resource;

    /// <summary>A bucket of its own, and the key that may use it and no other.</summary>
    public sealed record Garage(BucketName Bucket) : Resource;

    /// <summary>The kind.</summary>
    public ResourceKind Kind =>
        this switch
        {
            Postgres => ResourceKind.Postgres,
            Valkey or ValkeyInstance => ResourceKind.Valkey,
            Garage => ResourceKind.Garage,
            _ => throw new System.Diagnostics.UnreachableException(),
        };

    /// <summary>The outside name, as the ledger keeps it.</summary>
    public string Name =>
        this switch
        {
            Postgres it => it.Database.Value,
            Valkey it => it.User.Value,
            ValkeyInstance it => it.Unit.Value,
            Garage it => it.Bucket.Value,
            _ => throw new System.Diagnostics.UnreachableException(),
        };

    /// <summary>The number that no other resource of its kind has, as the ledger keeps it.</summary>
    public Option<int> Number => this is Valkey it ? Some(it.Database.Value) : None;

    /// <summary>The resource, for people.</summary>
    public sealed override string ToString() =>
        Number.Match(number => $"{Kind.Word()} database {number}", () => $"{Kind.Word()} {Name}");
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
