using Kennel.Core.Domain;

namespace Kennel.Core.Planning;

/// <summary>
/// What stays protected from garbage collection: targets, serving releases and the last accepted ones. Only roots
/// that this instance made are ever removed, and never those of a build that is under way.
/// </summary>
public static class RootPlanner
{
    /// <summary>Adds missing roots and removes those that nothing needs.</summary>
    public static Part Plan(Sight sight) =>
        sight.Observed.Roots.Match(
            known: roots =>
            {
                var needed = Needed(sight);
                return Missing(needed, roots) + Surplus(sight, needed, roots);
            },
            unknown: reason => Part.Wait(new Subject.Host(), new WaitingOn.Sight("garbage collector roots", reason))
        );

    private static Map<RootName, (StorePath Path, Subject Subject)> Needed(Sight sight) =>
        toMap(
            sight
                .Desired.Branches.Filter(branch => branch.Removed.IsNone)
                .Bind(branch =>
                    branch.Deployments.Bind(deployment =>
                        Protected(sight.Settings, deployment)
                            .Map(release =>
                                (
                                    RootName.Of(sight.Settings.Instance, release.Build, deployment.Component),
                                    (release.StorePath, branch.Subject)
                                )
                            )
                    )
                )
        );

    private static Seq<Release> Protected(Settings settings, DesiredDeployment deployment)
    {
        var accepted = deployment
            .Releases.Filter(release => release.Outcome is Outcome.Accepted)
            .OrderByDescending(release => release.Id)
            .Take(settings.KeepReleases)
            .ToSeq();
        return Sequences
            .Join(deployment.TargetRelease.ToSeq(), deployment.ServingRelease.ToSeq(), accepted)
            .Distinct()
            .ToSeq();
    }

    private static Part Missing(
        Map<RootName, (StorePath Path, Subject Subject)> needed,
        Map<RootName, StorePath> roots
    ) =>
        Part.Concat(
            needed
                .Filter((name, need) => roots.Find(name) != Some(need.Path))
                .Map(pair =>
                    Part.Step(
                        pair.Value.Subject,
                        new Action.AddRoot(pair.Key, pair.Value.Path),
                        "a release in use is not protected"
                    )
                )
        );

    private static Part Surplus(
        Sight sight,
        Map<RootName, (StorePath Path, Subject Subject)> needed,
        Map<RootName, StorePath> roots
    )
    {
        var underWay = toSet(sight.Desired.Builds.Map(build => build.Id));
        return Part.Concat(
            roots
                .Keys.Where(root =>
                    root.Instance == sight.Settings.Instance.Value
                    && !needed.ContainsKey(root)
                    && !underWay.Contains(root.Build)
                )
                .Select(root =>
                    Part.Step(new Subject.Host(), new Action.RemoveRoot(root), "no release in use needs it")
                )
        );
    }
}
