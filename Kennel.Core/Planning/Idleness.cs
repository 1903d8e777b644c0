using Kennel.Core.Lifecycle;

namespace Kennel.Core.Planning;

/// <summary>How long nobody has used a branch, as far as that is known.</summary>
public static class Idleness
{
    private const int GapParts = 10;
    private static readonly TimeSpan GapShortest = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan GapLongest = TimeSpan.FromHours(1);

    /// <summary>The periods of a project: its own where it has some, else the host's.</summary>
    public static ExpiryPeriods Periods(Settings settings, DesiredProject project) =>
        new(
            project.HibernateAfter.IfNone(settings.Expiry.HibernateAfter),
            project.RemoveAfter.IfNone(settings.Expiry.RemoveAfter)
        );

    /// <summary>The shortest period of any project; none where nothing ever expires.</summary>
    public static Option<TimeSpan> Shortest(Desired desired) =>
        desired
            .Projects.Filter(project => !project.IsBeingRemoved)
            .Bind(project => Periods(desired.Settings, project).Shortest.ToSeq())
            .Order()
            .ToSeq()
            .HeadOrNone();

    /// <summary>
    /// Between two signs that requests are observed no more time may pass, nor may the clock go back by more: else
    /// Kennel was off, or the clock jumped.
    /// </summary>
    public static TimeSpan Gap(Desired desired) =>
        Shortest(desired).Map(period => Clamp(period / GapParts, GapShortest, GapLongest)).IfNone(GapLongest);

    /// <summary>Since when requests have been observed without a gap until now.</summary>
    public static Option<ActivityWatch> Watch(Sight sight) =>
        from watch in sight.Desired.Watch
        where sight.Observed.Requests.ToOption().IsSome && (sight.Now - watch.Until).Duration() <= Gap(sight.Desired)
        select watch;

    /// <summary>When somebody last used a branch, among the requests that were seen.</summary>
    public static Option<DateTimeOffset> LastRequest(Sight sight, DesiredBranch branch) =>
        from requests in sight.Observed.Requests.ToOption().Filter(requests => !requests.IsEmpty)
        from last in branch
            .Deployments.Bind(deployment => deployment.Releases)
            .Bind(release => release.Hosts)
            .Distinct()
            .Bind(host => requests.Find(host).ToSeq())
            .OrderDescending()
            .ToSeq()
            .HeadOrNone()
        select last < sight.Now ? last : sight.Now;

    /// <summary>
    /// From when on something is due for a branch; none where it never is, or where requests have not been observed: what
    /// was not observed, or by a clock that is not plausible, never counts.
    /// </summary>
    public static Option<DateTimeOffset> DueAt(Sight sight, DesiredBranch branch, ExpiryKind kind)
    {
        var periods = Periods(sight.Settings, branch.Project);
        var period = periods.Of(kind);
        return from watch in Watch(sight)
            where period > TimeSpan.Zero
            from active in branch.Life.ActiveAt
            let used = Later(active, LastRequest(sight, branch).IfNone(active))
            select Later(used + period + periods.Grain, watch.Since + period);
    }

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset two) => one > two ? one : two;

    private static TimeSpan Clamp(TimeSpan period, TimeSpan shortest, TimeSpan longest) =>
        period < shortest ? shortest
        : period > longest ? longest
        : period;
}
