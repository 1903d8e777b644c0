namespace Kennel.Core.Secrets;

/// <summary>What one profile says of one secret; what it does not say is inherited.</summary>
/// <param name="Description">What the secret is, for people.</param>
/// <param name="Need">Whether it must be there.</param>
/// <param name="Default">The value where the store has none; it stands in the repository and is no secret.</param>
/// <param name="Composed">How it is made from other secrets.</param>
/// <param name="Location">Where it is kept, if not at its usual place.</param>
/// <param name="AsPath">Whether the variable has the path of a file with the value, and not the value.</param>
/// <param name="Encoding">How the stored value is encoded.</param>
/// <param name="Extraction">Which part of the stored value is meant.</param>
/// <param name="IsGenerated">Whether secretspec would make a value up or ask for one; Kennel does neither.</param>
public sealed record SecretEntry(
    Option<string> Description,
    Option<SecretNeed> Need,
    Option<string> Default,
    Option<CompositionTemplate> Composed,
    Option<SecretLocation> Location,
    Option<bool> AsPath,
    Option<SecretEncoding> Encoding,
    Option<Extraction> Extraction,
    bool IsGenerated
)
{
    /// <summary>An entry that says nothing.</summary>
    public static readonly SecretEntry Empty = new(None, None, None, None, None, None, None, None, false);

    /// <summary>This entry, with what it does not say taken from another.</summary>
    public SecretEntry Or(SecretEntry other) =>
        new(
            Description | other.Description,
            Need | other.Need,
            Default | other.Default,
            Composed | other.Composed,
            Location | other.Location,
            AsPath | other.AsPath,
            Encoding | other.Encoding,
            Extraction | other.Extraction,
            IsGenerated || other.IsGenerated
        );
}

/// <summary>Whether a secret must be there; one policy, inherited as a whole.</summary>
public abstract record SecretNeed
{
    private SecretNeed() { }

    /// <summary>It must.</summary>
    public sealed record Required : SecretNeed;

    /// <summary>It need not.</summary>
    public sealed record Optional : SecretNeed;

    /// <summary>It is one of several that do for each other.</summary>
    public sealed record Member(Seq<GroupMembership> Groups) : SecretNeed;
}

/// <summary>That a secret belongs to a group.</summary>
/// <param name="Rule">How many of the group there must be.</param>
/// <param name="Group">The group's name.</param>
public sealed record GroupMembership(GroupRule Rule, string Group);

/// <summary>How many members of a group there must be.</summary>
public enum GroupRule
{
    /// <summary>One or more.</summary>
    AtLeastOne,

    /// <summary>One and no other.</summary>
    ExactlyOne,
}

/// <summary>Where a secret is kept, if not at its usual place.</summary>
public abstract record SecretLocation
{
    private SecretLocation() { }

    /// <summary>At a place that the project names.</summary>
    /// <param name="Item">The path below the mount.</param>
    /// <param name="Field">The field of the entry.</param>
    /// <param name="Others">Coordinates that other kinds of stores have.</param>
    public sealed record Elsewhere(string Item, Option<string> Field, Seq<string> Others) : SecretLocation;

    /// <summary>At places that differ by the name of a provider; the host has one store, so they do not apply.</summary>
    public sealed record ByProvider : SecretLocation;
}
