namespace Kennel.Core.Planning;

/// <summary>What was seen of an outside system, or why it could not be seen. Unknown is never absent.</summary>
/// <typeparam name="T">What is seen.</typeparam>
public abstract record Observation<T>
{
    private Observation() { }

    /// <summary>It was seen.</summary>
    public sealed record Known(T Value) : Observation<T>;

    /// <summary>It could not be seen.</summary>
    /// <param name="Reason">Why, for people.</param>
    public sealed record Unknown(string Reason) : Observation<T>;

    /// <summary>The value, if it was seen.</summary>
    public Option<T> ToOption() => this is Known known ? Some(known.Value) : None;

    /// <summary>Chooses by what was seen.</summary>
    public TResult Match<TResult>(Func<T, TResult> known, Func<string, TResult> unknown) =>
        this switch
        {
            Known it => known(it.Value),
            Unknown it => unknown(it.Reason),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
}

/// <summary>Shorthand for making observations.</summary>
public static class Observation
{
    /// <summary>The reason for what nobody needed to know.</summary>
    public const string NotAsked = "not asked";

    /// <summary>Something that was seen.</summary>
    public static Observation<T> Known<T>(T value) => new Observation<T>.Known(value);

    /// <summary>Something that could not be seen.</summary>
    public static Observation<T> Unknown<T>(string reason) => new Observation<T>.Unknown(reason);
}
