using System.Text.RegularExpressions;
using Kennel.Core.Domain;
using Kennel.Core.Lifecycle;
using Kennel.Core.Planning;
using Kennel.Core.Ports;
using Action = Kennel.Core.Planning.Action;

namespace Kennel.PropertyTests.World;

/// <summary>
/// What must hold of builds and of removed branches after every single effect, checked independently of the planner.
/// </summary>
/// <param name="host">The world.</param>
/// <param name="buildsMax">How many builds may run at once.</param>
public sealed partial class BuildWatch(SimulatedHost host, int buildsMax)
{
    private static readonly TimeSpan CollectionPause = TimeSpan.FromMinutes(10);

    private Map<(string Project, string Reference), int> accepted;
    private Set<(string Project, string Reference)> removed;

    /// <summary>What is wrong after this effect.</summary>
    public Seq<string> Check(Action action, Effect effect) =>
        (action, effect) switch
        {
            (Action.RecordDeliveries it, Effect.Done) => Take(it),
            (Action.StartUnit it, Effect.Done) when it.Unit.Build.IsSome => Joined(TooMany(), Began(it)),
            (Action.RecordBuildEnd { State: BuildState.Cancelled } it, Effect.Done) => StillRuns(it.Build),
            (Action.CollectGarbage, _) => CollectedAgain(),
            _ => Seq<string>(),
        };

    private Seq<string> Take(Action.RecordDeliveries action)
    {
        foreach (var project in action.Project)
        {
            var repository = host.Repositories.Values.First(one => one.Id == project.Value);
            foreach (var intent in action.Intents)
                Take(repository, (repository.Name.Value, intent.Branch.Reference), intent);
        }
        return Seq<string>();
    }

    private void Take(SimulatedRepository repository, (string, string Reference) branch, BranchIntent intent)
    {
        if (intent is not BranchIntent.Deploy deploy)
        {
            removed = removed.AddOrUpdate(branch);
            return;
        }
        removed = removed.Remove(branch);
        // Who asks that a commit is not built does not ask that the one before it goes.
        if (SkipMarks.Find(host.Commits[deploy.Commit].Message).IsNone)
            accepted = accepted.AddOrUpdate(branch, Place(repository, branch.Reference, deploy.Commit));
    }

    private static int Place(SimulatedRepository repository, string reference, CommitId commit) =>
        repository.Past.Find(reference).IfNone(Seq<CommitId>()).ToList().LastIndexOf(commit);

    private Seq<string> TooMany()
    {
        var count = host.Units.Values.Count(unit => unit.Name.Build.IsSome && unit.State(host.Now) != UnitState.Failed);
        return count > buildsMax ? Seq1($"{count} builds at once") : Seq<string>();
    }

    private Seq<string> Began(Action.StartUnit action)
    {
        var unit = host.Units[action.Unit];
        var title = Title().Match(unit.Description);
        var repository = host.Repositories.Values.First(one => one.Name.Value == title.Groups[1].Value);
        var reference = Branch.Parse("title", title.Groups[2].Value).Valid().Reference;
        var branch = (repository.Name.Value, reference);
        var place = unit.Built.Map(commit => Place(repository, reference, commit.Id)).IfNone(-1);
        return Joined(
            removed.Contains(branch) ? Seq1($"{reference} is built and was removed") : Seq<string>(),
            accepted.Find(branch).Exists(newest => place < newest)
                ? Seq1($"{reference} is built at a commit older than one that was accepted")
                : Seq<string>(),
            IsShort() ? Seq1("a build began without room") : Seq<string>()
        );
    }

    private bool IsShort() => host.Room.FreeBytes < QueueSettings.Default.NeededBytes(host.Room);

    private Seq<string> StillRuns(BuildId build) =>
        host.Units.TryGetValue(UnitName.OfBuild(build), out var unit) && unit.State(host.Now) != UnitState.Failed
            ? Seq1($"build {build.Value} was ended and its unit is {unit.State(host.Now)}")
            : Seq<string>();

    private Seq<string> CollectedAgain()
    {
        var times = host.Collections.Rev();
        return times.Count > 1 && times[0] - times[1] < CollectionPause
            ? Seq1($"garbage was collected again after {times[0] - times[1]}")
            : Seq<string>();
    }

    [GeneratedRegex(@" of ([^/ ]+)/(.+) \[")]
    private static partial Regex Title();
}
