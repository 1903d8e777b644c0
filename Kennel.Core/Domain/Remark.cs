namespace Kennel.Core.Domain;

/// <summary>What a person wrote about something: a line of text, to be shown as it is.</summary>
public static class Remark
{
    /// <summary>How long it may be, in characters.</summary>
    public const int LengthMax = 500;

    /// <summary>A line that says something.</summary>
    /// <param name="where">Where the text stood, for the error.</param>
    /// <param name="given">The text.</param>
    public static Validation<Problem, string> Parse(string where, string? given) =>
        given?.Trim() is { Length: > 0 and <= LengthMax } text && !text.Any(char.IsControl)
            ? Success<Problem, string>(text)
            : Fail<Problem, string>(
                Problem.Of(where, given, $"1 to {LengthMax} characters in one line, without control characters")
            );

    /// <summary>
    /// A line for a page that the web server renders: between braces it would look for values of its own, secrets among
    /// them.
    /// </summary>
    /// <param name="where">Where the text stood, for the error.</param>
    /// <param name="given">The text.</param>
    public static Validation<Problem, string> ParseForPage(string where, string? given) =>
        Parse(where, given)
            .Bind(text =>
                text.AsSpan().ContainsAny('{', '}')
                    ? Fail<Problem, string>(Problem.Of(where, given, "no braces"))
                    : Success<Problem, string>(text)
            );
}
