using System.Text.RegularExpressions;

namespace Kennel.Core.Domain;

/// <summary>The kernel's id for one start of the machine.</summary>
public sealed partial record BootId : Name<BootId>
{
    private BootId(string value)
        : base(value) { }

    /// <summary>Accepts the id of a start of the machine.</summary>
    /// <param name="where">Where the text stood, for the error.</param>
    /// <param name="given">The text.</param>
    public static Validation<Problem, BootId> Parse(string where, string? given) =>
        Checked(
            where,
            given,
            Pattern(),
            "groups of 8, 4, 4, 4 and 12 of 0-9 a-f with hyphens between",
            value => new BootId(value)
        );

    [GeneratedRegex(@"\A[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\z")]
    private static partial Regex Pattern();
}
