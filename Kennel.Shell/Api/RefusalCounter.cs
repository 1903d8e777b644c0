using System.Collections.Concurrent;
using Kennel.Core.Domain;

namespace Kennel.Shell.Api;

/// <summary>Counts refused deliveries and tells the log of them, at most once a second.</summary>
internal sealed class RefusalCounter(TimeProvider clock, Action<string> complain) : IRefusedDeliveries
{
    // Only registered projects have a count of their own, so there cannot be many; this is for those that come and go.
    private const int ProjectsMax = 10_000;

    private readonly ConcurrentDictionary<string, (int Count, DateTimeOffset LastAt)> _counts = new(
        StringComparer.OrdinalIgnoreCase
    );
    private long _nextTelling;
    private long _untold;

    /// <inheritdoc/>
    public Option<(int Count, DateTimeOffset LastAt)> Of(ProjectName project) =>
        _counts.TryGetValue(project.Value, out var found) ? Some(found) : None;

    /// <summary>Counts one more.</summary>
    internal void Add(Option<ProjectName> project, string reason)
    {
        var now = clock.GetUtcNow();
        var key = project.Map(name => name.Value).IfNone("");
        if (_counts.Count < ProjectsMax || _counts.ContainsKey(key))
            _counts.AddOrUpdate(
                key,
                (1, now),
                (_, known) => (known.Count < int.MaxValue ? known.Count + 1 : known.Count, now)
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
