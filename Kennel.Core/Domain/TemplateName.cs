using System.Text.RegularExpressions;

namespace Kennel.Core.Domain;

/// <summary>The name of a database that previews may start as a copy of; never one of the names that Kennel gives.</summary>
public sealed partial record TemplateName : Name<TemplateName>
{
    private TemplateName(string value)
        : base(value) { }

    /// <summary>Accepts the name of a database.</summary>
    /// <param name="where">Where the text stood, for the error.</param>
    /// <param name="given">The text.</param>
    public static Validation<Problem, TemplateName> Parse(string where, string? given) =>
        Checked(
            where,
            given,
            Pattern(),
            "the name of a database of 1 to 63 of A-Z a-z 0-9 _ . -, which does not begin with - or . or kennel_",
            value => new TemplateName(value)
        );

    [GeneratedRegex(@"\A(?!kennel_)[A-Za-z0-9_][A-Za-z0-9_.-]{0,62}\z")]
    private static partial Regex Pattern();
}
