using Kennel.Core.Domain;
using Kennel.Core.Lifecycle;
using Kennel.Core.Planning;
using Kennel.Core.Ports;
using Action = Kennel.Core.Planning.Action;

namespace Kennel.Shell.Store;

/// <summary>The moment a build changes intent: its claims, releases and targets, all or nothing.</summary>
internal static class BuiltRecord
{
    /// <summary>Turns what was built into the targets of its branch, or ends the build with the cause that forbids it.</summary>
    /// <param name="session">An open transaction.</param>
    /// <param name="action">What was built.</param>
    /// <param name="targets">What it is turned into.</param>
    /// <param name="read">Reads what the store says, in this transaction.</param>
    internal static Effect Built(
        Session session,
        Action.RecordBuilt action,
        Func<TargetInput, Either<Cause, TargetChange>> targets,
        Func<Desired> read
    ) =>
        Find(session, action.Build)
            .Match(
                build =>
                    build.State switch
                    {
                        "building" or "queued" => build.Newer.Match(
                            newer =>
                                End(session, action, BuildState.Cancelled, new Cause.Superseded(new BuildId(newer))),
                            () => Apply(session, action, build, targets, read)
                        ),
                        "built" or "done" => Effect.Happened,
                        _ => Compared.Changed($"build {action.Build.Value}"),
                    },
                () => Compared.Changed($"build {action.Build.Value}")
            );

    private static Effect Apply(
        Session session,
        Action.RecordBuilt action,
        BuildRow build,
        Func<TargetInput, Either<Cause, TargetChange>> targets,
        Func<Desired> read
    )
    {
        var desired = read();
        var input =
            from branch in desired.Branches.Find(it => it.Id == new BranchId(build.Branch) && it.Removed.IsNone)
            select new TargetInput(
                desired.Settings,
                branch,
                action.Build,
                action.Commit,
                action.Result,
                ClaimRecords.Read(session)
            )
            {
                Secrets = action.Secrets,
            };
        return input.Match(
            it =>
                targets(it)
                    .Match(
                        Left: cause => End(session, action, BuildState.Failed, cause),
                        Right: change => Apply(session, action, new BranchId(build.Branch), change)
                    ),
            () => Compared.Changed($"the branch of build {action.Build.Value}")
        );
    }

    private static Effect Apply(Session session, Action.RecordBuilt action, BranchId branch, TargetChange change)
    {
        TargetRecords.Add(session, branch, action.Build, change, action.At);
        // A pinned branch stays where it is; what was built waits.
        if (TargetRecords.Pin(session, branch).IsNone)
            TargetRecords.Aim(session, branch, action.Build, action.At);
        session.Execute(
            """
            UPDATE builds SET state = 'built', commit_id = @commit, result = @result,
                started_at = coalesce(started_at, @at)
            WHERE id = @id
            """,
            ("@id", action.Build.Value),
            ("@commit", action.Commit.Value),
            ("@at", Stored.Time(action.At)),
            ("@result", BuildResultText.Of(action.Result))
        );
        TargetRecords.Supersede(session, branch, action.Build, action.At);
        return Effect.Happened;
    }

    private static Effect End(Session session, Action.RecordBuilt action, BuildState state, Cause cause) =>
        Compared.AndSet(
            BuildRecords.End(session, action.Build, state, cause.Describe(), action.At),
            $"build {action.Build.Value}",
            () => false
        );

    /// <summary>The build, and a newer one of its branch that reached the targets already; a repeat is as old as what it repeats.</summary>
    private static Option<BuildRow> Find(Session session, BuildId build) =>
        session.First(
            """
            SELECT b.branch, b.state, b.commit_id,
                (SELECT max(n.id) FROM builds n
                 WHERE n.branch = b.branch AND coalesce(n.repeats, n.id) > b.id AND n.state IN ('built', 'done'))
            FROM builds b WHERE b.id = @id
            """,
            row => new BuildRow(row.GetInt64(0), row.GetString(1), row.Text(2), row.OptionalNumber(3)),
            ("@id", build.Value)
        );

    private sealed record BuildRow(long Branch, string State, string? Commit, Option<long> Newer);
}
