using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Kennel.Core.Domain;

/// <summary>
/// Ten hexadecimal digits that stand for all that a running generation is made of. If a unit with the target's
/// digest runs, it is up to date.
/// </summary>
public sealed partial record Digest : Name<Digest>
{
    private const int Length = 10;

    private Digest(string value)
        : base(value) { }

    /// <summary>Accepts a digest as it stands in a unit name.</summary>
    /// <param name="where">Where the text stood, for the error.</param>
    /// <param name="given">The text.</param>
    public static Validation<Problem, Digest> Parse(string where, string? given) =>
        Checked(where, given, Pattern(), "ten of 0-9 a-f", value => new Digest(value));

    /// <summary>The digest of an ordered list of parts; parts are told apart, so that no two lists look alike.</summary>
    public static Digest Of(Seq<string> parts)
    {
        var joined = string.Concat(parts.Map(part => $"{Encoding.UTF8.GetByteCount(part)}:{part},"));
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(joined));
        return new Digest(Convert.ToHexStringLower(hash)[..Length]);
    }

    [GeneratedRegex(@"\A[0-9a-f]{10}\z")]
    private static partial Regex Pattern();
}
