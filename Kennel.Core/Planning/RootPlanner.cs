using Kennel.Core.Domain;
using Kennel.Core.Lifecycle;

namespace Kennel.Core.Planning;

/// <summary>
/// What stays protected from garbage collection: targets, serving releases, what waits and the last accepted ones. Only
/// roots that this instance made are ever removed, and never those of a build that is under way, of a unit that still
/// runs or of a site whose files open pages may still ask for. The roots of a removed branch are the removal planner's.
/// </summary>
public static class RootPlanner
{
    /// <summary>Adds missing roots and removes those that nothing needs.</summary>
    public static Seq<Part> Plan(Sight sight) =>
        sight.Observed.Roots.Match(
            known: roots =>
            {
                var needed = Needed(sight);
                return Joined(Missing(needed, roots), Surplus(sight, needed, roots));
            },
            unknown: reason =>
                Seq1(Part.Wait(new Subject.Host(), new WaitingOn.Sight("garbage collector roots", reason)))
        );

    private static Map<RootName, (StorePath Path, Subject Subject)> Needed(Sight sight)
    {
        var waiting = sight.Desired.WaitingBuilds;
        return toMap(
            sight
                .Desired.Branches.Filter(branch => branch.Removed.IsNone)
                .Bind(branch =>
                    branch.Deployments.Bind(deployment =>
                        KeptReleases
                            .Of(branch, deployment, waiting, sight.Settings.KeepReleases)
                            .Map(release =>
                                (
                                    RootName.Of(sight.Settings.Instance, release.Build, deployment.Component),
                                    (release.StorePath, branch.Subject)
                                )
                            )
                    )
                )
        );
    }

    private static Set<RootName> StillRunning(Sight sight) =>
        toSet(
            sight.Desired.Branches.Bind(branch =>
            {
                var steps = sight
                    .StepsOf(branch)
                    .Bind(unit => unit.Name.Step.ToSeq())
                    .Map(step => step.Release)
                    .Strict();
                return branch.Deployments.Bind(deployment =>
                {
                    var units = sight.Generations(deployment.Stem).Map(unit => unit.Name).Strict();
                    return deployment
                        .Releases.Filter(release =>
                            units.Contains(deployment.Unit(release)) || steps.Contains(release.Id)
                        )
                        .Map(release => RootName.Of(sight.Settings.Instance, release.Build, deployment.Component));
                });
            })
        );

    private static Set<BuildId> OfRemovedBranches(Sight sight) =>
        toSet(
            sight
                .Desired.Branches.Filter(branch => branch.Removed.IsSome)
                .Bind(branch => branch.Deployments)
                .Bind(deployment => deployment.Releases)
                .Map(release => release.Build)
        );

    private static Seq<Part> Missing(
        Map<RootName, (StorePath Path, Subject Subject)> needed,
        Map<RootName, StorePath> roots
    ) =>
        needed
            .AsEnumerable()
            .Where(need => roots.Find(need.Key) != Some(need.Value.Path))
            .Select(need =>
                Part.Step(
                    need.Value.Subject,
                    new Action.AddRoot(need.Key, need.Value.Path),
                    "a release in use is not protected"
                )
            )
            .ToSeq();

    private static Seq<Part> Surplus(
        Sight sight,
        Map<RootName, (StorePath Path, Subject Subject)> needed,
        Map<RootName, StorePath> roots
    )
    {
        // A row that could not be read, or a unit that could not be seen, may need what seems to be needed by nothing.
        if (!sight.Desired.Damage.IsEmpty || sight.Observed.Units.ToOption().IsNone)
            return Seq<Part>();
        var spared = Joined(sight.Desired.Builds.Map(build => build.Id), OfRemovedBranches(sight).ToSeq());
        var running = StillRunning(sight);
        // What is to be protected under another name is given up only when it is.
        var awaited = toSet(
            needed.AsEnumerable().Where(need => !roots.ContainsKey(need.Key)).Select(need => need.Value.Path)
        );
        var asked = SiteBefore.Roots(sight);
        return roots
            .Keys.Where(root =>
                root.Instance == sight.Settings.Instance.Value
                && !needed.ContainsKey(root)
                && !running.Contains(root)
                && !asked.Contains(root)
                && !spared.Contains(root.Build)
                && !awaited.Contains(roots[root])
            )
            .Select(root => Part.Step(new Subject.Host(), new Action.RemoveRoot(root), "no release in use needs it"))
            .ToSeq();
    }
}
