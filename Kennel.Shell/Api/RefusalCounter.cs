using System.Collections.Concurrent;
using Kennel.Core.Domain;

namespace Kennel.Shell.Api;

/// <summary>Counts deliveries with bad signatures, and tells the log of all that were refused, at most once a second.</summary>
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

    /// <summary>Counts one more whose signature was not good.</summary>
    internal void Count(Option<ProjectName> project)
    {
        var now = clock.GetUtcNow();
        var key = project.Map(name => name.Value).IfNone("");
        if (_counts.Count < ProjectsMax || _counts.ContainsKey(key))
            _counts.AddOrUpdate(
                key,
                (1, now),
                (_, known) => (known.Count < int.MaxValue ? known.Count + 1 : known.Count, now)
            );
    }

    /// <summary>Tells why a delivery was refused.</summary>
    internal void Tell(Option<ProjectName> project, string reason) =>
        Tell(
            $"A delivery {project.Match(name => $"for project {name}", () => "of an unknown repository")} was refused: {reason}"
        );

    /// <summary>Tells of a delivery of which nothing is known, for it was not read.</summary>
    internal void TellUnread(ApiProblem problem) =>
        Tell($"A delivery was answered with {problem.Status} unread: {problem.Detail}");

    private void Tell(string what)
    {
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        var allowedAt = Interlocked.Read(ref _nextTelling);
        if (now < allowedAt || Interlocked.CompareExchange(ref _nextTelling, now + 1000, allowedAt) != allowedAt)
        {
            Interlocked.Increment(ref _untold);
            return;
        }
        var others = Interlocked.Exchange(ref _untold, 0);
        complain(others == 0 ? what : $"{what} ({others} more were refused since the last such line)");
    }
}
