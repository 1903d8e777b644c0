using Kennel.Core.Domain;

namespace Kennel.Core.Lifecycle;

/// <summary>What people and time have made of a branch, besides its releases.</summary>
/// <param name="Rest">Whether its processes are wanted.</param>
/// <param name="Pin">The build that it was rolled back to: newer ones are built and not deployed.</param>
/// <param name="Maintenance">Since when its routes show a page instead of it, if they do.</param>
/// <param name="IsKept">Whether somebody asked that it never expires.</param>
/// <param name="ActiveAt">When it was last pushed to or used, to the hour.</param>
/// <param name="Expiring">What it was marked for because nobody uses it; a later pass acts on the mark.</param>
/// <param name="Epoch">Raised to run the same build anew; part of every digest.</param>
public sealed record BranchLife(
    Rest Rest,
    Option<BuildId> Pin,
    Option<Maintenance> Maintenance,
    bool IsKept,
    Option<DateTimeOffset> ActiveAt,
    Option<ExpiryMark> Expiring,
    int Epoch
)
{
    /// <summary>A branch to which nothing has happened yet.</summary>
    public static readonly BranchLife New = new(new Rest.Awake(), None, None, false, None, None, 0);
}

/// <summary>Whether the processes of a branch are wanted; its data, names, roots and routes stay in any case.</summary>
public abstract record Rest
{
    private Rest() { }

    /// <summary>They are.</summary>
    public sealed record Awake : Rest;

    /// <summary>They are not: it hibernates until a request, a push or a person wakes it.</summary>
    public sealed record Asleep(DateTimeOffset Since) : Rest;

    /// <summary>They are again; until they are ready, its routes let Kennel be asked.</summary>
    public sealed record Waking(DateTimeOffset Since) : Rest;
}

/// <summary>A page instead of the branch.</summary>
/// <param name="Since">Since when.</param>
/// <param name="Message">What the page says besides.</param>
public sealed record Maintenance(DateTimeOffset Since, Option<string> Message);

/// <summary>What a branch was found due for.</summary>
/// <param name="Kind">What is to happen to it.</param>
/// <param name="At">When that was found.</param>
public sealed record ExpiryMark(ExpiryKind Kind, DateTimeOffset At);

/// <summary>What happens to a branch that nobody uses.</summary>
public enum ExpiryKind
{
    /// <summary>Its processes stop.</summary>
    Hibernate,

    /// <summary>It goes, with all it has.</summary>
    Remove,
}

/// <summary>A project that is frozen: nothing of it is built, switched or removed until it is unlocked.</summary>
/// <param name="At">Since when.</param>
/// <param name="Reason">Why, in the words of whoever locked it.</param>
public sealed record ProjectLock(DateTimeOffset At, string Reason);

/// <summary>How long requests have been observed without a gap, by a clock that did not jump.</summary>
/// <param name="Since">From when on.</param>
/// <param name="Until">When that was last seen to be so.</param>
public sealed record ActivityWatch(DateTimeOffset Since, DateTimeOffset Until)
{
    /// <summary>When a branch was last removed because nobody used it.</summary>
    public Option<DateTimeOffset> RemovedAt { get; init; }
}
