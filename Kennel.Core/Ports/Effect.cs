using Kennel.Core.Domain;

namespace Kennel.Core.Ports;

/// <summary>How an effect ended. A lost reply is <see cref="Lost"/>, which is not a failure: the next pass looks.</summary>
public abstract record Effect
{
    private Effect() { }

    /// <summary>It happened.</summary>
    public sealed record Done : Effect;

    /// <summary>It did not happen.</summary>
    public sealed record Failed(Cause Cause) : Effect;

    /// <summary>Whether it happened is not known.</summary>
    public sealed record Lost(Cause Cause) : Effect;

    /// <summary>The effect that happened.</summary>
    public static readonly Effect Happened = new Done();

    /// <summary>An outside system said no.</summary>
    public static Effect Refused(string system, string detail) => new Failed(new Cause.Refused(system, detail));

    /// <summary>An outside system could not be reached; nothing happened.</summary>
    public static Effect Unreachable(string system, string detail) => new Failed(new Cause.Unreachable(system, detail));

    /// <summary>An outside system did not answer in time; it may have acted.</summary>
    public static Effect Unanswered(string system, string detail) => new Lost(new Cause.Unreachable(system, detail));
}
