using System.Text.RegularExpressions;

namespace Kennel.Core.Forge;

/// <summary>What becomes of a project's clone URL when its repository is renamed or moved to another owner.</summary>
public static partial class Relocation
{
    /// <summary>
    /// The clone URL with the repository's new owner and name and all else as it was; none where the repository is
    /// still there, or where it says to be on another host or this URL is a path on this machine: then nothing can be
    /// told.
    /// </summary>
    /// <param name="cloneUrl">Where the project is fetched from.</param>
    /// <param name="repository">The project's repository, by its number.</param>
    public static Option<string> NewUrl(string cloneUrl, ForgeRepository repository) =>
        from known in RepositoryLocation.Of(cloneUrl)
        where !known.IsHere && !repository.Locations.Contains(known)
        from url in Renamed(cloneUrl, repository)
        from place in RepositoryLocation.Of(url)
        where place.Host == known.Host && repository.Locations.Contains(place)
        select url;

    private static Option<string> Renamed(string cloneUrl, ForgeRepository repository) =>
        OwnerAndName().Match(cloneUrl) is { Success: true } found
        && PlainName().IsMatch(repository.Owner)
        && PlainName().IsMatch(repository.Name)
            ? $"{found.Groups["before"].Value}{repository.FullName}{found.Groups["after"].Value}"
            : None;

    [GeneratedRegex(@"\A(?<before>.*[/:])[^/:]+/[^/:]+?(?<after>(?:\.git)?/*)\z")]
    private static partial Regex OwnerAndName();

    [GeneratedRegex(@"\A\.?[A-Za-z0-9_][A-Za-z0-9._-]*\z")]
    private static partial Regex PlainName();
}
