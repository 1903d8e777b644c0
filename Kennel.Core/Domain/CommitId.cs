using System.Text.RegularExpressions;

namespace Kennel.Core.Domain;

/// <summary>A full commit id: 40 hexadecimal digits, or 64 in a SHA-256 repository.</summary>
public sealed partial record CommitId : Name<CommitId>
{
    private CommitId(string value)
        : base(value) { }

    /// <summary>The first ten digits, for people.</summary>
    public string Short => Value[..10];

    /// <summary>Accepts a full commit id; the id of all zeros names nothing and is refused.</summary>
    /// <param name="where">Where the text stood, for the error.</param>
    /// <param name="given">The text.</param>
    public static Validation<Problem, CommitId> Parse(string where, string? given) =>
        Checked(
            where,
            given,
            Pattern(),
            "a full commit id of 40 or 64 hexadecimal digits, not all zero",
            value => new CommitId(value)
        );

    [GeneratedRegex(@"\A(?!0+\z)(?:[0-9a-f]{40}|[0-9a-f]{64})\z")]
    private static partial Regex Pattern();
}
