using System.Text.RegularExpressions;

namespace Kennel.Core.Domain;

/// <summary>systemd's id for one start of a unit; it changes with every restart.</summary>
public sealed partial record InvocationId : Name<InvocationId>
{
    private InvocationId(string value)
        : base(value) { }

    /// <summary>Accepts an invocation id.</summary>
    /// <param name="where">Where the text stood, for the error.</param>
    /// <param name="given">The text.</param>
    public static Validation<Problem, InvocationId> Parse(string where, string? given) =>
        Checked(where, given, Pattern(), "32 of 0-9 a-f", value => new InvocationId(value));

    [GeneratedRegex(@"\A[0-9a-f]{32}\z")]
    private static partial Regex Pattern();
}
