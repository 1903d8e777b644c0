namespace Kennel.Core.Secrets;

/// <summary>From what the store answered to what a release gets, or to all that is in the way.</summary>
public static class SecretResolution
{
    /// <summary>How long the variable of one secret may be, its name included: the kernel takes no longer ones.</summary>
    public const int VariableBytesMax = (128 << 10) - 1;

    /// <summary>How long the file of one secret may be: systemd hands no longer ones to a unit.</summary>
    public const int FileBytesMax = 1 << 20;

    /// <summary>How long all values may be together: systemd hands no more to a unit.</summary>
    public const int AllBytesMax = 1 << 20;

    /// <summary>
    /// The secrets; those that are absent and need not be there are left out. An address without an answer is absent.
    /// </summary>
    public static Validation<SecretFault, Seq<ResolvedSecret>> Resolve(
        this SecretPlan plan,
        Map<SecretAddress, SecretAnswer> answers
    )
    {
        var taken = SecretTaking.All(plan, answers);
        var present = plan
            .Secrets.Filter(secret => taken[secret.Name] is Taken.Value)
            .Map(secret => secret.Name)
            .Strict();
        var faults = Joined(
                plan.Secrets.Bind(secret => Fault(taken, secret).ToSeq()),
                Groups(plan, toSet(present)),
                Sum(taken)
            )
            .Distinct()
            .ToSeq()
            .Strict();
        return faults.IsEmpty
            ? Success<SecretFault, Seq<ResolvedSecret>>(
                plan.Secrets.Bind(secret =>
                        taken[secret.Name] is Taken.Value it
                            ? Seq1(new ResolvedSecret(secret.Name, it.Content, secret.AsPath))
                            : Seq<ResolvedSecret>()
                    )
                    .Strict()
            )
            : Validation<SecretFault, Seq<ResolvedSecret>>.Fail(faults);
    }

    private static Seq<SecretFault> Sum(Map<SecretName, Taken> taken) =>
        taken.Values.Sum(one => one is Taken.Value it ? (long)it.Content.Length : 0) > AllBytesMax
            ? Seq1<SecretFault>(new SecretFault.TooMuch(AllBytesMax))
            : Seq<SecretFault>();

    private static Option<SecretFault> Fault(Map<SecretName, Taken> taken, PlannedSecret secret) =>
        taken[secret.Name] switch
        {
            Taken.Value it => Unfit(secret, it.Content),
            Taken.Spoilt it => it.Fault,
            Taken.Nothing when secret.Need is SecretNeed.Required => Missing(taken, secret),
            Taken.Nothing => None,
            _ => throw new System.Diagnostics.UnreachableException(),
        };

    private static Option<SecretFault> Missing(Map<SecretName, Taken> taken, PlannedSecret secret) =>
        secret.Source switch
        {
            SecretSource.Stored stored => new SecretFault.Missing(secret.Name, stored.Address),
            SecretSource.Composed composed => new SecretFault.NotMade(
                secret.Name,
                composed.Template.Names.Filter(name => taken[name] is not Taken.Value).Strict()
            ),
            _ => throw new System.Diagnostics.UnreachableException(),
        };

    private static Option<SecretFault> Unfit(PlannedSecret secret, SecretValue value)
    {
        var bytes = secret.AsPath ? value.Length : secret.Name.Value.Length + value.Length + "=\0".Length;
        var bytesMax = secret.AsPath ? FileBytesMax : VariableBytesMax;
        var isText = !value.Reveal().Contains((byte)0) && value.RevealText().IsSome;
        return bytes > bytesMax ? new SecretFault.TooLong(secret.Name, bytesMax)
            : secret.AsPath || isText ? None
            : new SecretFault.NotText(secret.Name);
    }

    private static Seq<SecretFault> Groups(SecretPlan plan, Set<SecretName> present) =>
        SecretGroup
            .Of(plan.Secrets.Bind(secret => SecretGroup.Memberships(secret.Name, secret.Need)).Strict())
            .Bind(group =>
            {
                var there = group.Members.Filter(present.Contains).Strict();
                var isMet = group.Membership.Rule == GroupRule.AtLeastOne ? there.Count >= 1 : there.Count == 1;
                return isMet
                    ? Seq<SecretFault>()
                    : Seq1<SecretFault>(new SecretFault.WrongNumber(group.Membership, group.Members, there));
            })
            .Strict();
}
