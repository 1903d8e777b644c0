using Kennel.Core.Domain;

namespace Kennel.Shell.Store;

/// <summary>Whether a branch hibernates or wakes.</summary>
/// <param name="Project">Its project.</param>
/// <param name="Branch">The branch.</param>
/// <param name="AsleepSince">Since when it hibernates, if it does.</param>
/// <param name="WakingSince">Since when it wakes, if it does.</param>
/// <param name="IsDefaultBranch">Whether it is production.</param>
public sealed record RestRow(
    ProjectName Project,
    Branch Branch,
    Option<DateTimeOffset> AsleepSince,
    Option<DateTimeOffset> WakingSince,
    bool IsDefaultBranch
);

/// <summary>A branch to which a host name leads.</summary>
/// <param name="Branch">The branch.</param>
/// <param name="IsWoken">Whether it hibernated until now.</param>
public sealed record WokenBranch(BranchId Branch, bool IsWoken);
