using Kennel.Core.Domain;
using Kennel.Core.Lifecycle;

namespace Kennel.Shell.Store;

/// <summary>After how long branches of a project expire, where it is to say so itself.</summary>
internal static class PeriodIntents
{
    /// <summary>Changes what is named and leaves the rest.</summary>
    internal static ProjectRow Set(Session session, ProjectRow project, PeriodChange change)
    {
        change.HibernateAfter.IfSome(wish => Write(session, project.Id, "hibernate_after_seconds", wish));
        change.RemoveAfter.IfSome(wish => Write(session, project.Id, "remove_after_seconds", wish));
        return Registration.Reread(session, project.Name);
    }

    private static int Write(Session session, ProjectId project, string column, PeriodWish wish) =>
        session.Execute(
            $"UPDATE projects SET {column} = @seconds WHERE id = @id",
            ("@id", project.Value),
            ("@seconds", wish.OfProject.Map(period => (long)period.TotalSeconds).OrNull())
        );
}
