using System.Text.RegularExpressions;

namespace Kennel.Core.Forge;

/// <summary>
/// Which repository a clone URL means, whatever way it is reached: <c>https://git.example.org/a/b.git</c> and
/// <c>git@git.example.org:A/b</c> are the same.
/// </summary>
/// <param name="Host">The host in lower case; empty for a path on this machine.</param>
/// <param name="Path">The path in lower case, without <c>.git</c>.</param>
public sealed partial record RepositoryLocation(string Host, string Path)
{
    /// <summary>Whether it is a path on this machine.</summary>
    public bool IsHere => Host.Length == 0;

    /// <summary>The location that a URL means, if it means one.</summary>
    public static Option<RepositoryLocation> Of(string url) =>
        url.StartsWith('/') ? Make("", url)
        : WithScheme().Match(url) is { Success: true } scheme ? Make(scheme.Groups[1].Value, scheme.Groups[2].Value)
        : LikeScp().Match(url) is { Success: true } scp ? Make(scp.Groups[1].Value, scp.Groups[2].Value)
        : None;

    private static Option<RepositoryLocation> Make(string host, string path)
    {
        var trimmed = path.Trim('/').ToLowerInvariant();
        var name = trimmed.EndsWith(".git", StringComparison.Ordinal) ? trimmed[..^".git".Length] : trimmed;
        return name.Length == 0 ? None : Some(new RepositoryLocation(host.ToLowerInvariant(), name));
    }

    // The port is left out: the same forge has others for ssh and for the web.
    [GeneratedRegex(@"\A[A-Za-z+]+://(?:[^/@]*@)?(\[[^\]/]*\]|[^/:@]*)(?::[0-9]*)?(/[^?#]*)\z")]
    private static partial Regex WithScheme();

    [GeneratedRegex(@"\A(?:[^/@:]+@)?([^/@:]+):(?!//)([^:]+)\z")]
    private static partial Regex LikeScp();
}
