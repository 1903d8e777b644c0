using Kennel.Core.Domain;

namespace Kennel.Shell.Api;

/// <summary>Wakes what hibernates when somebody asks for it by its host name.</summary>
public interface IWaker
{
    /// <summary>Wakes what is behind a host name if it hibernates, and waits until it is ready or is known to have failed.</summary>
    /// <param name="host">The host name.</param>
    /// <param name="cancellation">Ends the wait; what was begun goes on.</param>
    Task<WakeAnswer> Wake(HostName host, CancellationToken cancellation);
}

/// <summary>How a wake ended.</summary>
public abstract record WakeAnswer
{
    private WakeAnswer() { }

    /// <summary>It answers at this address.</summary>
    public sealed record Ready(ListenAddress Address) : WakeAnswer;

    /// <summary>It does not.</summary>
    /// <param name="Reason">Why, for people.</param>
    /// <param name="RetryAfter">When it is of use to ask again, where that is known.</param>
    public sealed record Failed(string Reason, Option<TimeSpan> RetryAfter) : WakeAnswer;

    /// <summary>Nothing that runs is behind this name.</summary>
    public sealed record NotDeployed : WakeAnswer;
}
