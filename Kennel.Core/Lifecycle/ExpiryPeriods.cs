namespace Kennel.Core.Lifecycle;

/// <summary>After how long without activity branches hibernate and are removed; zero for never.</summary>
/// <param name="HibernateAfter">Until their processes stop.</param>
/// <param name="RemoveAfter">Until they go. It may be the shorter one: they go without having hibernated then.</param>
public sealed record ExpiryPeriods(TimeSpan HibernateAfter, TimeSpan RemoveAfter)
{
    private const int Parts = 10;
    private static readonly TimeSpan GrainLongest = TimeSpan.FromHours(1);
    private static readonly TimeSpan SecondLookLongest = TimeSpan.FromSeconds(60);

    /// <summary>Nothing expires.</summary>
    public static readonly ExpiryPeriods Never = new(TimeSpan.Zero, TimeSpan.Zero);

    /// <summary>The periods of a host that says nothing else.</summary>
    public static readonly ExpiryPeriods Default = new(TimeSpan.FromDays(7), TimeSpan.FromDays(30));

    /// <summary>The shorter of the two, leaving out what never happens.</summary>
    public Option<TimeSpan> Shortest =>
        Seq(HibernateAfter, RemoveAfter).Filter(period => period > TimeSpan.Zero).Order().ToSeq().HeadOrNone();

    /// <summary>
    /// How far the stored time of a branch's last use may be behind: it is written no more often, and Kennel may be
    /// restarted before it is written. What is due is due so much later.
    /// </summary>
    public TimeSpan Grain => Shortest.Map(period => Shorter(GrainLongest, period / Parts)).IfNone(GrainLongest);

    /// <summary>The period of what may happen.</summary>
    public TimeSpan Of(ExpiryKind kind) => kind == ExpiryKind.Remove ? RemoveAfter : HibernateAfter;

    /// <summary>How long after a branch was found due it is looked at again before anything happens.</summary>
    public TimeSpan SecondLook(ExpiryKind kind) => Shorter(SecondLookLongest, Of(kind) / Parts);

    private static TimeSpan Shorter(TimeSpan one, TimeSpan two) => one < two ? one : two;
}
