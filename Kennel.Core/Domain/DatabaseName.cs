using System.Text.RegularExpressions;

namespace Kennel.Core.Domain;

/// <summary>The name of a branch's PostgreSQL database: <c>kennel_{project}_{branch}</c>. PostgreSQL would cut a longer one.</summary>
public sealed partial record DatabaseName : Name<DatabaseName>
{
    /// <summary>What every name begins with.</summary>
    public const string Prefix = "kennel_";

    /// <summary>The longest name.</summary>
    public const int LengthMax = 63;

    private DatabaseName(string value)
        : base(value) { }

    /// <summary>Accepts the name of a database.</summary>
    /// <param name="where">Where the text stood, for the error.</param>
    /// <param name="given">The text.</param>
    public static Validation<Problem, DatabaseName> Parse(string where, string? given) =>
        Checked(where, given, Pattern(), "kennel_ and 1 to 56 of a-z 0-9 _ -", value => new DatabaseName(value));

    [GeneratedRegex(@"\Akennel_[a-z0-9_-]{1,56}\z")]
    private static partial Regex Pattern();
}
