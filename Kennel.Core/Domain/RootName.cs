using System.Globalization;
using System.Text.RegularExpressions;

namespace Kennel.Core.Domain;

/// <summary>
/// The file name of a garbage collector root: <c>{instance}-{build}-{component}</c>, so that a new state database
/// never takes over what an older one protects.
/// </summary>
public sealed partial record RootName : Name<RootName>
{
    private RootName(string value)
        : base(value) { }

    /// <summary>The instance that made it.</summary>
    public string Instance => Value[..12];

    /// <summary>The build it protects a component of.</summary>
    public BuildId Build => new(long.Parse(Value.Split('-')[1], CultureInfo.InvariantCulture));

    /// <summary>The root that protects one component of one build.</summary>
    public static RootName Of(InstanceId instance, BuildId build, ComponentName component) =>
        new($"{instance}-{build.Value}-{component}");

    /// <summary>Accepts a root's file name.</summary>
    /// <param name="where">Where the text stood, for the error.</param>
    /// <param name="given">The text.</param>
    public static Validation<Problem, RootName> Parse(string where, string? given) =>
        Checked(where, given, Pattern(), "{instance}-{build number}-{component}", value => new RootName(value));

    [GeneratedRegex(@"\A[0-9a-f]{12}-[0-9]{1,18}-[A-Za-z_][A-Za-z0-9_-]{0,62}\z")]
    private static partial Regex Pattern();
}
