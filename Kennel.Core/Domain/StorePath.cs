using System.Text.RegularExpressions;

namespace Kennel.Core.Domain;

/// <summary>A path directly below <c>/nix/store</c>.</summary>
public sealed partial record StorePath : Name<StorePath>
{
    private StorePath(string value)
        : base(value) { }

    /// <summary>Accepts a store path: 32 characters of Nix's base 32, a hyphen and a name.</summary>
    /// <param name="where">Where the text stood, for the error.</param>
    /// <param name="given">The text.</param>
    public static Validation<Problem, StorePath> Parse(string where, string? given) =>
        Checked(
            where,
            given,
            Pattern(),
            "a path like /nix/store/{32 characters}-{name}",
            value => new StorePath(value)
        );

    [GeneratedRegex(@"\A/nix/store/[0-9a-df-np-sv-z]{32}-[0-9A-Za-z+._?=-]{1,211}\z")]
    private static partial Regex Pattern();
}
