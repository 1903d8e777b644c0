using System.Diagnostics;
using Kennel.Core.Domain;

namespace Kennel.Core.Planning;

/// <summary>What an action does to the world, as a plan shows it.</summary>
public enum Change
{
    /// <summary>Something new: <c>+</c>.</summary>
    Add,

    /// <summary>Something that is there becomes different: <c>~</c>.</summary>
    Alter,

    /// <summary>Something goes: <c>-</c>.</summary>
    Remove,
}

/// <summary>An action for people.</summary>
/// <param name="Change">Whether something comes, changes or goes.</param>
/// <param name="Code">A stable word with hyphens, such as <c>start-unit</c>.</param>
/// <param name="What">What it does, in a few words.</param>
public sealed record ActionText(Change Change, string Code, string What);

/// <summary>What a plan says, for people. No text shows an environment or a property of a unit.</summary>
public static class Printing
{
    /// <summary>The sign in front of a line: <c>+</c>, <c>~</c> or <c>-</c>.</summary>
    public static string Sign(this Change change) =>
        change switch
        {
            Change.Add => "+",
            Change.Alter => "~",
            Change.Remove => "-",
            _ => throw new UnreachableException(),
        };

    /// <summary>An action, for people.</summary>
    public static ActionText Describe(this Action action) =>
        action switch
        {
            Action.LeasePort it => Adds("lease-port", $"lease port {it.Port} to {it.Unit}"),
            Action.ReleasePort it => Alters("release-port", $"let port {it.Port} cool; {it.Unit} is gone"),
            Action.ForgetLease it => Removes("forget-lease", $"forget the lease of port {it.Port} to {it.Unit}"),
            Action.StartUnit it => Adds("start-unit", $"start {it.Unit}"),
            Action.StopUnit it => Removes("stop-unit", $"stop {it.Unit}"),
            Action.ResetUnit it => Removes("reset-unit", $"clear the failed {it.Unit}"),
            Action.RecordStepBegun it => Alters(
                "record-step-begun",
                $"note that preDeploy of release {it.Release.Value} begins"
            ),
            Action.RecordStepDone it => Alters(
                "record-step-done",
                $"note that preDeploy of release {it.Release.Value} is done"
            ),
            Action.RecordReady it => Alters("record-ready", $"note that release {it.Release.Value} is ready"),
            Action.RecordAccepted it => Alters("record-accepted", $"accept release {it.Release.Value}"),
            Action.RecordRejected it => Alters("record-rejected", Rejection(it)),
            Action.RecordCrash it => Alters("record-crash", $"note that {it.Unit} failed: {Sentence(it.Cause)}"),
            Action.RecordServing it => Alters("record-serving", Serving(it)),
            Action.ForgetDeployment it => Removes(
                "forget-deployment",
                $"forget deployment {it.Deployment.Value}, of which nothing is left"
            ),
            Action.WriteRoutes it => Alters("write-routes", $"write the routing table, {Rows(it.Table.Entries.Count)}"),
            Action.AddRoot it => Adds("add-root", $"protect {it.Path} from garbage collection"),
            Action.RemoveRoot it => Removes("remove-root", $"give up the garbage collector root {it.Root}"),
            Action.StartFetch it => Adds("start-fetch", $"fetch {it.Reference.Reference} of {it.Project.Name}"),
            Action.StartListing it => Adds("start-listing", $"ask the repository of {it.Project.Name} what it has"),
            Action.RecordDeliveries it => Alters("record-deliveries", Deliveries(it)),
            Action.RegisterProject it => Adds(
                "register-project",
                $"register {it.Repository.FullName} as project {it.Name}"
            ),
            Action.CollectGarbage => Removes("collect-garbage", "remove what nothing needs from the Nix store"),
            Action.RecordBuilding it => Alters("record-building", $"build commit {it.Commit.Short}"),
            Action.MakeBuildDirectory it => Adds(
                "make-build-directory",
                $"make the directory of build {it.Build.Value}"
            ),
            Action.RemoveBuildDirectory it => Removes(
                "remove-build-directory",
                $"remove the directory of build {it.Build.Value}"
            ),
            Action.RecordBuilt it => Alters("record-built", Built(it)),
            Action.StartReadingSecrets or Action.WriteSecrets or Action.RemoveSecrets => SecretPrinting.Of(action),
            Action.RecordBuildEnd it => Alters("record-build-end", BuildEnd(it)),
            Action.RecordMoved it => Alters("record-moved", $"build {it.Build.Value} is of {it.Head.Short} now"),
            Action.RequeueBuild it => Alters("requeue-build", $"queue build {it.Build.Value} again"),
            Action.RemoveFile it => Removes("remove-file", $"remove the {it.File.Title}"),
            Action.ForgetGivenUp it => Removes(
                "forget-given-up",
                $"forget that somebody gave up {string.Join(", ", it.Names)}: it is gone"
            ),
            Action.RecordActivity it => Alters("record-activity", RestPrinting.Activity(it)),
            Action.RecordWatch it => Alters("record-watch", RestPrinting.Watch(it)),
            Action.MarkExpiring it => Alters("mark-expiring", RestPrinting.Mark(it)),
            Action.ClearExpiring => Alters("clear-expiring", "leave it as it is: it is not due any more"),
            Action.Hibernate => Alters("hibernate", "let the branch hibernate"),
            Action.ExpireBranch it => Removes("expire-branch", $"remove the branch; {it.Reason}"),
            Action.RecordAwake => Alters("record-awake", "note that the branch is awake"),
            Action.ForgetBranch => Removes("forget-branch", "forget the branch, of which nothing is left"),
            _ => DomainPrinting.Find(action).IfNone(() => ResourcePrinting.Describe(action)),
        };

