using System.Text.RegularExpressions;

namespace Kennel.Core.Domain;

/// <summary>Which clone URLs are accepted.</summary>
public static partial class CloneUrls
{
    private const int LengthMax = 2000;

    /// <summary>
    /// Accepts <c>protocol://…</c>, <c>user@host:path</c> (which is ssh) and an absolute path (which is file), when the
    /// protocol is allowed and no password stands in it: clone URLs are stored and shown.
    /// </summary>
    /// <param name="where">Where the text stood, for the error.</param>
    /// <param name="given">The text.</param>
    /// <param name="protocols">The allowed protocols.</param>
    public static Validation<Problem, string> Check(string where, string? given, Seq<string> protocols)
    {
        if (given is not null && Password().IsMatch(given))
        {
            return Fail<Problem, string>(
                new Problem(
                    where,
                    "a URL with a password in it",
                    "a URL without one; passwords belong into git.credentialsFile"
                )
            );
        }
        var isAllowed =
            given is { Length: <= LengthMax }
            && !given.Any(letter => char.IsControl(letter) || char.IsWhiteSpace(letter))
            && Protocol(given).Exists(protocol => protocols.Contains(protocol));
        return isAllowed
            ? Success<Problem, string>(given!)
            : Fail<Problem, string>(
                Problem.Of(
                    where,
                    given,
                    $"a clone URL that uses {string.Join(" or ", protocols)} (git.allowedProtocols in the configuration)"
                )
            );
    }

    private static Option<string> Protocol(string given)
    {
        if (given.StartsWith('/'))
        {
            return "file";
        }
        var match = WithProtocol().Match(given);
        return match.Success ? match.Groups[1].Value
            : LikeScp().IsMatch(given) ? "ssh"
            : None;
    }

    [GeneratedRegex(@"\A([a-z]+)://(?!-)[^?#]+\z")]
    private static partial Regex WithProtocol();

    [GeneratedRegex(@"\A[A-Za-z0-9._][A-Za-z0-9._-]*@[A-Za-z0-9][A-Za-z0-9.-]*:[^:/-][^:]*\z")]
    private static partial Regex LikeScp();

    [GeneratedRegex(@"\A[A-Za-z+]+://[^/@]*:[^/@]*@")]
    private static partial Regex Password();
}
