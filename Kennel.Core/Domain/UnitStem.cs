using System.Text.RegularExpressions;

namespace Kennel.Core.Domain;

/// <summary>The claimed first part of all unit names of one deployment: <c>kennel-{project}-{branch}-{component}</c>.</summary>
public sealed partial record UnitStem : Name<UnitStem>
{
    /// <summary>Unit names are at most 255 bytes; the digest and <c>.service</c> take 19 of them.</summary>
    public const int LengthMax = 200;

    private UnitStem(string value)
        : base(value) { }

    /// <summary>Accepts a unit stem.</summary>
    /// <param name="where">Where the text stood, for the error.</param>
    /// <param name="given">The text.</param>
    public static Validation<Problem, UnitStem> Parse(string where, string? given) =>
        Checked(where, given, Pattern(), "kennel-… of a-z 0-9 -, at most 200 bytes", value => new UnitStem(value));

    [GeneratedRegex(@"\Akennel-[a-z0-9-]{1,193}\z")]
    private static partial Regex Pattern();
}
