using System.Text.RegularExpressions;

namespace Kennel.Core.Domain;

/// <summary>The claimed first part of all unit names of one deployment: <c>kennel-{project}-{branch}-{component}</c>.</summary>
public sealed partial record UnitStem : Name<UnitStem>
{
    /// <summary>
    /// The digest and <c>.service</c> take 19 bytes more. systemd makes a directory of the unit name and 56 bytes for its
    /// private <c>/tmp</c>, and a file name has at most 255.
    /// </summary>
    public const int LengthMax = 180;

    private UnitStem(string value)
        : base(value) { }

    /// <summary>Accepts a unit stem.</summary>
    /// <param name="where">Where the text stood, for the error.</param>
    /// <param name="given">The text.</param>
    public static Validation<Problem, UnitStem> Parse(string where, string? given) =>
        Checked(where, given, Pattern(), "kennel-… of a-z 0-9 -, at most 180 bytes", value => new UnitStem(value));

    [GeneratedRegex(@"\Akennel-[a-z0-9-]{1,173}\z")]
    private static partial Regex Pattern();
}
