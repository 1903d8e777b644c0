using System.Text.RegularExpressions;

namespace Kennel.Core.Domain;

/// <summary>
/// Where a repository is fetched from, in one of the forms that cannot run a program or carry a password: git would
/// obey <c>ext::…</c> and an address that begins with a hyphen.
/// </summary>
public sealed partial record CloneUrl : Name<CloneUrl>
{
    private const string Allowed =
        "https://host/path, ssh://git@host/path, git@host:path or an absolute path on this machine";

    private CloneUrl(string value)
        : base(value) { }

    /// <summary>Accepts a clone URL; one with a user name or password for https, or a password for ssh, is refused.</summary>
    /// <param name="where">Where the text stood, for the error.</param>
    /// <param name="given">The text.</param>
    public static Validation<Problem, CloneUrl> Parse(string where, string? given) =>
        CredentialsPattern().Match(given ?? "") is { Success: true } found
            ? Fail<Problem, CloneUrl>(
                Problem.Of(
                    where,
                    $"{found.Groups[1].Value}…@{given![found.Length..]}",
                    "no credentials in the URL; put them in the file that git.credentialsFile names"
                )
            )
            : Checked(where, given, Pattern(), Allowed, value => new CloneUrl(value));

    [GeneratedRegex(@"\A(https?://|ssh://[^/@:]*:)[^/]*@")]
    private static partial Regex CredentialsPattern();

    [GeneratedRegex(
        @"\A(?:https://[A-Za-z0-9\[][A-Za-z0-9.:\[\]-]*/[^\s\p{Cc}?#]+"
            + @"|ssh://(?:[A-Za-z0-9_][A-Za-z0-9._-]*@)?[A-Za-z0-9\[][A-Za-z0-9.:\[\]-]*/[^\s\p{Cc}]+"
            + @"|[A-Za-z0-9_][A-Za-z0-9._-]*@[A-Za-z0-9][A-Za-z0-9.-]*:[^\s\p{Cc}:-][^\s\p{Cc}]*"
            + @"|/[^\p{Cc}]+)\z"
    )]
    private static partial Regex Pattern();
}
