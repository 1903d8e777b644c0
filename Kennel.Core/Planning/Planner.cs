using Kennel.Core.Domain;

namespace Kennel.Core.Planning;

/// <summary>The plan: a total function of what is wanted and what was seen.</summary>
public static class Planner
{
    /// <summary>What to do now, why nothing else, and when to look again.</summary>
    public static Plan Plan(Desired desired, Observed observed)
    {
        var sight = new Sight(InOrder(desired), observed);
        var wanted = sight.Desired.Branches.Bind(Wanted.Units).Strict();
        var ports = PortPlanner.Allocate(sight, wanted);
        var parts = Joined(
            InboxPlanner.Plan(sight),
            LockPlanner.Projects(sight),
            Branches(sight, ports),
            Builds(sight),
            DomainPlanner.Plan(sight),
            DnsPlanner.Plan(sight),
            Seq1(DomainsFilePlanner.Plan(sight)),
            ActivityPlanner.Plan(sight),
            ExpiryPlanner.Plan(sight),
            Host(sight, wanted)
        );
        var (write, routing) = RoutePlanner.Plan(sight);
        return Assemble(sight, parts, write, routing);
    }

    private static Desired InOrder(Desired desired) =>
        desired with
        {
            Branches = desired
                .Branches.OrderBy(branch => branch.Id)
                .Select(branch =>
                    branch with
                    {
                        Deployments = branch.Deployments.OrderBy(deployment => deployment.Id).ToSeq().Strict(),
                    }
                )
                .ToSeq()
                .Strict(),
            Inbox = desired.Inbox.OrderBy(delivery => delivery.Id).ToSeq().Strict(),
            Builds = desired.Builds.OrderBy(build => build.Id).ToSeq().Strict(),
        };

    private static Seq<Part> Branches(Sight sight, Map<UnitName, Port> ports) =>
        sight.Desired.Branches.Bind(branch =>
            branch.IsLeaving ? Seq1(RemovalPlanner.Plan(sight, branch)) : BranchPlanner.Plan(sight, branch, ports)
        );

    private static Seq<Part> Builds(Sight sight) => Builds(sight, BuildQueue.Of(sight));

    private static Seq<Part> Builds(Sight sight, BuildQueue queue) =>
        sight.Desired.Builds.Map(build => BuildPlanner.Plan(sight, queue, build));

    private static Seq<Part> Host(Sight sight, Seq<WantedUnit> wanted) =>
        Joined(
            BuildPlanner.Leftovers(sight),
            BuildPlanner.CleanUp(sight),
            Seq1(QueuePlanner.MakeRoom(sight)),
            RootPlanner.Plan(sight),
            ReaperPlanner.Plan(sight),
            PortPlanner.GiveBack(sight, wanted),
            SecretPlanner.CleanUp(sight, wanted),
            DumpPlanner.Retire(sight),
            OrphanPlanner.Plan(sight)
        );

    private static Plan Assemble(Sight sight, Seq<Part> parts, Option<PlannedAction> write, Part routing)
    {
        var held = parts.Map(part => (Part: part, Hold: BackOff.Hold(part.Steps, sight.Desired, sight.Now))).Strict();
        var strands = held.Filter(one => !one.Hold.Due.IsEmpty)
            .Map(one => new Strand(one.Hold.Due.Head().Subject, one.Hold.Due));
        var said = Part.Concat(held.Map(one => one.Part + one.Hold.Held)) + routing;
        return new Plan(strands.Strict(), write, said.Notes.Distinct().ToSeq().Strict(), said.LookAt);
    }
}
