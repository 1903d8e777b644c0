namespace Kennel.Core.Secrets;

/// <summary>Secrets that do for each other.</summary>
/// <param name="Membership">How many of them there must be, and how the group is called.</param>
/// <param name="Members">The secrets.</param>
internal sealed record SecretGroup(GroupMembership Membership, Seq<SecretName> Members)
{
    /// <summary>The groups that a secret belongs to, each with its name.</summary>
    internal static Seq<(GroupMembership Membership, SecretName Name)> Memberships(
        SecretName name,
        Option<SecretNeed> need
    ) =>
        need.ToSeq()
            .Bind(it => it is SecretNeed.Member member ? member.Groups : Seq<GroupMembership>())
            .Map(membership => (membership, name))
            .Strict();

    /// <summary>The groups that these make.</summary>
    internal static Seq<SecretGroup> Of(Seq<(GroupMembership Membership, SecretName Name)> memberships) =>
        memberships
            .GroupBy(it => it.Membership)
            .OrderBy(group => group.Key.Group, StringComparer.Ordinal)
            .ThenBy(group => group.Key.Rule)
            .Select(group => new SecretGroup(group.Key, toSet(group.Select(it => it.Name)).ToSeq().Strict()))
            .ToSeq()
            .Strict();
}
