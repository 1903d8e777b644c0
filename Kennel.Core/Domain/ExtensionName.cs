using System.Text.RegularExpressions;

namespace Kennel.Core.Domain;

/// <summary>The name of an extension of PostgreSQL.</summary>
public sealed partial record ExtensionName : Name<ExtensionName>
{
    private ExtensionName(string value)
        : base(value) { }

    /// <summary>Accepts the name of an extension.</summary>
    /// <param name="where">Where the text stood, for the error.</param>
    /// <param name="given">The text.</param>
    public static Validation<Problem, ExtensionName> Parse(string where, string? given) =>
        Checked(
            where,
            given,
            Pattern(),
            "a letter of a-z, and then up to 62 of a-z 0-9 _ -",
            value => new ExtensionName(value)
        );

    [GeneratedRegex(@"\A[a-z][a-z0-9_-]{0,62}\z")]
    private static partial Regex Pattern();
}
