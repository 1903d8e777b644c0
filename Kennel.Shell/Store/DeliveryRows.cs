using Kennel.Core.Domain;
using Microsoft.Data.Sqlite;

namespace Kennel.Shell.Store;

/// <summary>The inbox as people see it.</summary>
internal static class DeliveryRows
{
    internal static Seq<DeliveryRow> Read(
        Session session,
        Option<ProjectName> project,
        Option<Branch> branch,
        int countMax
    ) =>
        session
            .Query(
                """
                SELECT d.id, d.event, p.name, d.reference, d.received_at, d.handled_at, d.meaning
                FROM deliveries d LEFT JOIN projects p ON p.id = d.project
                WHERE (@project IS NULL OR p.name = @project) AND (@reference IS NULL OR d.reference = @reference)
                ORDER BY d.id DESC LIMIT @count
                """,
                DeliveryOf,
                ("@project", project.Map(name => name.Value).OrNull()),
                ("@reference", branch.Map(it => it.Reference).OrNull()),
                ("@count", countMax)
            )
            .ToSeq()
            .Strict();

    private static DeliveryRow DeliveryOf(SqliteDataReader row)
    {
        var where = $"delivery {row.GetInt64(0)}";
        return new DeliveryRow(
            new DeliveryId(row.GetInt64(0)),
            row.GetString(1),
            row.OptionalText(2).Map(name => ProjectName.Parse($"{where}: project", name).OrDamaged()),
            row.OptionalText(3).Map(reference => Stored.BranchOf($"{where}: reference", reference)),
            row.Time(4),
            row.IsDBNull(5) ? None : Some(row.OptionalText(6).IfNone(string.Empty))
        );
    }
}
