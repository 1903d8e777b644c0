using Kennel.Core.Domain;

namespace Kennel.Shell.Store;

/// <summary>The table <c>claims</c>.</summary>
internal static class ClaimRecords
{
    /// <summary>All names that are taken, of the kinds that the core knows.</summary>
    internal static Claims Read(Session session) =>
        Claims.From(
            session
                .Query(
                    """
                    SELECT kind, name, project, reference, component FROM claims
                    WHERE kind IN ('host', 'unit', 'role', 'database', 'bucket') ORDER BY kind, name
                    """,
                    row => new Claim(
                        Enum.Parse<ClaimKind>(row.GetString(0), ignoreCase: true),
                        row.GetString(1),
                        new ClaimOwner(
                            new ProjectId(row.GetInt64(2)),
                            row.GetString(3),
                            row.GetString(4) is { Length: > 0 } component
                                ? ComponentName.Parse($"claim {row.GetString(1)}: component", component).OrDamaged()
                                : None
                        )
                    )
                )
                .ToSeq()
                .Strict()
        );

    /// <summary>Takes names; one that is taken makes the whole change fail.</summary>
    internal static void Add(Session session, Seq<Claim> claims, bool reserved, DateTimeOffset now) =>
        claims.Iter(claim =>
            session.Execute(
                """
                INSERT INTO claims (kind, name, project, reference, component, reserved, custom, claimed_at)
                VALUES (@kind, @name, @project, @reference, @component, @reserved, @custom, @now)
                """,
                ("@kind", Stored.Word(claim.Kind)),
                ("@name", claim.Name),
                ("@project", claim.Owner.Project.Value),
                ("@reference", claim.Owner.Reference),
                ("@component", claim.Owner.Component.Match(component => component.Value, () => "")),
                ("@reserved", reserved ? 1 : 0),
                ("@custom", claim.IsCustom ? 1 : 0),
                ("@now", Stored.Time(now))
            )
        );
}
