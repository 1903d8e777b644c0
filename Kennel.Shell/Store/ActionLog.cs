using Kennel.Core.Domain;
using Kennel.Core.Planning;
using Kennel.Core.Ports;
using Action = Kennel.Core.Planning.Action;

namespace Kennel.Shell.Store;

/// <summary>
/// The table <c>actions</c>: what was done and how it ended. At most one row of a key is open; failures in a row add
/// up in it, a success closes it.
/// </summary>
internal static class ActionLog
{
    private const int KeptPerBranch = 200;
    private const int ErrorLengthMax = 2000;

    internal static LanguageExt.Unit Note(Session session, Seq<ActionReport> reports, DateTimeOffset now)
    {
        foreach (var report in reports)
            Note(session, report, now);
        foreach (var branch in reports.Map(report => BranchOf(report.Planned.Subject)).Distinct())
            Trim(session, branch);
        return unit;
    }

    /// <summary>Counts a crash of a unit; a count of one begins anew.</summary>
    internal static Effect Crash(Session session, Action.RecordCrash action, Seq<string> evidence)
    {
        var cause = action.Cause.Describe();
        var rowCount = session.Execute(
            """
            INSERT INTO actions (branch, subject, key, reason, outcome, attempts, error, first_at, last_at)
            SELECT id, @unit, @key, @sentence, 'crashed', @count, @sentence, @at, @at FROM branches WHERE id = @branch
            ON CONFLICT (key) WHERE outcome <> 'done' DO UPDATE
            SET attempts = @count, error = @sentence, last_at = @at,
                first_at = CASE WHEN @count = 1 THEN @at ELSE first_at END
            WHERE last_at < @at
            """,
            ("@branch", action.Branch.Value),
            ("@unit", action.Unit.Value),
            ("@key", ActionKeys.OfCrash(action.Unit).Value),
            ("@count", action.Count),
            ("@sentence", cause.Sentence),
            ("@at", Stored.Time(action.At))
        );
        if (rowCount > 0)
        {
            EvidenceRecords.Keep(session, action.Branch, action.Unit, cause, action.At, evidence);
            Trim(session, action.Branch);
        }
        return Compared.AndSet(
            rowCount,
            $"branch {action.Branch.Value}",
            () =>
                session.Exists(
                    "SELECT 1 FROM actions WHERE key = @key AND outcome = 'crashed' AND last_at >= @at",
                    ("@key", ActionKeys.OfCrash(action.Unit).Value),
                    ("@at", Stored.Time(action.At))
                )
        );
    }

    private static void Note(Session session, ActionReport report, DateTimeOffset now)
    {
        var (outcome, error) = report.Effect switch
        {
            Effect.Done => ("done", Option<string>.None),
            Effect.Failed it => ("failed", Some(it.Cause.Describe().Sentence)),
            Effect.Lost it => ("lost", Some(it.Cause.Describe().Sentence)),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
        if (
            report.Effect is Effect.Done
            && (Close(session, report, now) > 0 || ActionKeys.IsRoutine(report.Planned.Action))
        )
            return;
        session.Execute(
            """
            INSERT INTO actions (branch, subject, key, reason, outcome, attempts, error, first_at, last_at)
            VALUES (
                (SELECT id FROM branches WHERE id = @branch), @subject, @key, @reason, @outcome, 1, @error, @now, @now
            )
            ON CONFLICT (key) WHERE outcome <> 'done' DO UPDATE
            SET attempts = CASE
                    WHEN outcome = excluded.outcome THEN attempts + 1
                    WHEN excluded.outcome = 'failed' THEN 1
                    ELSE attempts
                END,
                outcome = CASE WHEN excluded.outcome = 'failed' THEN 'failed' ELSE outcome END,
                reason = excluded.reason, error = excluded.error, last_at = excluded.last_at
            """,
            ("@branch", BranchOf(report.Planned.Subject).Map(branch => branch.Value).OrNull()),
            ("@subject", report.Planned.Subject.ToString()),
            ("@key", ActionKeys.Of(report.Planned.Action).Value),
            ("@reason", report.Planned.Reason),
            ("@outcome", outcome),
            ("@error", error.Map(Shorten).OrNull()),
            ("@now", Stored.Time(now))
        );
    }

    private static int Close(Session session, ActionReport report, DateTimeOffset now) =>
        session.Execute(
            """
            UPDATE actions SET outcome = 'done', attempts = attempts + 1, reason = @reason, last_at = @now
            WHERE key = @key AND outcome IN ('failed', 'lost')
            """,
            ("@key", ActionKeys.Of(report.Planned.Action).Value),
            ("@reason", report.Planned.Reason),
            ("@now", Stored.Time(now))
        );

    private static void Trim(Session session, Option<BranchId> branch) =>
        session.Execute(
            """
            DELETE FROM actions WHERE branch IS @branch AND id NOT IN (
                SELECT id FROM actions WHERE branch IS @branch ORDER BY last_at DESC, id DESC LIMIT @kept
            )
            """,
            ("@branch", branch.Map(it => it.Value).OrNull()),
            ("@kept", KeptPerBranch)
        );

    private static Option<BranchId> BranchOf(Subject subject) =>
        subject switch
        {
            Subject.OfBranch it => it.Id,
            Subject.OfBuild it => it.Branch,
            Subject.OfProject or Subject.Host => None,
            _ => throw new System.Diagnostics.UnreachableException(),
        };

    private static string Shorten(string error) =>
        error.Length <= ErrorLengthMax ? error : error[..ErrorLengthMax] + "…";
}
