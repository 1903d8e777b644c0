using System.Text.RegularExpressions;

namespace Kennel.Core.Domain;

/// <summary>
/// The random mark of one state database. What carries another mark was not made from this database and is never
/// changed on its account.
/// </summary>
public sealed partial record InstanceId : Name<InstanceId>
{
    private InstanceId(string value)
        : base(value) { }

    /// <summary>Accepts an instance id.</summary>
    /// <param name="where">Where the text stood, for the error.</param>
    /// <param name="given">The text.</param>
    public static Validation<Problem, InstanceId> Parse(string where, string? given) =>
        Checked(where, given, Pattern(), "twelve of 0-9 a-f", value => new InstanceId(value));

    [GeneratedRegex(@"\A[0-9a-f]{12}\z")]
    private static partial Regex Pattern();
}
