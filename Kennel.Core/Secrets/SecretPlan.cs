namespace Kennel.Core.Secrets;

/// <summary>Which secrets a release gets and where they come from. It has names and places, never a value of the store.</summary>
/// <param name="Owner">Whose secrets they are.</param>
/// <param name="Secrets">The secrets, by name.</param>
public sealed record SecretPlan(SecretOwner Owner, Seq<PlannedSecret> Secrets)
{
    /// <summary>All that the store is to be asked for, each once.</summary>
    public Seq<SecretAddress> Addresses =>
        toSet(Secrets.Map(secret => secret.Source is SecretSource.Stored stored ? Some(stored.Address) : None).Somes())
            .ToSeq()
            .Strict();
}

/// <summary>One secret of a release.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Source">Where it comes from.</param>
/// <param name="Need">Whether it must be there.</param>
/// <param name="Default">Its value where the store has none.</param>
/// <param name="Encoding">How the stored value is encoded.</param>
/// <param name="Extraction">Which part of the stored value is meant.</param>
/// <param name="AsPath">Whether it is given as a file.</param>
public sealed record PlannedSecret(
    SecretName Name,
    SecretSource Source,
    SecretNeed Need,
    Option<string> Default,
    Option<SecretEncoding> Encoding,
    Option<Extraction> Extraction,
    bool AsPath
);

/// <summary>Where a secret comes from.</summary>
public abstract record SecretSource
{
    private SecretSource() { }

    /// <summary>The host's store.</summary>
    public sealed record Stored(SecretAddress Address) : SecretSource;

    /// <summary>Other secrets.</summary>
    public sealed record Composed(CompositionTemplate Template) : SecretSource;
}
