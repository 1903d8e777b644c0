using Kennel.Core.Domain;
using Kennel.Core.Planning;
using Kennel.Core.Ports;
using Action = Kennel.Core.Planning.Action;

namespace Kennel.Shell.Store;

/// <summary>The table <c>resources</c>: the ledger.</summary>
internal static class ResourceRecords
{
    /// <summary>All rows by branch; one that cannot be read damages its branch.</summary>
    internal static ILookup<long, Func<DesiredResource>> Read(Session session) =>
        session
            .Query(
                "SELECT id, branch, kind, name, state, number FROM resources ORDER BY branch, kind",
                row =>
                {
                    var (id, branch, kind, name, state, number) = (
                        row.GetInt64(0),
                        row.GetInt64(1),
                        row.GetString(2),
                        row.GetString(3),
                        row.GetString(4),
                        row.OptionalNumber(5)
                    );
                    return (branch, Read: (Func<DesiredResource>)(() => ResourceOf(id, kind, name, number, state)));
                }
            )
            .ToLookup(row => row.branch, row => row.Read);

    internal static Effect Record(Session session, Action.RecordResource action)
    {
        var isLiving = session.Exists(
            "SELECT 1 FROM branches WHERE id = @branch AND removed_at IS NULL",
            ("@branch", action.Branch.Value)
        );
        return isLiving
            ? Compared.AndSet(
                session.Execute(
                    """
                    INSERT INTO resources (branch, kind, name, number, state, created_at)
                    VALUES (@branch, @kind, @name, @number, 'wanted', @at) ON CONFLICT DO NOTHING
                    """,
                    ("@branch", action.Branch.Value),
                    ("@kind", action.Resource.Kind.Word()),
                    ("@name", action.Resource.Name),
                    ("@number", Number(action.Resource)),
                    ("@at", Stored.Time(action.At))
                ),
                $"{action.Resource}",
                () => Exists(session, action.Branch, action.Resource, "'wanted', 'present'")
            )
            : Compared.Changed($"branch {action.Branch.Value}");
    }

    internal static Effect Present(Session session, Action.RecordResourcePresent action) =>
        Compared.AndSet(
            session.Execute(
                """
                UPDATE resources SET state = 'present'
                WHERE branch = @branch AND kind = @kind AND name = @name AND state = 'wanted'
                """,
                ("@branch", action.Branch.Value),
                ("@kind", action.Resource.Kind.Word()),
                ("@name", action.Resource.Name)
            ),
            $"{action.Resource}",
            () => Exists(session, action.Branch, action.Resource, "'present'")
        );

    internal static Effect Wanted(Session session, Action.RecordResourceWanted action) =>
        Compared.AndSet(
            session.Execute(
                """
                UPDATE resources SET state = 'wanted'
                WHERE branch = @branch AND kind = @kind AND name = @name AND state = 'leaving'
                """,
                ("@branch", action.Branch.Value),
                ("@kind", action.Resource.Kind.Word()),
                ("@name", action.Resource.Name)
            ),
            $"{action.Resource}",
            () => Exists(session, action.Branch, action.Resource, "'wanted'")
        );

    internal static Effect Forget(Session session, Action.ForgetResource action) =>
        Compared.AndSet(
            session.Execute(
                """
                DELETE FROM resources WHERE branch = @branch AND kind = @kind AND name = @name
                    AND (SELECT removed_at FROM branches WHERE id = @branch) IS NOT NULL
                """,
                ("@branch", action.Branch.Value),
                ("@kind", action.Resource.Kind.Word()),
                ("@name", action.Resource.Name)
            ),
            $"{action.Resource}",
            () => !Exists(session, action.Branch, action.Resource, "'wanted', 'present', 'leaving'")
        );

    /// <summary>Whether the ledger has anything of a branch.</summary>
    internal static bool AnyOf(Session session, long branch) =>
        session.Exists("SELECT 1 FROM resources WHERE branch = @branch", ("@branch", branch));

    private static bool Exists(Session session, BranchId branch, Resource resource, string states) =>
        session.Exists(
            $"""
            SELECT 1 FROM resources WHERE branch = @branch AND kind = @kind AND name = @name AND number IS @number
                AND state IN ({states})
            """,
            ("@branch", branch.Value),
            ("@kind", resource.Kind.Word()),
            ("@name", resource.Name),
            ("@number", Number(resource))
        );

    private static object? Number(Resource resource) => resource.Number.Map(number => (long)number).OrNull();

    private static DesiredResource ResourceOf(long id, string kind, string name, Option<long> number, string state)
    {
        var where = $"resource {id}";
        Resource resource = ResourceKinds
            .Of(kind)
            .Match(known => known, () => throw new DamagedRowException($"damaged row: {where} is a {kind}")) switch
        {
            ResourceKind.Postgres => new Resource.Postgres(DatabaseName.Parse($"{where}: name", name).OrDamaged()),
            ResourceKind.Valkey when number.IsNone => new Resource.ValkeyInstance(
                UnitName.Parse($"{where}: name", name).OrDamaged()
            ),
            ResourceKind.Valkey => new Resource.Valkey(
                CacheUser.Parse($"{where}: name", name).OrDamaged(),
                CacheNumber.Parse($"{where}: number", number.IfNone(0)).OrDamaged()
            ),
            ResourceKind.Garage => new Resource.Garage(BucketName.Parse($"{where}: name", name).OrDamaged()),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
        return Enum.TryParse<ResourceState>(state, ignoreCase: true, out var known)
            ? new DesiredResource(new ResourceId(id), resource, known)
            : throw new DamagedRowException($"damaged row: {where} is \"{state}\"");
    }
}
