using Kennel.Core.Domain;

namespace Kennel.Shell.Git;

/// <summary>How repositories are fetched.</summary>
/// <param name="Directory">Where the mirrors are.</param>
/// <param name="CredentialsFile">Credentials in the format of git-credential-store.</param>
/// <param name="AllowedProtocols">The protocols that clone URLs may use.</param>
public sealed record MirrorOptions(string Directory, Option<string> CredentialsFile, Seq<string> AllowedProtocols)
{
    /// <summary>How long one fetch may take.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>How many fetches run at once.</summary>
    public int ConcurrentMax { get; init; } = 4;

    /// <summary>How long a repository may take to tell its references.</summary>
    public TimeSpan ListingTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>The URL, if repositories may be fetched from there.</summary>
    public Either<Cause, string> Allowed(string cloneUrl) =>
        CloneUrls
            .Check("the clone URL", cloneUrl, AllowedProtocols)
            .ToEither()
            .MapLeft(problems => (Cause)new Cause.CloneFailed(string.Join("; ", problems)));

    /// <summary>How many repositories are asked for their references at once: slow ones must not silence the others.</summary>
    public int ListingConcurrentMax { get; init; } = 16;
}
