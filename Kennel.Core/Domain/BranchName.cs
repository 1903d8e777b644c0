namespace Kennel.Core.Domain;

/// <summary>A git branch name by git's own rules (git-check-ref-format), without <c>refs/heads/</c>.</summary>
public sealed record BranchName : Name<BranchName>
{
    private const int LengthMax = 400;
    private const string Forbidden = " ~^:?*[\\";

    private BranchName(string value)
        : base(value) { }

    /// <summary>Accepts a branch name.</summary>
    /// <param name="where">Where the text stood, for the error.</param>
    /// <param name="given">The text.</param>
    public static Validation<Problem, BranchName> Parse(string where, string? given) =>
        given is not null && IsAllowed(given)
            ? Success<Problem, BranchName>(new BranchName(given))
            : Fail<Problem, BranchName>(
                Problem.Of(
                    where,
                    given,
                    "a git branch name: no space, control character or any of ~^:?*[\\, no \"..\", \"@{\" or \"//\", "
                        + "no - or / in front, no part that begins with . or ends with .lock"
                )
            );

    private static bool IsAllowed(string name) =>
        name.Length is > 0 and <= LengthMax
        && name != "@"
        && !name.StartsWith('-')
        && !name.EndsWith('.')
        && !name.Contains("..", StringComparison.Ordinal)
        && !name.Contains("@{", StringComparison.Ordinal)
        && !name.Any(letter => char.IsControl(letter) || Forbidden.Contains(letter, StringComparison.Ordinal))
        && name.Split('/').All(IsPartAllowed);

    private static bool IsPartAllowed(string part) =>
        part.Length > 0 && !part.StartsWith('.') && !part.EndsWith(".lock", StringComparison.Ordinal);
}
