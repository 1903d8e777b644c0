namespace Kennel.Core.Domain;

/// <summary>
/// The number of a database in Valkey that one branch has alone: 1 or more. Number 0 is never given, for every connection
/// begins there.
/// </summary>
public readonly record struct CacheNumber : IComparable<CacheNumber>
{
    private CacheNumber(int value) => Value = value;

    /// <summary>The number.</summary>
    public int Value { get; }

    /// <summary>Accepts a number.</summary>
    /// <param name="where">Where the number stood, for the error.</param>
    /// <param name="given">The number.</param>
    public static Validation<Problem, CacheNumber> Parse(string where, long given) =>
        given is >= 1 and <= int.MaxValue
            ? Success<Problem, CacheNumber>(new CacheNumber((int)given))
            : Fail<Problem, CacheNumber>(Problem.Of(where, $"{given}", "the number of a database in Valkey, from 1"));

    /// <summary>The numbers of a server with so many databases, lowest first.</summary>
    public static Seq<CacheNumber> Below(int databasesMax) =>
        databasesMax < 1
            ? Seq<CacheNumber>()
            : Enumerable.Range(1, databasesMax - 1).Select(value => new CacheNumber(value)).ToSeq();

    /// <inheritdoc/>
    public int CompareTo(CacheNumber other) => Value.CompareTo(other.Value);

    /// <summary>The bare number.</summary>
    public override string ToString() => $"{Value}";
}
