using System.Text.RegularExpressions;

namespace Kennel.Core.Domain;

/// <summary>
/// A text that was checked when it was made: names are compared and ordered by their bytes, and no two kinds of
/// name can be mixed up. Only the smart constructors of the sealed kinds make one.
/// </summary>
/// <typeparam name="TSelf">The sealed kind of name.</typeparam>
public abstract record Name<TSelf> : IComparable<TSelf>
    where TSelf : Name<TSelf>
{
    private protected Name(string value) => Value = value;

    /// <summary>The text as it was accepted.</summary>
    public string Value { get; }

    /// <summary>Ordinal order, the same on every machine.</summary>
    public int CompareTo(TSelf? other) => string.CompareOrdinal(Value, other?.Value);

    /// <summary>The bare text.</summary>
    public sealed override string ToString() => Value;

    private protected static Validation<Problem, TSelf> Checked(
        string where,
        string? given,
        Regex pattern,
        string allowed,
        Func<string, TSelf> make
    ) =>
        given is not null && pattern.IsMatch(given)
            ? Success<Problem, TSelf>(make(given))
            : Fail<Problem, TSelf>(Problem.Of(where, given, allowed));
}
