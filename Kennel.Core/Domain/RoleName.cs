using System.Text.RegularExpressions;

namespace Kennel.Core.Domain;

/// <summary>The name that one branch's units run under, and later its database role: <c>knl-{hash}</c>, 31 at most.</summary>
public sealed partial record RoleName : Name<RoleName>
{
    private RoleName(string value)
        : base(value) { }

    /// <summary>Accepts a role name.</summary>
    /// <param name="where">Where the text stood, for the error.</param>
    /// <param name="given">The text.</param>
    public static Validation<Problem, RoleName> Parse(string where, string? given) =>
        Checked(where, given, Pattern(), "knl- and 12 to 27 of 0-9 a-f", value => new RoleName(value));

    [GeneratedRegex(@"\Aknl-[0-9a-f]{12,27}\z")]
    private static partial Regex Pattern();
}
