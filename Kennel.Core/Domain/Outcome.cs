namespace Kennel.Core.Domain;

/// <summary>
/// Whether a release proved good: a fact that is observed once and recorded. An accepted release is never judged
/// again, a rejected one never tried again.
/// </summary>
public abstract record Outcome
{
    private Outcome() { }

    /// <summary>Not yet known.</summary>
    /// <param name="Ready">When, and in which start of its unit, it was first seen ready.</param>
    public sealed record Untried(Option<FirstReady> Ready) : Outcome;

    /// <summary>It was ready and stayed up.</summary>
    public sealed record Accepted(DateTimeOffset At) : Outcome;

    /// <summary>It failed, crashed or came too late.</summary>
    public sealed record Rejected(DateTimeOffset At, CauseRecord Cause) : Outcome;
}

/// <summary>The first time that one start of a unit was seen ready.</summary>
public sealed record FirstReady(InvocationId Invocation, DateTimeOffset At);
