using Kennel.Core.Domain;
using Kennel.Core.Lifecycle;
using Microsoft.Data.Sqlite;

namespace Kennel.Shell.Store;

/// <summary>Reads what people and time have made of projects and branches.</summary>
internal static class LifeReader
{
    /// <summary>How long requests have been observed.</summary>
    internal static Option<ActivityWatch> Watch(Session session) =>
        session.First(
            "SELECT since, until, removed_at FROM activity_watch",
            row => new ActivityWatch(row.Time(0), row.Time(1)) { RemovedAt = row.OptionalTime(2) }
        );

    /// <summary>The life of a branch, whose columns begin at this one.</summary>
    internal static BranchLife LifeAt(SqliteDataReader row, int first) =>
        new(
            RestAt(row, first),
            row.OptionalNumber(first + 2).Map(build => new BuildId(build)),
            row.OptionalTime(first + 3).Map(since => new Maintenance(since, row.OptionalText(first + 4))),
            row.GetBoolean(first + 5),
            row.OptionalTime(first + 6),
            from kind in row.OptionalText(first + 7)
            from at in row.OptionalTime(first + 8)
            select new ExpiryMark(kind == "remove" ? ExpiryKind.Remove : ExpiryKind.Hibernate, at),
            row.GetInt32(first + 9)
        );

    /// <summary>Whether a project is frozen, from two columns.</summary>
    internal static Option<ProjectLock> LockAt(SqliteDataReader row, int first) =>
        row.OptionalTime(first).Map(at => new ProjectLock(at, row.Text(first + 1) ?? ""));

    /// <summary>A period in seconds.</summary>
    internal static Option<TimeSpan> PeriodAt(SqliteDataReader row, int column) =>
        row.OptionalNumber(column).Map(seconds => TimeSpan.FromSeconds(seconds));

    private static Rest RestAt(SqliteDataReader row, int first) =>
        (
            row.OptionalTime(first).Map<Rest>(since => new Rest.Asleep(since))
            | row.OptionalTime(first + 1).Map<Rest>(since => new Rest.Waking(since))
        ).IfNone(new Rest.Awake());
}
