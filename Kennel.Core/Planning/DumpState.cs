using Kennel.Core.Domain;

namespace Kennel.Core.Planning;

/// <summary>How far the dump of a database is.</summary>
public abstract record DumpState
{
    private DumpState() { }

    /// <summary>Under way; forgotten when Kennel restarts.</summary>
    public sealed record Running : DumpState;

    /// <summary>It is there, and complete.</summary>
    /// <param name="At">When it was made.</param>
    /// <param name="SizeBytes">How large it is.</param>
    public sealed record Done(DateTimeOffset At, long SizeBytes) : DumpState;

    /// <summary>It ended without.</summary>
    /// <param name="Cause">Why.</param>
    /// <param name="At">When that was found.</param>
    /// <param name="Failures">How many times in a row.</param>
    public sealed record Failed(Cause Cause, DateTimeOffset At, int Failures) : DumpState;
}
