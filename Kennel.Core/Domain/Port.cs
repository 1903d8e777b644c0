namespace Kennel.Core.Domain;

/// <summary>A TCP port that can be listened on: 1 to 65535.</summary>
public readonly record struct Port : IComparable<Port>
{
    private Port(int number) => Number = number;

    /// <summary>The port's number.</summary>
    public int Number { get; }

    /// <summary>Accepts a port number.</summary>
    /// <param name="where">Where the number stood, for the error.</param>
    /// <param name="given">The number.</param>
    public static Validation<Problem, Port> Parse(string where, long given) =>
        given is >= 1 and <= 65535
            ? Success<Problem, Port>(new Port((int)given))
            : Fail<Problem, Port>(Problem.Of(where, given.ToString(), "a port from 1 to 65535"));

    /// <inheritdoc/>
    public int CompareTo(Port other) => Number.CompareTo(other.Number);

    /// <summary>The bare number.</summary>
    public override string ToString() => Number.ToString();
}