    /// <summary>A state of a build, as it is shown and sent.</summary>
    public static string Word(this BuildState state) => state.ToString().ToLowerInvariant();

    /// <summary>A state of a unit, as it is shown and sent.</summary>
    public static string Word(this UnitState state) => state.ToString().ToLowerInvariant();

    internal static ActionText Adds(string code, string what) => new(Change.Add, code, what);

    internal static ActionText Alters(string code, string what) => new(Change.Alter, code, what);

    internal static ActionText Removes(string code, string what) => new(Change.Remove, code, what);

    private static string Sentence(Cause cause) => cause.Describe().Sentence;

    private static string Rejection(Action.RecordRejected it) =>
        $"reject release {it.Release.Value}: {Sentence(it.Cause)}";

    private static string Serving(Action.RecordServing it) =>
        it.Changes.ForAll(change => change.Serving.IsNone)
            ? "serve nothing any more"
            : $"serve {string.Join(", ", it.Changes.Bind(change => change.Serving.ToSeq()).Map(id => $"release {id.Value}"))}";

    private static string Deliveries(Action.RecordDeliveries it) =>
        it.Intents.IsEmpty
            ? $"handle {Count(it.Ends.Count, "delivery", "deliveries")}"
            : $"handle {Count(it.Ends.Count, "delivery", "deliveries")}: {string.Join(", ", it.Intents.Map(Intent))}";

    private static string Intent(BranchIntent intent) =>
        intent switch
        {
            BranchIntent.Deploy deploy => $"deploy {deploy.Commit.Short} to {deploy.Branch}",
            BranchIntent.Remove remove => $"remove {remove.Branch}",
            _ => throw new UnreachableException(),
        };

    internal static string Count(int count, string one, string many) => count == 1 ? $"1 {one}" : $"{count} {many}";

    private static string Rows(int count) => count == 1 ? "1 host name" : $"{count} host names";

    private static string Built(Action.RecordBuilt it) =>
        $"aim at what build {it.Build.Value} made: {string.Join(", ", it.Result.Outputs.Keys)}";

    private static string BuildEnd(Action.RecordBuildEnd it) =>
        it.Cause.Match(
            cause => $"end build {it.Build.Value} as {it.State.Word()}: {Sentence(cause)}",
            () => $"end build {it.Build.Value} as {it.State.Word()}"
        );
}
