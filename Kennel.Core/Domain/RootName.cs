using System.Text.RegularExpressions;

namespace Kennel.Core.Domain;

/// <summary>The file name of a garbage collector root of Kennel's: <c>{build}-{component}</c>.</summary>
public sealed partial record RootName : Name<RootName>
{
    private RootName(string value)
        : base(value) { }

    /// <summary>The root that protects one component of one build.</summary>
    public static RootName Of(BuildId build, ComponentName component) => new($"{build.Value}-{component}");

    /// <summary>Accepts a root's file name.</summary>
    /// <param name="where">Where the text stood, for the error.</param>
    /// <param name="given">The text.</param>
    public static Validation<Problem, RootName> Parse(string where, string? given) =>
        Checked(where, given, Pattern(), "{build number}-{component}", value => new RootName(value));

    [GeneratedRegex(@"\A[0-9]{1,19}-[A-Za-z_][A-Za-z0-9_-]{0,62}\z")]
    private static partial Regex Pattern();
}
