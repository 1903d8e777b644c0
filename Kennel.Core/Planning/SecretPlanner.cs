using Kennel.Core.Domain;
using Kennel.Core.Secrets;
using Kennel.Core.Units;

namespace Kennel.Core.Planning;

/// <summary>
/// Secrets: what a build's releases get is read before they are recorded, is written to memory before their units start,
/// and goes with them.
/// </summary>
public static class SecretPlanner
{
    /// <summary>Reads what the releases of a finished build get, then goes on with it.</summary>
    /// <param name="sight">Desired and observed.</param>
    /// <param name="build">The build.</param>
    /// <param name="built">What it built.</param>
    /// <param name="record">What follows once the secrets are known.</param>
    internal static Part Read(
        Sight sight,
        DesiredBuild build,
        BuildResult.Built built,
        Func<Option<ReleaseSecrets>, Part> record
    ) =>
        IsBuiltOnly(build, built)
            ? record(None)
            : sight
                .Settings.SecretsOf(
                    built,
                    build.Project,
                    DeployEnvironments.Of(build.Reference, build.Project.DefaultBranch)
                )
                .Match(
                    plan => plan.Match(it => Read(sight, build, it, record), () => record(None)),
                    problems =>
                        BuildOutcome.End(sight, build, BuildState.Failed, new Cause.SecretsInvalid(problems.Strict()))
                );

    /// <summary>Writes the secrets of a generation, unless they are there.</summary>
    internal static Part Write(Sight sight, WantedUnit wanted) =>
        Of(sight, wanted)
            .Match(
                secrets =>
                    sight.Observed.SecretFiles.Match(
                        known: files =>
                            files.Contains(wanted.Unit)
                                ? Part.Nothing
                                : Part.Step(
                                    wanted.Branch.Subject,
                                    new Action.WriteSecrets(wanted.Unit, secrets),
                                    "its unit is given them when it starts"
                                ),
                        unknown: reason =>
                            Part.Wait(wanted.Branch.Subject, new WaitingOn.Sight("secrets in memory", reason))
                    ),
                () => Part.Nothing
            );

    /// <summary>
    /// Writes the secrets of a branch's generations once more, for a data service lets it in anew and perhaps with another
    /// password: who starts again then gets the one that holds.
    /// </summary>
    internal static Part Renew(Sight sight, DesiredBranch branch, ResourceKind kind) =>
        Part.Concat(
            from files in sight.Observed.SecretFiles.ToOption().ToSeq()
            from wanted in Wanted.Units(branch)
            where wanted.Specification.Resources.Contains(kind) && files.Contains(wanted.Unit)
            from secrets in Of(sight, wanted).ToSeq()
            select Part.Step(
                branch.Subject,
                new Action.WriteSecrets(wanted.Unit, secrets),
                $"{kind.Word()} lets it in anew"
            )
        );

    /// <summary>What a generation is given that nobody else may see.</summary>
    internal static Option<UnitSecrets> Of(Sight sight, WantedUnit wanted) =>
        UnitSecrets.Of(sight.Settings.Instance, wanted.Specification, wanted.Branch.Resources);

    /// <summary>Whether a generation that has secrets may start: not while nobody knows whether they are there.</summary>
    internal static bool MayStart(Sight sight, WantedUnit wanted) =>
        Of(sight, wanted).IsNone || sight.Observed.SecretFiles.ToOption().IsSome;

    /// <summary>Removes the secrets of units that are gone and not to come back as they were.</summary>
    public static Seq<Part> CleanUp(Sight sight, Seq<WantedUnit> wanted)
    {
        var names = toSet(Joined(wanted.Map(one => one.Unit), Frozen(sight)));
        return (
            from units in sight.Observed.Units.ToOption()
            from files in sight.Observed.SecretFiles.ToOption()
            select files.Filter(unit => !units.ContainsKey(unit) && !names.Contains(unit)).ToSeq()
        )
            .IfNone(Seq<UnitName>())
            .Map(unit => Part.Step(new Subject.Host(), new Action.RemoveSecrets(unit), "its unit is gone"))
            .Strict();
    }

    // What a lock holds up in the middle of its trial goes on to its end.
    private static Seq<UnitName> Frozen(Sight sight) =>
        sight
            .Desired.Branches.Filter(branch => branch.Project.Lock.IsSome)
            .Bind(branch => branch.Deployments)
            .Bind(deployment => deployment.TargetRelease.Map(deployment.Unit).ToSeq())
            .Strict();

    private static bool IsBuiltOnly(DesiredBuild build, BuildResult.Built built) =>
        build.Reference is Branch.PullRequest && !built.Manifest.PreviewDeployments;

    private static Part Read(
        Sight sight,
        DesiredBuild build,
        SecretPlan plan,
        Func<Option<ReleaseSecrets>, Part> record
    ) =>
        sight
            .Observed.SecretReadings.Find(build.Id)
            .Match(
                reading =>
                    reading switch
                    {
                        SecretReading.Running => Part.Wait(build.Subject, new WaitingOn.Secrets(plan.Owner.Folder)),
                        SecretReading.Read it when it.Secrets.Plan == plan => record(it.Secrets),
                        SecretReading.Wanting it when it.Plan == plan => BuildOutcome.End(
                            sight,
                            build,
                            BuildState.Failed,
                            new Cause.SecretsMissing(it.Faults)
                        ),
                        SecretReading.Failed it => Again(sight, build, plan, it),
                        SecretReading.Read or SecretReading.Wanting => Start(build, plan),
                        _ => throw new System.Diagnostics.UnreachableException(),
                    },
                () => Start(build, plan)
            );

    // What is built is not lost because the store is down or sealed just then.
    private static Part Again(Sight sight, DesiredBuild build, SecretPlan plan, SecretReading.Failed failed)
    {
        var until = BackOff.Until(new Attempts(failed.Failures, failed.At, ""), sight.Settings.Periods);
        return until <= sight.Now
            ? Start(build, plan)
            : Part.WaitUntil(
                build.Subject,
                new WaitingOn.Retry("reading its secrets", failed.Cause.Describe().Sentence, until),
                until
            );
    }

    private static Part Start(DesiredBuild build, SecretPlan plan) =>
        Part.Step(build.Subject, new Action.StartReadingSecrets(build.Id, plan), "its releases are given them");
}
