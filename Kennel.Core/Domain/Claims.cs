namespace Kennel.Core.Domain;

/// <summary>All names that are taken, and those that a change takes on top of them.</summary>
/// <param name="Held">Owner by kind and name.</param>
/// <param name="Added">New claims, in the order they were made.</param>
public sealed record Claims(Map<(ClaimKind Kind, string Name), ClaimOwner> Held, Seq<Claim> Added)
{
    /// <summary>The claims that the store holds.</summary>
    public static Claims From(Seq<Claim> stored) =>
        new(toMap(stored.Map(claim => ((claim.Kind, claim.Name), claim.Owner))), Seq<Claim>());

    /// <summary>
    /// Takes a derived name: the one the owner holds already, else the plain form, else the form with the mark.
    /// </summary>
    /// <param name="kind">The kind of name.</param>
    /// <param name="owner">Who takes it.</param>
    /// <param name="plain">The plain form.</param>
    /// <param name="marked">The form with the mark.</param>
    /// <returns>The name and all claims after it was taken; nothing when both forms are another's.</returns>
    public Option<(string Name, Claims Claims)> Take(ClaimKind kind, ClaimOwner owner, string plain, string marked) =>
        Take(kind, owner, plain) | Take(kind, owner, marked);

    /// <summary>Takes exactly this name, if it is free or the owner's already.</summary>
    public Option<(string Name, Claims Claims)> Take(ClaimKind kind, ClaimOwner owner, string name) =>
        Held.Find((kind, name))
            .Match(
                holder => holder == owner ? Some((name, this)) : None,
                () => Some((name, Add(new Claim(kind, name, owner))))
            );

    /// <summary>Takes a custom domain, if it is free or the branch's already, whichever component it led to.</summary>
    public Option<Claims> TakeDomain(HostName domain, ClaimOwner branch) =>
        Held.Find((ClaimKind.Host, domain.Value))
            .Match(
                holder => (holder.Project, holder.Reference) == (branch.Project, branch.Reference) ? Some(this) : None,
                () => Some(Add(new Claim(ClaimKind.Host, domain.Value, branch) { IsCustom = true }))
            );

    private Claims Add(Claim claim) => new(Held.Add((claim.Kind, claim.Name), claim.Owner), Added.Add(claim));
}
