using Kennel.Core.Domain;
using Kennel.Core.Lifecycle;
using Kennel.Core.Ports;
using Kennel.Core.Units;
using Action = Kennel.Core.Planning.Action;

namespace Kennel.Shell.Store;

/// <summary>The table <c>releases</c>.</summary>
internal static class ReleaseRecords
{
    internal static Effect Ready(Session session, Action.RecordReady action) =>
        Compared.AndSet(
            session.Execute(
                """
                UPDATE releases SET ready_at = @at, ready_invocation = @invocation
                WHERE id = @id AND outcome = 'untried' AND ready_invocation IS NOT @invocation
                """,
                ("@id", action.Release.Value),
                ("@at", Stored.Time(action.Ready.At)),
                ("@invocation", action.Ready.Invocation.Value)
            ),
            $"release {action.Release.Value}",
            () =>
                session.Exists(
                    "SELECT 1 FROM releases WHERE id = @id AND outcome = 'untried' AND ready_invocation = @invocation",
                    ("@id", action.Release.Value),
                    ("@invocation", action.Ready.Invocation.Value)
                )
        );

    internal static Effect Accepted(Session session, Action.RecordAccepted action) =>
        Compared.AndSet(
            session.Execute(
                "UPDATE releases SET outcome = 'accepted', outcome_at = @at WHERE id = @id AND outcome = 'untried'",
                ("@id", action.Release.Value),
                ("@at", Stored.Time(action.At))
            ),
            $"release {action.Release.Value}",
            () => HasOutcome(session, action.Release, "accepted")
        );

    internal static Effect Rejected(Session session, Action.RecordRejected action, Seq<string> evidence)
    {
        var cause = action.Cause.Describe();
        var rowCount = session.Execute(
            """
            UPDATE releases SET outcome = 'rejected', outcome_at = @at,
                cause_code = @code, cause_fault = @fault, cause_sentence = @sentence
            WHERE id = @id AND outcome = 'untried'
            """,
            ("@id", action.Release.Value),
            ("@at", Stored.Time(action.At)),
            ("@code", cause.Code),
            ("@fault", Stored.Word(cause.Fault)),
            ("@sentence", cause.Sentence)
        );
        if (rowCount > 0)
            action.Unit.IfSome(unit =>
                EvidenceRecords.Keep(session, BranchOf(session, action.Release), unit, cause, action.At, evidence)
            );
        return Compared.AndSet(
            rowCount,
            $"release {action.Release.Value}",
            () => HasOutcome(session, action.Release, "rejected")
        );
    }

    /// <summary>Adds a release.</summary>
    internal static void Add(Session session, long deployment, BuildId build, NewRelease release)
    {
        var outcome = ColumnsOf(release.Outcome);
        session.Execute(
            """
            INSERT INTO releases (deployment, build, digest, store_path, specification, hosts, domain, outcome,
                ready_at, ready_invocation, outcome_at, cause_code, cause_fault, cause_sentence)
            VALUES (@deployment, @build, @digest, @path, @specification, @hosts, @domain, @outcome,
                @readyAt, @invocation, @outcomeAt, @code, @fault, @sentence)
            """,
            ("@deployment", deployment),
            ("@build", build.Value),
            ("@digest", release.Digest.Value),
            ("@path", release.StorePath.Value),
            ("@specification", SpecificationText.Write(release.Specification)),
            ("@hosts", Stored.Hosts(release.Hosts)),
            ("@domain", release.Domain.Map(domain => domain.Value).OrNull()),
            ("@outcome", outcome.Word),
            ("@readyAt", outcome.Ready.Map(ready => Stored.Time(ready.At)).OrNull()),
            ("@invocation", outcome.Ready.Map(ready => ready.Invocation.Value).OrNull()),
            ("@outcomeAt", outcome.At.Map(Stored.Time).OrNull()),
            ("@code", outcome.Cause.Map(cause => cause.Code).OrNull()),
            ("@fault", outcome.Cause.Map(cause => Stored.Word(cause.Fault)).OrNull()),
            ("@sentence", outcome.Cause.Map(cause => cause.Sentence).OrNull())
        );
    }

    private static bool HasOutcome(Session session, ReleaseId release, string outcome) =>
        session.Exists(
            "SELECT 1 FROM releases WHERE id = @id AND outcome = @outcome",
            ("@id", release.Value),
            ("@outcome", outcome)
        );

    private static BranchId BranchOf(Session session, ReleaseId release) =>
        new(
            session.Number(
                "SELECT d.branch FROM releases r JOIN deployments d ON d.id = r.deployment WHERE r.id = @id",
                ("@id", release.Value)
            )
        );

    private static OutcomeColumns ColumnsOf(Outcome outcome) =>
        outcome switch
        {
            Outcome.Untried it => new OutcomeColumns("untried", it.Ready, None, None),
            Outcome.Accepted it => new OutcomeColumns("accepted", None, it.At, None),
            Outcome.Rejected it => new OutcomeColumns("rejected", None, it.At, it.Cause),
            _ => throw new System.Diagnostics.UnreachableException(),
        };

    private sealed record OutcomeColumns(
        string Word,
        Option<FirstReady> Ready,
        Option<DateTimeOffset> At,
        Option<CauseRecord> Cause
    );
}
