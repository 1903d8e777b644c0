using System.Text.RegularExpressions;

namespace Kennel.Core.Domain;

/// <summary>The name of a branch's bucket: <c>kennel-{project}-{branch}</c>, as S3 allows them.</summary>
public sealed partial record BucketName : Name<BucketName>
{
    /// <summary>What every name begins with.</summary>
    public const string Prefix = "kennel-";

    /// <summary>The longest name.</summary>
    public const int LengthMax = 63;

    private BucketName(string value)
        : base(value) { }

    /// <summary>Accepts the name of a bucket.</summary>
    /// <param name="where">Where the text stood, for the error.</param>
    /// <param name="given">The text.</param>
    public static Validation<Problem, BucketName> Parse(string where, string? given) =>
        Checked(
            where,
            given,
            Pattern(),
            "kennel- and 1 to 56 of a-z 0-9 -, no - at its end",
            value => new BucketName(value)
        );

    [GeneratedRegex(@"\Akennel-[a-z0-9-]{0,55}[a-z0-9]\z")]
    private static partial Regex Pattern();
}
