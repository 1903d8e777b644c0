using System.Collections.Concurrent;
using Kennel.Core.Domain;

namespace Kennel.Shell.Api;

/// <summary>Which deliveries were refused since Kennel started.</summary>
public interface IRefusedDeliveries
{
    /// <summary>How many, for each project that had any; without a project where none was known.</summary>
    Seq<RefusedDeliveries> Counts { get; }
}

/// <summary>The refused deliveries of one project.</summary>
/// <param name="Project">The project; none for those of unknown repositories.</param>
/// <param name="Count">How many there were.</param>
/// <param name="LastAt">When the last one came.</param>
/// <param name="LastReason">Why that one was refused.</param>
public sealed record RefusedDeliveries(
    Option<ProjectName> Project,
    long Count,
    DateTimeOffset LastAt,
    string LastReason
);

/// <summary>Counts refused deliveries and tells the log of them, at most once a second.</summary>
internal sealed class RefusalCounter(TimeProvider clock, Action<string> complain) : IRefusedDeliveries
{
    // Only registered projects have a count of their own, so there cannot be many; this is for those that come and go.
    private const int ProjectsMax = 10_000;

    private readonly ConcurrentDictionary<string, RefusedDeliveries> _counts = new(StringComparer.OrdinalIgnoreCase);
    private long _nextTelling;
    private long _untold;

    /// <inheritdoc/>
    public Seq<RefusedDeliveries> Counts =>
        _counts.OrderBy(found => found.Key).Select(found => found.Value).ToSeq().Strict();

    /// <summary>Counts one more.</summary>
    internal void Add(Option<ProjectName> project, string reason)
    {
        var now = clock.GetUtcNow();
        var key = project.Map(name => name.Value).IfNone("");
        if (_counts.Count < ProjectsMax || _counts.ContainsKey(key))
            _counts.AddOrUpdate(
                key,
                new RefusedDeliveries(project, 1, now, reason),
                (_, known) => known with { Count = known.Count + 1, LastAt = now, LastReason = reason }
            );
        Tell(project, reason, now.ToUnixTimeMilliseconds());
    }

    private void Tell(Option<ProjectName> project, string reason, long now)
    {
        var allowedAt = Interlocked.Read(ref _nextTelling);
        if (now < allowedAt || Interlocked.CompareExchange(ref _nextTelling, now + 1000, allowedAt) != allowedAt)
        {
            Interlocked.Increment(ref _untold);
            return;
        }
        var others = Interlocked.Exchange(ref _untold, 0);
        var subject = project.Match(name => $"for project {name}", () => "of an unknown repository");
        var more = others == 0 ? "" : $" ({others} more were refused since the last such line)";
        complain($"A delivery {subject} was refused: {reason}{more}");
    }
}
