using Kennel.Core.Domain;

namespace Kennel.Shell.Api;

/// <summary>Wakes what sleeps, for a request that wants it.</summary>
public interface IWaker
{
    /// <summary>
    /// Asks for the branch that a host name leads to and waits until it can serve. Asking twice is asking once; who
    /// stops waiting stops nothing.
    /// </summary>
    /// <param name="host">The host name of the request.</param>
    /// <param name="cancellation">Ends the waiting.</param>
    Task<WakeAnswer> Wake(HostName host, CancellationToken cancellation);
}

/// <summary>What came of the wish to wake a branch.</summary>
public abstract record WakeAnswer
{
    private WakeAnswer() { }

    /// <summary>It serves.</summary>
    /// <param name="Port">Where its service listens.</param>
    public sealed record Ready(Port Port) : WakeAnswer;

    /// <summary>It does not, and waiting longer now does not help.</summary>
    /// <param name="Reason">Why, for people.</param>
    /// <param name="RetryAfter">After how long asking again may help, where that can be told.</param>
    public sealed record Failed(string Reason, Option<TimeSpan> RetryAfter) : WakeAnswer;

    /// <summary>Nothing is deployed under that host name.</summary>
    public sealed record NotDeployed : WakeAnswer;
}
