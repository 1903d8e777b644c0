namespace Kennel.Core.Secrets;

/// <summary>
/// The secrets of one release: what it gets, and in which versions it read them. It is a part of the release's
/// specification, so that a start of it gets what its first start got, whatever the store has by then.
/// </summary>
/// <param name="Plan">What it gets.</param>
/// <param name="Pins">What there was at each address.</param>
public sealed record ReleaseSecrets(SecretPlan Plan, Map<SecretAddress, SecretPin> Pins)
{
    /// <summary>The secrets with what the store has now.</summary>
    public static ReleaseSecrets Of(SecretPlan plan, Map<SecretAddress, SecretAnswer> answers) =>
        new(plan, toMap(plan.Addresses.Map(address => (address, Pin(answers.Find(address)))).Strict()));

    /// <summary>What to ask the store for, each in its version; what was not there is not asked for again.</summary>
    public Map<SecretAddress, Option<int>> Questions =>
        toMap(
            Pins.Pairs.ToSeq()
                .Bind(pair =>
                    pair.Value switch
                    {
                        SecretPin.Version it => Seq1((pair.Key, Some(it.Number))),
                        SecretPin.Unversioned => Seq1((pair.Key, Option<int>.None)),
                        SecretPin.Absent => Seq<(SecretAddress, Option<int>)>(),
                        _ => throw new System.Diagnostics.UnreachableException(),
                    }
                )
                .Strict()
        );

    /// <summary>What the release gets; or why it cannot have it any more.</summary>
    public Validation<SecretFault, Seq<ResolvedSecret>> Resolve(Map<SecretAddress, SecretAnswer> answers)
    {
        var gone = Pins
            .Pairs.ToSeq()
            .Bind(pair =>
                pair.Value is SecretPin.Version version
                && answers.Find(pair.Key).ForAll(it => it is SecretAnswer.Absent)
                    ? Seq1<SecretFault>(new SecretFault.Gone(pair.Key, version.Number))
                    : Seq<SecretFault>()
            )
            .Strict();
        return gone.IsEmpty
            ? Plan.Resolve(
                answers.Filter((address, _) => Pins.Find(address).ForAll(pin => pin is not SecretPin.Absent))
            )
            : Validation<SecretFault, Seq<ResolvedSecret>>.Fail(gone);
    }

    /// <summary>Whether the release has a value of one of its secrets.</summary>
    public bool IsThere(PlannedSecret secret) =>
        secret.Source switch
        {
            SecretSource.Stored stored => secret.Default.IsSome
                || Pins.Find(stored.Address).Exists(pin => pin is not SecretPin.Absent),
            SecretSource.Composed composed => composed.Template.Names.ForAll(name =>
                Plan.Secrets.Find(other => other.Name == name).Exists(IsThere)
            ),
            _ => throw new System.Diagnostics.UnreachableException(),
        };

    private static SecretPin Pin(Option<SecretAnswer> answer) =>
        answer
            .Bind(it => it is SecretAnswer.Found found ? Some(found) : None)
            .Match<SecretPin>(
                found =>
                    found.Version.Match<SecretPin>(it => new SecretPin.Version(it), () => new SecretPin.Unversioned()),
                () => new SecretPin.Absent()
            );
}

/// <summary>What a release found at an address.</summary>
public abstract record SecretPin
{
    private SecretPin() { }

    /// <summary>A value in this version.</summary>
    public sealed record Version(int Number) : SecretPin;

    /// <summary>A value, in a store that counts no versions.</summary>
    public sealed record Unversioned : SecretPin;

    /// <summary>Nothing.</summary>
    public sealed record Absent : SecretPin;
}
