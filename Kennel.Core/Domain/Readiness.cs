namespace Kennel.Core.Domain;

/// <summary>How to tell that a service is ready.</summary>
public abstract record Readiness
{
    private Readiness() { }

    /// <summary>What its trial takes, where it says so itself.</summary>
    public TrialSeconds Seconds { get; init; } = TrialSeconds.OfHost;

    /// <summary>A GET of this path at the service's own port is answered with an accepted status.</summary>
    /// <param name="Path">The path.</param>
    public sealed record Http(string Path) : Readiness
    {
        /// <summary>The accepted statuses; none given stands for 200 to 299.</summary>
        public Set<int> Statuses { get; init; } = Set<int>();

        /// <summary>Whether this status is the answer of a ready service.</summary>
        public bool Accepts(int status) => Statuses.IsEmpty ? status is >= 200 and <= 299 : Statuses.Contains(status);
    }

    /// <summary>Its port accepts a connection.</summary>
    public sealed record Tcp : Readiness;

    /// <summary>It tells systemd by sd_notify(3).</summary>
    public sealed record Notify : Readiness;
}

/// <summary>What the trial of a service takes; what is not given, the host's configuration says.</summary>
/// <param name="Period">How long at most between two looks.</param>
/// <param name="Deadline">How long it may take to be ready.</param>
/// <param name="StayUp">How long it must then stay up.</param>
public sealed record TrialSeconds(Option<int> Period, Option<int> Deadline, Option<int> StayUp)
{
    /// <summary>A service that leaves all of it to the host.</summary>
    public static readonly TrialSeconds OfHost = new(None, None, None);
}
