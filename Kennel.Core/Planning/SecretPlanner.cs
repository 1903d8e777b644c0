using Kennel.Core.Domain;
using Kennel.Core.Secrets;

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
        wanted.Specification.Secrets.Match(
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

    /// <summary>Whether a generation that has secrets may start: not while nobody knows whether they are there.</summary>
    internal static bool MayStart(Sight sight, WantedUnit wanted) =>
        wanted.Specification.Secrets.IsNone || sight.Observed.SecretFiles.ToOption().IsSome;

    /// <summary>Removes the secrets of units that are gone and not to come back as they were.</summary>
    public static Seq<Part> CleanUp(Sight sight, Seq<WantedUnit> wanted)
    {
        var names = toSet(wanted.Map(one => one.Unit));
        return (
            from units in sight.Observed.Units.ToOption()
            from files in sight.Observed.SecretFiles.ToOption()
            select files.Filter(unit => !units.ContainsKey(unit) && !names.Contains(unit)).ToSeq()
        )
            .IfNone(Seq<UnitName>())
            .Map(unit => Part.Step(new Subject.Host(), new Action.RemoveSecrets(unit), "its unit is gone"))
            .Strict();
    }

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
