using Kennel.Core.Domain;

namespace Kennel.Core.Planning;

/// <summary>
/// What stands on the host under Kennel's names and is not this database's: reported, left running. A new or lost
/// database therefore stops and destroys nothing.
/// </summary>
public static class OrphanPlanner
{
    /// <summary>A note for each orphan.</summary>
    public static Part Plan(Sight sight) =>
        Part.Nothing with
        {
            Notes = Joined(Units(sight), Routes(sight)).Map(what => (Note)new Note.Orphan(new Subject.Host(), what)),
        };

    private static Seq<string> Units(Sight sight) =>
        sight.Observed.Units.Match(
            units =>
            {
                var stems = Stems(sight);
                var branches = toSet(sight.Desired.Branches.Map(branch => branch.Id));
                return units
                    .Values.ToSeq()
                    .Filter(unit => IsOrphan(sight, stems, branches, unit))
                    .Map(unit => $"unit {unit.Name}");
            },
            _ => Seq<string>()
        );

    private static Set<string> Stems(Sight sight) =>
        toSet(sight.Desired.Branches.Bind(branch => branch.Deployments).Map(deployment => deployment.Stem.Value));

    private static bool IsOrphan(Sight sight, Set<string> stems, Set<BranchId> branches, ObservedUnit unit) =>
        unit.Mark.Exists(mark => mark != sight.Settings.Instance)
        || (
            unit.Mark == Some(sight.Settings.Instance)
            && unit.Name.Build.IsNone
            && !unit.Name.Value.StartsWith("kennel-clean-", StringComparison.Ordinal)
            && !unit.Name.Step.Exists(step => branches.Contains(step.Branch))
            && !Sight.StemOf(unit.Name).Exists(stems.Contains)
        );

    private static Seq<string> Routes(Sight sight) =>
        sight.Observed.Routing.Match(
            routing =>
                routing
                    .Table.Entries.Filter(
                        (host, entry) =>
                            entry.Owner != sight.Settings.Instance || !sight.Desired.ClaimedHosts.Contains(host)
                    )
                    .Keys.ToSeq()
                    .Map(host => $"route {host}"),
            _ => Seq<string>()
        );
}
