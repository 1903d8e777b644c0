using System.Text.RegularExpressions;

namespace Kennel.Core.Forge;

/// <summary>A repository's place on the forge.</summary>
/// <param name="Owner">The login of its owner.</param>
/// <param name="Name">Its name.</param>
public sealed partial record RepositoryAddress(string Owner, string Name)
{
    /// <summary>The place of the repository that a clone URL leads to, if that is on this forge.</summary>
    /// <param name="forgeUrl">Where the forge is.</param>
    /// <param name="cloneUrl">Where the repository is fetched from, over HTTP or ssh.</param>
    public static Option<RepositoryAddress> On(string forgeUrl, string cloneUrl)
    {
        var forge = new Uri(forgeUrl);
        if (LikeScp().Match(cloneUrl) is { Success: true } scp)
            return IsHost(forge, scp.Groups["host"].Value) ? OfPath(scp.Groups["path"].Value) : None;
        if (!Uri.TryCreate(cloneUrl, UriKind.Absolute, out var clone) || !IsHost(forge, clone.Host))
            return None;
        var below = forge.AbsolutePath.TrimEnd('/') + "/";
        return clone.Scheme switch
        {
            "ssh" => OfPath(clone.AbsolutePath.TrimStart('/')),
            "http"
            or "https"
                when clone.Port == forge.Port && clone.AbsolutePath.StartsWith(below, StringComparison.Ordinal) =>
                OfPath(clone.AbsolutePath[below.Length..]),
            _ => None,
        };
    }

    private static bool IsHost(Uri forge, string host) =>
        string.Equals(forge.Host, host, StringComparison.OrdinalIgnoreCase);

    private static Option<RepositoryAddress> OfPath(string path) =>
        OwnerAndName().Match(path) is { Success: true } found
            ? new RepositoryAddress(found.Groups["owner"].Value, found.Groups["name"].Value)
            : None;

    [GeneratedRegex(@"\A[A-Za-z0-9_][A-Za-z0-9._-]*@(?<host>[A-Za-z0-9.-]+):(?<path>[^/].*)\z")]
    private static partial Regex LikeScp();

    [GeneratedRegex(@"\A(?<owner>[A-Za-z0-9_][A-Za-z0-9._-]*)/(?<name>[A-Za-z0-9_-][A-Za-z0-9._-]*?)(?:\.git)?/?\z")]
    private static partial Regex OwnerAndName();
}
