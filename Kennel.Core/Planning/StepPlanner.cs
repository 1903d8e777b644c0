using Kennel.Core.Domain;
using Kennel.Core.Units;

namespace Kennel.Core.Planning;

/// <summary>Whether the steps of new releases hold up what follows them.</summary>
/// <param name="Parts">What is to be done about them.</param>
/// <param name="AreDone">Whether new generations may start.</param>
public sealed record StepTurn(Seq<Part> Parts, bool AreDone);

/// <summary>
/// Runs the step of each new release once, one after another, before any new generation of the branch starts. That it
/// begins is recorded first, with the start of the machine: a unit of it that is not there was then either never
/// started, or the machine has restarted since and nobody knows how far it came.
/// </summary>
public static class StepPlanner
{
    /// <summary>The steps of one branch that is not being removed.</summary>
    /// <param name="sight">Desired and observed.</param>
    /// <param name="branch">The branch.</param>
    /// <param name="wanted">The units it should have.</param>
    /// <param name="units">The units there are.</param>
    public static StepTurn Plan(
        Sight sight,
        DesiredBranch branch,
        Seq<WantedUnit> wanted,
        Map<UnitName, ObservedUnit> units
    )
    {
        var due = Due(wanted, units);
        var left = Left(sight, branch, due);
        var isBusy = left.Exists(unit => unit.State is UnitState.Starting or UnitState.Stopping);
        var next = isBusy ? Seq<Part>() : due.Take(1).ToSeq().Map(unit => Next(sight, unit, units));
        return new StepTurn(
            Joined(left.Map(unit => Retire(sight, branch, unit)), next).Strict(),
            AreDone: due.IsEmpty && !isBusy
        );
    }

    // Where a generation runs already, the step of a release that equals this one ended well.
    private static Seq<WantedUnit> Due(Seq<WantedUnit> wanted, Map<UnitName, ObservedUnit> units) =>
        wanted
            .Filter(unit => HasStepToDo(unit.Branch, unit.Deployment, unit.Release) && !units.ContainsKey(unit.Unit))
            .Strict();

    /// <summary>Whether a release has a step that did not end well yet.</summary>
    public static bool HasStepToDo(DesiredBranch branch, DesiredDeployment deployment, Release release) =>
        release
            is { Specification: Specification.Service service, Outcome: Outcome.Untried, Step: not StepProgress.Done }
        && !ReleaseCommands.Of(branch, deployment, service).IsEmpty;

    private static Seq<ObservedUnit> Left(Sight sight, DesiredBranch branch, Seq<WantedUnit> due)
    {
        var names = toSet(due.Map(unit => StepOf(sight, unit)));
        return sight.StepsOf(branch).Filter(unit => !names.Contains(unit.Name)).Strict();
    }

    private static Part Retire(Sight sight, DesiredBranch branch, ObservedUnit unit) =>
        unit.State == UnitState.Starting
            ? Part.Wait(branch.Subject, new WaitingOn.EarlierStep(unit.Name))
            : Retirement.Of(branch.Subject, unit, () => None, sight.Now);

    private static Part Next(Sight sight, WantedUnit wanted, Map<UnitName, ObservedUnit> units) =>
        units
            .Find(StepOf(sight, wanted))
            .Match(
                unit =>
                    unit.Mark == Some(sight.Settings.Instance)
                        ? Loaded(sight, wanted, unit)
                        : Part.Block(wanted.Branch.Subject, new BlockedBy.ForeignUnit(unit.Name)),
                () =>
                    Succession
                        .Predecessor(sight, wanted)
                        .Match(
                            other => Succession.WaitFor(sight, wanted, other),
                            () =>
                                SecretPlanner.MayStart(sight, wanted)
                                    ? SecretPlanner.Write(sight, wanted) + Absent(sight, wanted)
                                    : SecretPlanner.Write(sight, wanted)
                        )
            );

    private static Part Loaded(Sight sight, WantedUnit wanted, ObservedUnit unit) =>
        (unit.State, wanted.Release.Step) switch
        {
            (UnitState.Starting, StepProgress.Begun begun) => Runs(sight, wanted, unit, begun),
            (UnitState.Running, StepProgress.Begun) => Part.Step(
                wanted.Branch.Subject,
                new Action.RecordStepDone(wanted.Release.Id, sight.Now),
                "it ended well"
            ) + Part.Step(wanted.Branch.Subject, new Action.StopUnit(unit.Name), "its end was recorded"),
            (UnitState.Failed, StepProgress.Begun) => unit.Detail.Match(
                detail => Failed(sight, wanted, unit, detail),
                () => Soon(sight, wanted, unit)
            ),
            // Of a database that was restored from an older copy: what runs there is not this release's.
            (UnitState.Running or UnitState.Failed, _) => Retirement.Of(
                wanted.Branch.Subject,
                unit,
                () => None,
                sight.Now
            ),
            _ => Soon(sight, wanted, unit),
        };

