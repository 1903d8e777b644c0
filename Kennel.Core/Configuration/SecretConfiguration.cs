using Kennel.Core.Domain;
using Kennel.Core.Secrets;

namespace Kennel.Core.Configuration;

/// <summary>Where secrets are, and which ones branches get.</summary>
/// <param name="IsEnabled">Whether there is a store at all.</param>
/// <param name="VaultEndpoint">Where it is, as it was written.</param>
/// <param name="Files">What to log in with.</param>
/// <param name="Profiles">The profiles that are called otherwise than their environments.</param>
/// <param name="Shared">The paths that every project may refer to.</param>
public sealed record SecretConfiguration(
    bool IsEnabled,
    string VaultEndpoint,
    StoreFiles Files,
    Map<DeployEnvironment, string> Profiles,
    Seq<string> Shared
)
{
    /// <summary>Whether branches are redeployed when the store has other versions of their secrets.</summary>
    public bool IsWatched { get; init; }

    /// <summary>What holds on a host that says nothing.</summary>
    public static readonly SecretConfiguration Default = new(
        false,
        "https://secrets2.scottylabs.org",
        StoreFiles.None,
        Map<DeployEnvironment, string>(),
        SecretRules.Default.Shared
    );

    /// <summary>The store, if there is one.</summary>
    public Option<StoreUri> Store =>
        IsEnabled ? StoreUri.Parse("secrets.vaultEndpoint", VaultEndpoint).ToOption() : None;

    /// <summary>Which secrets branches get.</summary>
    public SecretRules Rules => new(new SecretProfiles(Profiles), Shared);
}
