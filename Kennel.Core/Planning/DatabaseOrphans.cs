using Kennel.Core.Domain;

namespace Kennel.Core.Planning;

/// <summary>Databases and roles that carry Kennel's mark and that no row of the ledger speaks of.</summary>
internal static class DatabaseOrphans
{
    /// <summary>All that can be seen.</summary>
    public static Seq<Orphan> Find(Sight sight) =>
        sight.Observed.Databases.Match(seen => Joined(Databases(sight, seen), Roles(sight, seen)), _ => Seq<Orphan>());

    /// <summary>The next step towards the end of a role: it goes after what it owns.</summary>
    public static Part End(Sight sight, ObservedRole role) =>
        sight.Observed.Databases.Match(
            seen =>
                seen.Databases.Values.Any(database => database.Owner == role.Name.Value)
                    ? Part.Nothing
                    : Part.Concat(
                        role.Mark.ToSeq()
                            .Map(mark =>
                                Part.Step(
                                    new Subject.Host(),
                                    new Action.DropRole(role.Name, mark),
                                    "somebody gave it up"
                                )
                            )
                    ),
            _ => Part.Nothing
        );

    private static Seq<Orphan> Databases(Sight sight, ObservedDatabases seen)
    {
        var recorded = toSet(
            Rows(sight).Bind(row => row.Row.Resource is Resource.Postgres it ? Seq1(it.Database) : Seq<DatabaseName>())
        );
        return seen
            .Databases.Values.ToSeq()
            .Filter(database => IsOrphan(sight, seen.MakerOf(database), recorded.Contains(database.Name)))
            .Map(database => (Orphan)new Orphan.OfDatabase(database));
    }

    private static Seq<Orphan> Roles(Sight sight, ObservedDatabases seen)
    {
        var recorded = toSet(Rows(sight).Bind(row => row.Branch.Role.ToSeq()));
        return seen
            .Roles.Values.ToSeq()
            .Filter(role => IsOrphan(sight, role.Mark, recorded.Contains(role.Name)))
            .Map(role => (Orphan)new Orphan.OfRole(role));
    }

    // While a row cannot be read, what has none is not therefore nobody's.
    private static bool IsOrphan(Sight sight, Option<InstanceId> maker, bool isRecorded) =>
        maker.Exists(mark => mark != sight.Settings.Instance || (!isRecorded && sight.Desired.Damage.IsEmpty));

    private static Seq<(DesiredBranch Branch, DesiredResource Row)> Rows(Sight sight) =>
        sight
            .Desired.Branches.Bind(branch => branch.Resources.Map(row => (branch, row)))
            .Filter(pair => pair.row.Resource.Kind == ResourceKind.Postgres);
}
