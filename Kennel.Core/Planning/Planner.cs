using Kennel.Core.Domain;

namespace Kennel.Core.Planning;

/// <summary>The plan: a total function of what is wanted and what was seen.</summary>
public static class Planner
{
    /// <summary>What to do now, why nothing else, and when to look again.</summary>
    public static Plan Plan(Desired desired, Observed observed)
    {
        var sight = new Sight(desired, observed);
        var wanted = desired.Branches.Bind(Wanted.Units);
        var ports = PortPlanner.Allocate(sight, wanted);
        var parts = Sequences.Join(Branches(sight, ports), Builds(sight), Host(sight, wanted));
        var (write, routing) = RoutePlanner.Plan(sight);
        return Assemble(sight, parts, write, routing);
    }

    private static Seq<(Subject Subject, Part Part)> Branches(Sight sight, Map<UnitName, Port> ports) =>
        sight
            .Desired.Branches.OrderBy(branch => branch.Id)
            .ToSeq()
            .Map(branch =>
                (
                    branch.Subject,
                    branch.Removed.IsSome
                        ? RemovalPlanner.Plan(sight, branch)
                        : BranchPlanner.Plan(sight, branch, ports)
                )
            );

    private static Seq<(Subject Subject, Part Part)> Builds(Sight sight) =>
        BuildPlanner.Plan(sight).OrderBy(one => ((Subject.OfBuild)one.Subject).Id).ToSeq();

    private static Seq<(Subject Subject, Part Part)> Host(Sight sight, Seq<WantedUnit> wanted)
    {
        var host = new Subject.Host();
        var independent = Sequences.Join(
            Seq(
                BuildPlanner.Leftovers(sight),
                BuildPlanner.CleanUp(sight),
                RootPlanner.Plan(sight),
                OrphanPlanner.Plan(sight)
            ),
            PortPlanner.GiveBack(sight, wanted)
        );
        return independent.Map(part => ((Subject)host, part));
    }

    private static Plan Assemble(
        Sight sight,
        Seq<(Subject Subject, Part Part)> parts,
        Option<PlannedAction> write,
        Part routing
    )
    {
        var held = parts.Map(one => (one.Subject, one.Part, BackOff.Hold(one.Part.Steps, sight.Desired, sight.Now)));
        var strands = held.Filter(one => !one.Item3.Due.IsEmpty).Map(one => new Strand(one.Subject, one.Item3.Due));
        var said = Part.Concat(held.Map(one => one.Part + one.Item3.Held)) + routing;
        return new Plan(strands, write, said.Notes.Distinct().ToSeq(), said.LookAt);
    }
}
