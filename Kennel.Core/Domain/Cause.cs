namespace Kennel.Core.Domain;

/// <summary>Whose move it is when something failed.</summary>
public enum Fault
{
    /// <summary>The project's author can mend it with a commit.</summary>
    Author,

    /// <summary>Kennel did wrong or was interrupted.</summary>
    Kennel,

    /// <summary>An outside system (git host, Nix, systemd, Caddy, the disk) refused or was down.</summary>
    Outside,
}

/// <summary>Why something failed or waits, as it is recorded and shown: the code is stable, the sentence is for people.</summary>
/// <param name="Code">A stable word with hyphens, such as <c>no-binary</c>.</param>
/// <param name="Fault">Whose move it is.</param>
/// <param name="Sentence">What happened and, where it helps, what to do.</param>
public sealed record CauseRecord(string Code, Fault Fault, string Sentence);

/// <summary>Why something failed. Closed: whoever matches on it sees every case.</summary>
public abstract record Cause
{
    private Cause() { }

    /// <summary>The repository could not be fetched.</summary>
    public sealed record CloneFailed(string Detail) : Cause;

    /// <summary>The repository has no such branch.</summary>
    public sealed record NoSuchBranch(string Reference) : Cause;

    /// <summary>The repository has no such commit, or the branch does not contain it.</summary>
    public sealed record NoSuchCommit(string Commit) : Cause;

    /// <summary>The commit has no <c>flake.nix</c>.</summary>
    public sealed record NoFlake : Cause;

    /// <summary>Nix or devenv could not evaluate the project.</summary>
    public sealed record EvaluationFailed(string Detail) : Cause;

    /// <summary>The manifest is not what a manifest may be.</summary>
    public sealed record ManifestInvalid(Seq<Problem> Problems) : Cause;

    /// <summary>What the build left behind as its result is not one.</summary>
    public sealed record ResultInvalid(Seq<Problem> Problems) : Cause;

    /// <summary>One or more components did not build.</summary>
    public sealed record ComponentsFailed(Seq<ComponentName> Components) : Cause;

    /// <summary>A service's package has no program to run.</summary>
    public sealed record NoBinary(ComponentName Component, string Found) : Cause;

    /// <summary>A time limit passed.</summary>
    public sealed record TimedOut(int LimitSeconds) : Cause;

    /// <summary>The memory limit was reached.</summary>
    public sealed record OutOfMemory : Cause;

    /// <summary>The build's processes were killed.</summary>
    public sealed record Killed(string Detail) : Cause;

    /// <summary>The build vanished twice without a result.</summary>
    public sealed record BuildLost : Cause;

    /// <summary>A name that the build needs is taken by another owner.</summary>
    public sealed record NameTaken(string Name, string Owner) : Cause;

    /// <summary>Every database of Valkey is somebody's.</summary>
    public sealed record CachesExhausted(int DatabasesMax) : Cause;

    /// <summary>The database of a preview may not, or cannot, start as the copy that its manifest asks for.</summary>
    public sealed record CopyRefused(PreviewDatabase Start, string Reason) : Cause;

    /// <summary>The copy ended with a failure.</summary>
    public sealed record CopyFailed(PreviewDatabase Start, string Result, int ExitStatus) : Cause;

    /// <summary>The unit could not be started at all.</summary>
    public sealed record StartFailed(string Detail) : Cause;

    /// <summary>The application ended by itself while it was on trial.</summary>
    public sealed record Crashed(string Result, int ExitStatus, uint Restarts) : Cause;

    /// <summary>The application did not answer at its port before the deadline.</summary>
    public sealed record NeverReady(int DeadlineSeconds, string LastAnswer) : Cause;

    /// <summary>The application listens on another port than it was given.</summary>
    public sealed record WrongPort(Port Given, Port Bound) : Cause;

    /// <summary>The release's step ended with a failure.</summary>
    public sealed record StepFailed(ComponentName Component, string Result, int ExitStatus) : Cause
    {
        /// <summary>What it was.</summary>
        public string What { get; init; } = "preDeploy";
    }

    /// <summary>The release's step took too long.</summary>
    public sealed record StepTimedOut(ComponentName Component, int LimitSeconds) : Cause
    {
        /// <summary>What it was.</summary>
        public string What { get; init; } = "preDeploy";
    }

    /// <summary>The machine restarted while the release's step may have run.</summary>
    /// <param name="Component">Whose step.</param>
    /// <param name="Title">The branch, as people call it.</param>
    public sealed record StepInterrupted(ComponentName Component, string Title) : Cause;

    /// <summary>What the project declares of its secrets is not what may be declared.</summary>
    public sealed record SecretsInvalid(Seq<Problem> Problems) : Cause;

    /// <summary>The store does not have the secrets that a release needs.</summary>
    public sealed record SecretsMissing(Seq<Secrets.SecretFault> Faults) : Cause;

    /// <summary>A release of the build was rejected, for a cause that was recorded then.</summary>
    public sealed record Rejected(CauseRecord Record) : Cause;

    /// <summary>A newer intent made this superfluous.</summary>
    public sealed record Superseded(BuildId Newer) : Cause;

    /// <summary>Somebody cancelled it.</summary>
    public sealed record CancelledByPerson(string Who) : Cause;

    /// <summary>The head commit asks not to be built.</summary>
    public sealed record Skipped(string Mark) : Cause;

