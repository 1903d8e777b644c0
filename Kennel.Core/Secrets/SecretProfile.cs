namespace Kennel.Core.Secrets;

/// <summary>What one profile declares.</summary>
/// <param name="Entries">Its own secrets.</param>
/// <param name="Defaults">What holds for all its secrets that do not say otherwise.</param>
public sealed record SecretProfile(Map<SecretName, SecretEntry> Entries, ProfileDefaults Defaults)
{
    /// <summary>The profile from which every other one inherits.</summary>
    public const string DefaultName = "default";

    /// <summary>A profile that declares nothing.</summary>
    public static readonly SecretProfile Empty = new(
        Map<SecretName, SecretEntry>(),
        new ProfileDefaults(None, None, None)
    );

    /// <summary>This profile with another file's laid over it: an entry is replaced as a whole.</summary>
    public SecretProfile Under(SecretProfile upper) =>
        new(
            Entries.AddOrUpdateRange(upper.Entries.Pairs.Map(pair => (pair.Key, pair.Value))),
            upper.Defaults.Or(Defaults)
        );
}

/// <summary>The table <c>[profiles.X.defaults]</c>.</summary>
/// <param name="Inherit">Whether the profile inherits from the default one.</param>
/// <param name="Required">Whether its secrets must be there.</param>
/// <param name="Default">Their value where the store has none.</param>
public sealed record ProfileDefaults(Option<bool> Inherit, Option<bool> Required, Option<string> Default)
{
    /// <summary>These, with what they do not say taken from others.</summary>
    public ProfileDefaults Or(ProfileDefaults other) =>
        new(Inherit | other.Inherit, Required | other.Required, Default | other.Default);
}
