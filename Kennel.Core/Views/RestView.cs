namespace Kennel.Core.Views;

/// <summary>Whether a branch hibernates or wakes.</summary>
/// <param name="Project">The project.</param>
/// <param name="Branch">The branch, or <c>#</c> and a pull request's number.</param>
/// <param name="AsleepSince">Since when it hibernates, if it does.</param>
/// <param name="WakingSince">Since when it wakes, if it does.</param>
/// <param name="IsDefaultBranch">Whether it is production.</param>
public sealed record RestView(
    string Project,
    string Branch,
    Option<DateTimeOffset> AsleepSince,
    Option<DateTimeOffset> WakingSince,
    bool IsDefaultBranch
);

/// <summary>A period after which branches of a project expire.</summary>
/// <param name="Seconds">How long; 0 for never.</param>
/// <param name="IsOwn">Whether the project says so itself, and not the host.</param>
public sealed record PeriodView(long Seconds, bool IsOwn);

/// <summary>After how long without activity branches of a project expire.</summary>
/// <param name="HibernateAfter">Until they hibernate.</param>
/// <param name="RemoveAfter">Until they are removed.</param>
public sealed record ExpiryView(PeriodView HibernateAfter, PeriodView RemoveAfter);
