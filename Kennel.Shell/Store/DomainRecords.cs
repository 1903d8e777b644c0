using Kennel.Core.Domain;
using Kennel.Core.Ports;
using Action = Kennel.Core.Planning.Action;

namespace Kennel.Shell.Store;

/// <summary>Custom domains in the table <c>claims</c>.</summary>
internal static class DomainRecords
{
    private const string Held = """
        kind = 'host' AND custom = 1 AND name = @domain AND project = @project AND reference = @reference
        """;

    // What was declared again since the plan was made stays.
    private const string Declared = """
        SELECT 1 FROM deployments d JOIN branches b ON b.id = d.branch JOIN projects p ON p.id = b.project
            JOIN releases r ON r.id IN (d.target, d.serving)
        WHERE r.domain = @domain AND b.project = @project AND b.reference = @reference
            AND b.reference = 'refs/heads/' || p.default_branch
        """;

    /// <summary>Every custom domain that is held, and by whom.</summary>
    internal static Map<HostName, DomainHolder> Read(Session session, List<string> damage) =>
        toMap(
            session
                .Query(
                    "SELECT name, project, reference FROM claims WHERE kind = 'host' AND custom = 1 ORDER BY name",
                    row =>
                        DesiredReader.Sound(
                            damage,
                            "claim",
                            () =>
                                (
                                    HostName.Parse("claims.name", row.GetString(0)).OrDamaged(),
                                    new DomainHolder(new ProjectId(row.GetInt64(1)), row.GetString(2))
                                )
                        )
                )
                .Somes()
        );

    /// <summary>Takes a domain for a branch; refused if another took it meanwhile.</summary>
    internal static Effect Claim(Session session, Action.ClaimDomain action, DateTimeOffset now) =>
        Compared.AndSet(
            session.Execute(
                """
                INSERT INTO claims (kind, name, project, reference, component, reserved, custom, claimed_at)
                VALUES ('host', @domain, @project, @reference, '', 0, 1, @now)
                ON CONFLICT (kind, name) DO NOTHING
                """,
                [.. Names(action.Domain, action.Holder), ("@now", Stored.Time(now))]
            ),
            $"{action.Domain}",
            () => session.Exists($"SELECT 1 FROM claims WHERE {Held}", Names(action.Domain, action.Holder))
        );

    /// <summary>Frees a domain.</summary>
    internal static Effect Release(Session session, Action.ReleaseDomain action) =>
        Compared.AndSet(
            session.Execute(
                $"DELETE FROM claims WHERE {Held} AND NOT EXISTS ({Declared})",
                Names(action.Domain, action.Holder)
            ),
            $"{action.Domain}",
            () => !session.Exists($"SELECT 1 FROM claims WHERE {Held}", Names(action.Domain, action.Holder))
        );

    /// <summary>Host names that a branch took before custom domains were told apart are such from now on.</summary>
    internal static void Adopt(Session session, BranchId branch, Seq<HostName> domains) =>
        domains.Iter(domain =>
            session.Execute(
                """
                UPDATE claims SET custom = 1, component = ''
                WHERE kind = 'host' AND name = @domain AND custom = 0
                    AND (project, reference) = (SELECT project, reference FROM branches WHERE id = @branch)
                """,
                ("@domain", domain.Value),
                ("@branch", branch.Value)
            )
        );

    private static (string, object?)[] Names(HostName domain, DomainHolder holder) =>
        [("@domain", domain.Value), ("@project", holder.Project.Value), ("@reference", holder.Reference)];
}
