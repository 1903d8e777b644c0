using Kennel.Core.Ports;
using Action = Kennel.Core.Planning.Action;

namespace Kennel.Shell.Store;

/// <summary>The table <c>given_up</c>: orphans that a person named, so that they go.</summary>
internal static class GivenUpRecords
{
    internal static Set<string> Read(Session session) =>
        toSet(session.Query("SELECT name FROM given_up", row => row.GetString(0)));

    internal static void Add(Session session, Seq<string> names, DateTimeOffset now)
    {
        foreach (var name in names)
            session.Execute(
                "INSERT INTO given_up (name, at) VALUES (@name, @at) ON CONFLICT DO NOTHING",
                ("@name", name),
                ("@at", Stored.Time(now))
            );
    }

    internal static Effect Forget(Session session, Action.ForgetGivenUp action)
    {
        foreach (var name in action.Names)
            session.Execute("DELETE FROM given_up WHERE name = @name", ("@name", name));
        return Effect.Happened;
    }
}
