using Kennel.Core.Domain;
using Kennel.Core.Planning;
using Kennel.Core.Ports;
using Action = Kennel.Core.Planning.Action;

namespace Kennel.Shell.Store;

/// <summary>The table <c>ports</c>.</summary>
internal static class PortRecords
{
    internal static Effect Lease(Session session, Action.LeasePort action, DateTimeOffset now) =>
        Compared.AndSet(
            session.Execute(
                """
                INSERT INTO ports (port, unit, branch, since) VALUES (@port, @unit, @branch, @now) ON CONFLICT DO NOTHING
                """,
                ("@port", action.Port.Number),
                ("@unit", action.Unit.Value),
                ("@branch", action.Branch.Value),
                ("@now", Stored.Time(now))
            ),
            $"port {action.Port}",
            () =>
                session.Exists(
                    "SELECT 1 FROM ports WHERE port = @port AND unit = @unit AND branch = @branch AND released_at IS NULL",
                    ("@port", action.Port.Number),
                    ("@unit", action.Unit.Value),
                    ("@branch", action.Branch.Value)
                )
        );

    internal static Effect Release(Session session, Action.ReleasePort action, DateTimeOffset now) =>
        Compared.AndSet(
            session.Execute(
                "UPDATE ports SET released_at = @now WHERE port = @port AND unit = @unit AND released_at IS NULL",
                ("@port", action.Port.Number),
                ("@unit", action.Unit.Value),
                ("@now", Stored.Time(now))
            ),
            $"port {action.Port}",
            () =>
                session.Exists(
                    "SELECT 1 FROM ports WHERE port = @port AND unit = @unit",
                    ("@port", action.Port.Number),
                    ("@unit", action.Unit.Value)
                )
        );

    internal static Effect Forget(Session session, Action.ForgetLease action) =>
        Compared.AndSet(
            session.Execute(
                "DELETE FROM ports WHERE port = @port AND unit = @unit AND released_at IS NOT NULL",
                ("@port", action.Port.Number),
                ("@unit", action.Unit.Value)
            ),
            $"port {action.Port}",
            () =>
                !session.Exists(
                    "SELECT 1 FROM ports WHERE port = @port AND unit = @unit",
                    ("@port", action.Port.Number),
                    ("@unit", action.Unit.Value)
                )
        );

    /// <summary>Whether a unit of this branch, or of this stem of it, still holds a port.</summary>
    internal static bool AnyHeld(Session session, long branch, Option<UnitStem> stem) =>
        session
            .Query(
                "SELECT unit FROM ports WHERE branch = @branch AND released_at IS NULL",
                row => row.GetString(0),
                ("@branch", branch)
            )
            .Exists(unit => stem.ForAll(it => Sight.IsGeneration(UnitName.Parse("ports.unit", unit).OrDamaged(), it)));
}
