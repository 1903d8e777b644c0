using Kennel.Core.Domain;
using Kennel.Core.Lifecycle;
using Kennel.Core.Planning;
using Kennel.Core.Ports;

namespace Kennel.Shell.Activity;

/// <summary>
/// Remembers when people last used each preview. That nobody used one is only said while it is proven that requests are
/// heard of: silence says nothing by itself.
/// </summary>
/// <param name="clock">The time.</param>
/// <param name="proveInterval">How often that is proven; three failures in a row are too many.</param>
public sealed class RequestMemory(TimeProvider clock, TimeSpan proveInterval) : IActivity
{
    private const int HostsMax = 20_000;
    private const int FailuresMax = 3;
    private static readonly TimeSpan Resolution = TimeSpan.FromSeconds(1);

    private readonly Lock guard = new();
    private readonly long startedAt = clock.GetTimestamp();
    private Map<HostName, DateTimeOffset> requests;
    private Option<long> provenAt;
    private string problem = Observation.NotAsked;

    /// <inheritdoc/>
    public Observation<Map<HostName, DateTimeOffset>> Requests
    {
        get
        {
            lock (guard)
                return provenAt.Exists(IsRecent)
                    ? Observation.Known(requests)
                    // Right after the start nothing is wrong yet.
                    : Observation.Unknown<Map<HostName, DateTimeOffset>>(
                        provenAt.IsNone && IsRecent(startedAt) ? Observation.NotAsked : problem
                    );
        }
    }

    /// <summary>A request was heard of.</summary>
    internal void Hear(AccessRecord.Request request)
    {
        if (KnownBots.IsBot(request.Agent))
            return;
        var now = clock.GetUtcNow();
        var at = request.At.Filter(time => time < now).IfNone(now);
        lock (guard)
        {
            // To the second: who sends a thousand requests costs no more than who sends one.
            if (requests.Find(request.Host).Exists(last => at < last + Resolution))
                return;
            if (requests.Count >= HostsMax && !requests.ContainsKey(request.Host))
                requests = requests.Remove(requests.AsEnumerable().MinBy(one => one.Value).Key);
            requests = requests.AddOrUpdate(request.Host, at);
        }
    }

    /// <summary>Requests are heard of now.</summary>
    internal void Prove()
    {
        lock (guard)
            provenAt = clock.GetTimestamp();
    }

    /// <summary>It could not be proven that they are.</summary>
    internal void Doubt(string reason)
    {
        lock (guard)
            problem = reason;
    }

    private bool IsRecent(long at) => clock.GetElapsedTime(at) <= FailuresMax * proveInterval;
}
