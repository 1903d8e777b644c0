using Kennel.Core.Domain;
using Kennel.Core.Lifecycle;
using Kennel.Core.Planning;

namespace Kennel.Shell.Store;

/// <summary>What the deployments of a branch aim at: the releases of one build.</summary>
internal static class TargetRecords
{
    /// <summary>Takes the names that a build needs and adds its releases; nothing aims at them yet.</summary>
    internal static void Add(Session session, BranchId branch, BuildId build, TargetChange change, DateTimeOffset at)
    {
        ClaimRecords.Add(session, change.NewClaims, reserved: false, at);
        DomainRecords.Adopt(session, branch, change.Targets.Bind(target => target.Release.Domain.ToSeq()));
        foreach (var target in change.Targets)
        {
            var deployment = session.Number(
                """
                INSERT INTO deployments (branch, component, stem) VALUES (@branch, @component, @stem)
                ON CONFLICT (branch, component) DO UPDATE SET stem = excluded.stem
                RETURNING id
                """,
                ("@branch", branch.Value),
                ("@component", target.Component.Value),
                ("@stem", target.Stem.Value)
            );
            ReleaseRecords.Add(session, deployment, build, target.Release);
        }
    }

    /// <summary>
    /// Aims at the releases of a build; components that it does not have lose their target. A branch that hibernates is
    /// woken by that.
    /// </summary>
    internal static void Aim(Session session, BranchId branch, BuildId build, DateTimeOffset at)
    {
        session.Execute(
            """
            UPDATE deployments SET target =
                (SELECT r.id FROM releases r WHERE r.build = @build AND r.deployment = deployments.id)
            WHERE branch = @branch
            """,
            ("@branch", branch.Value),
            ("@build", build.Value)
        );
        RestIntents.Wake(session, branch.Value, at);
    }

    /// <summary>The build that a branch is pinned to.</summary>
    internal static Option<BuildId> Pin(Session session, BranchId branch) =>
        session
            .First(
                "SELECT pinned_build FROM branches WHERE id = @branch",
                row => row.OptionalNumber(0),
                ("@branch", branch.Value)
            )
            .Bind(pinned => pinned)
            .Map(pinned => new BuildId(pinned));

    /// <summary>Pins a branch to a build, or gives its pin up.</summary>
    internal static void SetPin(Session session, BranchId branch, Option<BuildId> build) =>
        session.Execute(
            "UPDATE branches SET pinned_build = @build WHERE id = @branch",
            ("@branch", branch.Value),
            ("@build", build.Map(id => id.Value).OrNull())
        );

    /// <summary>
    /// Older builds of the branch whose components do not all serve never will; a repeat is as old as what it repeats.
    /// The one that the branch is pinned to stays.
    /// </summary>
    internal static void Supersede(Session session, BranchId branch, BuildId build, DateTimeOffset at) =>
        End(
            session,
            build,
            session.Query(
                """
                SELECT o.id FROM builds o JOIN builds n ON n.id = @id JOIN branches b ON b.id = o.branch
                WHERE o.branch = @branch AND o.state = 'built' AND o.id <> n.id AND o.id IS NOT b.pinned_build
                    AND (coalesce(o.repeats, o.id), o.id) < (coalesce(n.repeats, n.id), n.id)
                """,
                row => new BuildId(row.GetInt64(0)),
                ("@branch", branch.Value),
                ("@id", build.Value)
            ),
            at
        );

    /// <summary>All other builds of the branch that wait never will serve.</summary>
    internal static void SupersedeAll(Session session, BranchId branch, BuildId build, DateTimeOffset at) =>
        End(
            session,
            build,
            session.Query(
                "SELECT id FROM builds WHERE branch = @branch AND state = 'built' AND id <> @id",
                row => new BuildId(row.GetInt64(0)),
                ("@branch", branch.Value),
                ("@id", build.Value)
            ),
            at
        );

    private static void End(Session session, BuildId newer, List<BuildId> older, DateTimeOffset at)
    {
        var cause = new Cause.Superseded(newer).Describe();
        foreach (var build in older)
            BuildRecords.End(session, build, BuildState.Cancelled, cause, at);
    }
}