    private static Part Runs(Sight sight, WantedUnit wanted, ObservedUnit unit, StepProgress.Begun begun)
    {
        var deadline = begun.At + Timeout(sight, wanted);
        var on = new WaitingOn.Step(wanted.Deployment.Component, unit.Name, begun.At, deadline);
        return deadline > sight.Now
            ? Part.WaitUntil(wanted.Branch.Subject, on, deadline)
            : Part.Wait(wanted.Branch.Subject, on);
    }

    private static Part Failed(Sight sight, WantedUnit wanted, ObservedUnit unit, UnitDetail detail)
    {
        var component = wanted.Deployment.Component;
        Cause cause =
            detail.Result == "timeout"
                ? new Cause.StepTimedOut(component, (int)Timeout(sight, wanted).TotalSeconds)
                {
                    What = ReleaseCommands.Title(wanted),
                }
                : new Cause.StepFailed(component, detail.Result, detail.ExitStatus)
                {
                    What = ReleaseCommands.Title(wanted),
                };
        return Reject(sight, wanted, cause)
            + Part.Step(wanted.Branch.Subject, new Action.ResetUnit(unit.Name), "its end was recorded");
    }

    private static Part Absent(Sight sight, WantedUnit wanted)
    {
        var error = BackOff.GaveUp(sight.Desired, StepOf(sight, wanted));
        if (error.IsSome)
            return Reject(sight, wanted, new Cause.StartFailed(error.IfNone("")));
        return sight.Observed.Boot.Match(
            known: boot =>
                wanted.Release.Step switch
                {
                    StepProgress.Begun begun when begun.Boot == boot => Start(sight, wanted),
                    StepProgress.Begun => Reject(
                        sight,
                        wanted,
                        new Cause.StepInterrupted(wanted.Deployment.Component, wanted.Branch.Title)
                    ),
                    _ => Part.Step(
                        wanted.Branch.Subject,
                        new Action.RecordStepBegun(wanted.Release.Id, boot, sight.Now),
                        "it runs once, before anything of the release is started"
                    ) + Start(sight, wanted),
                },
            unknown: reason => Part.Wait(wanted.Branch.Subject, new WaitingOn.Sight("the machine's boot id", reason))
        );
    }

    private static Part Start(Sight sight, WantedUnit wanted) =>
        Part.Step(
            wanted.Branch.Subject,
            new Action.StartUnit(
                StepOf(sight, wanted),
                Joined(
                    StepUnit.AtStart(
                        wanted.Specification,
                        ReleaseCommands.Of(wanted.Branch, wanted.Deployment, wanted.Specification),
                        $"{ReleaseCommands.Title(wanted)} of {wanted.Deployment.Component} of {wanted.Branch.Title} [{sight.Settings.Instance}]",
                        wanted.Release.Commit,
                        Timeout(sight, wanted)
                    ),
                    ResourceEnvironment.AtStart(wanted.Specification, wanted.Branch.Resources),
                    SecretProperties.Of(StepOf(sight, wanted), wanted.Unit, SecretPlanner.Of(sight, wanted))
                )
            ),
            "a new release has a command to run first"
        );

    private static Part Reject(Sight sight, WantedUnit wanted, Cause cause) =>
        Part.Step(
            wanted.Branch.Subject,
            new Action.RecordRejected(wanted.Release.Id, StepOf(sight, wanted), cause, sight.Now),
            cause.Describe().Sentence
        );

    private static Part Soon(Sight sight, WantedUnit wanted, ObservedUnit unit) =>
        Part.WaitUntil(
            wanted.Branch.Subject,
            new WaitingOn.UnitChange(unit.Name, unit.State),
            sight.Now + sight.Settings.Periods.ProbeInterval
        );

    /// <summary>The unit in which a release's step runs.</summary>
    internal static UnitName StepOf(Sight sight, WantedUnit wanted) =>
        UnitName.OfStep(sight.Settings.Instance, wanted.Branch.Id, wanted.Release.Id);

    private static TimeSpan Timeout(Sight sight, WantedUnit wanted) =>
        wanted
            .Specification.PreDeploy.Bind(step => step.TimeoutSeconds)
            .Map(seconds => TimeSpan.FromSeconds(seconds))
            .IfNone(sight.Settings.Periods.PreDeployTimeout);
}
