using System.Text.RegularExpressions;
using Kennel.Core.Domain;

namespace Kennel.Core.Secrets;

/// <summary>The name of a secret: the variable that carries it, and the last part of its place in the store.</summary>
public sealed partial record SecretName : Name<SecretName>
{
    private SecretName(string value)
        : base(value) { }

    /// <summary>Accepts the name of a secret.</summary>
    /// <param name="where">Where the text stood, for the error.</param>
    /// <param name="given">The text.</param>
    public static Validation<Problem, SecretName> Parse(string where, string? given) =>
        Checked(
            where,
            given,
            Pattern(),
            "a name of A-Z a-z 0-9 _, not beginning with a digit, at most 128 letters",
            value => new SecretName(value)
        );

    [GeneratedRegex(@"\A[A-Za-z_][A-Za-z0-9_]{0,127}\z")]
    private static partial Regex Pattern();
}