    /// <summary>The same commit failed to build for another branch.</summary>
    public sealed record TwinFailed(BuildId Twin, CauseRecord Record) : Cause;

    /// <summary>The branch was removed.</summary>
    public sealed record BranchRemoved : Cause;

    /// <summary>An outside system said no.</summary>
    public sealed record Refused(string System, string Detail) : Cause;

    /// <summary>An outside system could not be asked; whether it acted is unknown.</summary>
    public sealed record Unreachable(string System, string Detail) : Cause;

    /// <summary>The cause as it is recorded.</summary>
    public CauseRecord Describe() =>
        this switch
        {
            CloneFailed it => Outside("clone-failed", $"The repository could not be fetched: {it.Detail}"),
            NoSuchBranch it => Author("no-such-branch", $"The repository has no {it.Reference}."),
            NoSuchCommit it => Author("no-such-commit", $"The branch has no commit {it.Commit}."),
            NoFlake => Author("no-flake", "The commit has no flake.nix at its root."),
            EvaluationFailed it => Author("evaluation-failed", $"Nix could not evaluate the project: {it.Detail}"),
            ManifestInvalid it => Author("manifest-invalid", string.Join("; ", it.Problems)),
            ResultInvalid it => Author(
                "result-invalid",
                $"The build left no usable result: {string.Join("; ", it.Problems)}"
            ),
            ComponentsFailed it => Author("component-failed", $"Did not build: {string.Join(", ", it.Components)}."),
            NoBinary it => Author(
                "no-binary",
                $"{it.Component} has no program: expected bin/{it.Component}, meta.mainProgram or exactly one file in bin; {it.Found}"
            ),
            TimedOut it => Author("timed-out", $"It took longer than {it.LimitSeconds} s."),
            OutOfMemory => Author("out-of-memory", "It needed more memory than it may have."),
            Killed it => Outside("killed", $"Its processes were killed: {it.Detail}"),
            BuildLost => Kennel("build-lost", "The build vanished twice without a result."),
            NameTaken it => Author("name-taken", $"{it.Name} belongs to {it.Owner} already."),
            StartFailed it => Author("start-failed", $"The unit could not be started: {it.Detail}"),
            Crashed it => Author(
                "crashed",
                $"The application ended ({it.Result}{Status(it)}) after {it.Restarts} restarts."
            ),
            NeverReady it => Author(
                "never-ready",
                $"The application was not ready within {it.DeadlineSeconds} s; last: {it.LastAnswer}"
            ),
            WrongPort it => Author(
                "wrong-port",
                $"The application listens on port {it.Bound} and not on {it.Given}, the one it was given in PORT."
            ),
            StepFailed it => Author(
                "step-failed",
                $"{it.What} of {it.Component} failed ({it.Result}, status {it.ExitStatus})."
            ),
            StepTimedOut it => Author(
                "step-timed-out",
                $"{it.What} of {it.Component} took longer than {it.LimitSeconds} s and was ended."
            ),
            StepInterrupted it => Outside(
                "step-interrupted",
                $"The machine restarted while preDeploy of {it.Component} was running, so it may have run in part and is not "
                    + $"repeated by itself. Look at its data; to run it again: kennel redeploy {it.Title}"
            ),
            SecretsInvalid it => Author("secrets-invalid", string.Join("; ", it.Problems)),
            SecretsMissing it => Author(
                "secrets-missing",
                $"{string.Join("; ", it.Faults.Map(fault => fault.Describe()))}."
            ),
            Rejected it => it.Record,
            Superseded it => Author("superseded", $"Superseded by build {it.Newer.Value}."),
            CancelledByPerson it => Author("cancelled", $"Cancelled by {it.Who}."),
            Skipped it => Author("skipped", $"The head commit says {it.Mark}."),
            TwinFailed it => it.Record with { Sentence = $"As in build {it.Twin.Value}: {it.Record.Sentence}" },
            BranchRemoved => Author("branch-removed", "The branch was removed."),
            Refused it => Outside("refused", $"{it.System} refused: {it.Detail}"),
            Unreachable it => Outside("unreachable", $"{it.System} could not be asked: {it.Detail}"),
            _ => DescribeResource(),
        };

    private CauseRecord DescribeResource() =>
        this switch
        {
            CachesExhausted it => Outside(
                "caches-exhausted",
                $"Every database of Valkey is taken: it has {it.DatabasesMax}, the first of which is never given. Raise `databases` "
                    + "in Valkey's configuration and restart it, or remove branches."
            ),
            CopyRefused it => Author("copy-refused", $"Its database cannot start as {it.Start}: {it.Reason}."),
            CopyFailed it => Outside(
                "copy-failed",
                $"Its database could not be filled as {it.Start} ({it.Result}, status {it.ExitStatus}); it holds nothing."
            ),
            _ => throw new System.Diagnostics.UnreachableException(),
        };

    // Of a unit that is just being started again, systemd has forgotten how it ended.
    private static string Status(Crashed crashed) => crashed.ExitStatus == 0 ? "" : $", status {crashed.ExitStatus}";

    private static CauseRecord Author(string code, string sentence) => new(code, Fault.Author, sentence);

    private static CauseRecord Kennel(string code, string sentence) => new(code, Fault.Kennel, sentence);

    private static CauseRecord Outside(string code, string sentence) => new(code, Fault.Outside, sentence);
}
