using Kennel.Core.Domain;
using Kennel.Core.Secrets;

namespace Kennel.Core.Planning;

/// <summary>How a build comes to its end, whether it ran itself or shares what another one built.</summary>
internal static class BuildOutcome
{
    /// <summary>Protects what was built and records it; whatever a removed incarnation left goes first.</summary>
    public static Part Take(Sight sight, DesiredBuild build, CommitId commit, BuildResult.Built built) =>
        EarlierIncarnation(sight, build)
            .Match(
                earlier => Part.Wait(build.Subject, new WaitingOn.EarlierRemoval(earlier.Title)),
                () => SecretPlanner.Read(sight, build, built, secrets => Record(sight, build, commit, built, secrets))
            );

    private static Option<DesiredBranch> EarlierIncarnation(Sight sight, DesiredBuild build) =>
        sight.Desired.Branches.Find(branch =>
            branch.Id != build.Branch
            && branch.Project.Id == build.Project.Id
            && branch.Branch == build.Reference
            && branch.Removed.IsSome
        );

    /// <summary>The roots that protect what a build made.</summary>
    public static Seq<Action> Roots(Sight sight, DesiredBuild build, BuildResult.Built built) =>
        built
            .Outputs.AsEnumerable()
            .Select(output =>
                (Action)new Action.AddRoot(RootName.Of(sight.Settings.Instance, build.Id, output.Key), output.Value)
            )
            .ToSeq()
            .Strict();

    private static Part Record(
        Sight sight,
        DesiredBuild build,
        CommitId commit,
        BuildResult.Built built,
        Option<ReleaseSecrets> secrets
    )
    {
        var roots = Roots(sight, build, built);
        var given = roots.Map(root => BackOff.GaveUp(sight.Desired, ActionKeys.Of(root))).Somes().HeadOrNone();
        return given.Match(
            error => End(sight, build, BuildState.Failed, new Cause.Refused("Nix", error)),
            () =>
                Part.Concat(roots.Map(root => Part.Step(build.Subject, root, "it was built and must not be collected")))
                + Part.Step(
                    build.Subject,
                    new Action.RecordBuilt(build.Id, commit, built, sight.Now) { Secrets = secrets },
                    "every component was built"
                )
        );
    }

    /// <summary>Ends a build.</summary>
    public static Part End(Sight sight, DesiredBuild build, BuildState state, Option<Cause> cause) =>
        Part.Step(
            build.Subject,
            new Action.RecordBuildEnd(build.Id, state, cause, sight.Now),
            cause.Match(it => it.Describe().Sentence, () => "all its components are live")
        );
}
