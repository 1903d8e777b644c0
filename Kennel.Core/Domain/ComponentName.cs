using System.Text.RegularExpressions;

namespace Kennel.Core.Domain;

/// <summary>The name of one service or site in a manifest; it is also a Nix attribute and a file name in <c>bin</c>.</summary>
public sealed partial record ComponentName : Name<ComponentName>
{
    private ComponentName(string value)
        : base(value) { }

    /// <summary>Accepts a component name.</summary>
    /// <param name="where">Where the text stood, for the error.</param>
    /// <param name="given">The text.</param>
    public static Validation<Problem, ComponentName> Parse(string where, string? given) =>
        Checked(
            where,
            given,
            Pattern(),
            "1 to 63 of A-Z a-z 0-9 _ -, beginning with a letter or _",
            value => new ComponentName(value)
        );

    [GeneratedRegex(@"\A[A-Za-z_][A-Za-z0-9_-]{0,62}\z")]
    private static partial Regex Pattern();
}
