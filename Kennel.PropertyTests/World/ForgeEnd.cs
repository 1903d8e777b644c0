using Kennel.Core.Domain;
using Kennel.Core.Lifecycle;

namespace Kennel.PropertyTests.World;

/// <summary>What must hold of deliveries, branches and builds once everything was delivered and all is quiet.</summary>
public static class ForgeEnd
{
    /// <summary>What is wrong.</summary>
    /// <param name="simulation">A world at rest.</param>
    /// <param name="isEverythingBuilt">Whether nobody cancelled a build, so that what can be built is.</param>
    public static Seq<string> Problems(Simulation simulation, bool isEverythingBuilt) =>
        Joined(
            simulation.Look().Look.Plan.Actions.Map(step => $"still planned: {step.Action}"),
            Deliveries(simulation),
            Builds(simulation),
            simulation.Host.Repositories.Values.ToSeq().Bind(repository => Branches(simulation, repository)),
            isEverythingBuilt ? Newest(simulation) : Seq<string>(),
            PullRequests(simulation)
        );

    private static Seq<string> Deliveries(Simulation simulation) =>
        simulation
            .Store.Meanings()
            .Filter(one => one.Meaning.ForAll(meaning => meaning.Length == 0))
            .Map(one => $"delivery {one.Delivery} is not accounted for");

    private static Seq<string> Builds(Simulation simulation) =>
        Joined(
            simulation
                .Store.Builds()
                .Filter(build => build.State is "queued" or "building" or "built")
                .Map(build => $"build {build.Id} has not ended: {build.State}"),
            simulation
                .Store.Builds()
                .Filter(build => build.State is "failed" or "cancelled" && build.Cause.Length == 0)
                .Map(build => $"build {build.Id} {build.State} without a cause")
        );

    private static Seq<string> Branches(Simulation simulation, SimulatedRepository repository)
    {
        var live = toMap(
            simulation
                .Look()
                .Look.Desired.Branches.Filter(branch => branch.Removed.IsNone && branch.Project.Name == repository.Name)
                .Map(branch => (branch.Branch.Reference, branch.Newest.Map(commit => commit.Value).IfNone("")))
        );
        var wanted = toMap(
            repository
                .Deployable.AsEnumerable()
                .Where(head => live.ContainsKey(head.Key) || !IsUnknown(simulation, repository, head.Key))
                .Select(head => (head.Key, head.Value.Value))
        );
        return live == wanted
            ? Seq<string>()
            : Seq1($"{repository.Name} has {Describe(live)} instead of {Describe(wanted)}");
    }

    // Whatever the forge's word led to before is where the repository has it. Only a branch that is new to Kennel, and of
    // which no delivery arrived since one was lost, may be absent: a look follows what a delivery led to, and no more.
    // A pull request is never so unknown, for the delivery that opens it is not lost.
    private static bool IsUnknown(Simulation simulation, SimulatedRepository repository, string reference)
    {
        var desired = simulation.Look().Look.Desired;
        var heads = desired
            .Projects.Filter(project => project.Name == repository.Name)
            .Bind(project => desired.Heads.Keys.ToSeq().Filter(head => head.Project == project.Id));
        return reference.StartsWith("refs/heads/", StringComparison.Ordinal)
            && simulation.Forge.Unheard.Contains((repository.Name, reference))
            && !heads.Exists(head => head.Branch.Reference == reference);
    }

    private static string Describe(Map<string, string> heads) =>
        string.Join(", ", heads.AsEnumerable().Select(head => $"{head.Key} {head.Value[^4..]}"));

    private static Seq<string> Newest(Simulation simulation) =>
        simulation
            .Store.Builds()
            .Filter(build => build.IsLive)
            .GroupBy(build => (build.Project, build.Reference))
            .Select(group => group.Last())
            .Where(build => build.State != "done" && build.Cause != "build-lost" && IsGood(simulation, build))
            .Select(build => $"{build.Reference} is {build.State} at {build.Commit[^4..]}: {build.Cause}")
            .ToSeq();

    private static bool IsGood(Simulation simulation, SimulatedBuildRow build)
    {
        var commit = simulation.Host.Commits[CommitId.Parse("store", build.Commit).Valid()];
        return commit.Build is BuildBehaviour.Good or BuildBehaviour.VanishesOnce
            && commit.Components.ForAll(component => component.Behaviour == Behaviour.Good)
            && SkipMarks.Find(commit.Message).IsNone;
    }

    private static Seq<string> PullRequests(Simulation simulation)
    {
        var host = simulation.Host;
        var closed = host
            .Repositories.Values.ToSeq()
            .Bind(repository =>
                repository.PullRequests.Values.ToSeq().Filter(one => !one.IsOpen).Map(one => $"-pr-{one.Number}")
            );
        var traces = Joined(
            host.Units.Keys.Select(unit => unit.Value).ToSeq(),
            host.Served.Entries.Keys.Select(name => name.Value).ToSeq(),
            host.StateDirectories.ToSeq()
        );
        return traces
            .Filter(trace => closed.Exists(one => trace.Contains(one, StringComparison.Ordinal)))
            .Map(trace => $"left: {trace}");
    }
}
