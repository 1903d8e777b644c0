using Kennel.Core.Domain;

namespace Kennel.Core.Secrets;

/// <summary>How far the question is what the store has for a build. It never holds a value.</summary>
public abstract record SecretReading
{
    private SecretReading() { }

    /// <summary>How many times in a row it failed until now.</summary>
    public int FailuresInARow => this is Failed failed ? failed.Failures : 0;

    /// <summary>Under way.</summary>
    public sealed record Running : SecretReading;

    /// <summary>The store answered, and all that must be there is.</summary>
    public sealed record Read(ReleaseSecrets Secrets) : SecretReading;

    /// <summary>The store answered, and that will not do.</summary>
    public sealed record Wanting(SecretPlan Plan, Seq<SecretFault> Faults) : SecretReading;

    /// <summary>The store gave no answer.</summary>
    /// <param name="Cause">Why.</param>
    /// <param name="At">When that was found.</param>
    /// <param name="Failures">How many times in a row.</param>
    public sealed record Failed(Cause Cause, DateTimeOffset At, int Failures) : SecretReading;
}
