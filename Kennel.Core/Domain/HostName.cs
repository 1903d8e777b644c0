using System.Text.RegularExpressions;

namespace Kennel.Core.Domain;

/// <summary>A lower-case DNS host name; each label has at most 63 characters.</summary>
public sealed partial record HostName : Name<HostName>
{
    private HostName(string value)
        : base(value) { }

    /// <summary>Accepts a host name; upper case is folded, as DNS does.</summary>
    /// <param name="where">Where the text stood, for the error.</param>
    /// <param name="given">The text.</param>
    public static Validation<Problem, HostName> Parse(string where, string? given) =>
        Checked(
            where,
            given?.ToLowerInvariant(),
            Pattern(),
            "a host name of labels of a-z 0-9 -, at most 63 characters each and 253 in all",
            value => new HostName(value)
        );

    [GeneratedRegex(
        @"\A(?=.{1,253}\z)[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)*\z"
    )]
    private static partial Regex Pattern();
}
