using Kennel.Core.Domain;
using Kennel.Core.Ports;
using Action = Kennel.Core.Planning.Action;

namespace Kennel.Shell.Store;

/// <summary>The steps of releases, in the table <c>releases</c>.</summary>
internal static class StepRecords
{
    internal static Effect Begun(Session session, Action.RecordStepBegun action) =>
        Compared.AndSet(
            session.Execute(
                """
                UPDATE releases SET step_boot = @boot, step_begun_at = @at
                WHERE id = @id AND outcome = 'untried' AND step_boot IS NULL
                """,
                ("@id", action.Release.Value),
                ("@boot", action.Boot.Value),
                ("@at", Stored.Time(action.At))
            ),
            $"release {action.Release.Value}",
            () =>
                session.Exists(
                    "SELECT 1 FROM releases WHERE id = @id AND outcome = 'untried' AND step_boot = @boot",
                    ("@id", action.Release.Value),
                    ("@boot", action.Boot.Value)
                )
        );

    /// <summary>What a build's releases have done need not be done by those of another that only starts them anew.</summary>
    internal static void Carry(Session session, BuildId from, BuildId to) =>
        session.Execute(
            """
            UPDATE releases SET (step_boot, step_begun_at, step_ended_at) = (
                SELECT o.step_boot, o.step_begun_at, o.step_ended_at FROM releases o
                WHERE o.build = @from AND o.deployment = releases.deployment AND o.step_ended_at IS NOT NULL
            )
            WHERE build = @to
            """,
            ("@from", from.Value),
            ("@to", to.Value)
        );

    internal static Effect Done(Session session, Action.RecordStepDone action) =>
        Compared.AndSet(
            session.Execute(
                """
                UPDATE releases SET step_ended_at = @at
                WHERE id = @id AND outcome = 'untried' AND step_boot IS NOT NULL AND step_ended_at IS NULL
                """,
                ("@id", action.Release.Value),
                ("@at", Stored.Time(action.At))
            ),
            $"release {action.Release.Value}",
            () =>
                session.Exists(
                    "SELECT 1 FROM releases WHERE id = @id AND step_ended_at IS NOT NULL",
                    ("@id", action.Release.Value)
                )
        );
}
