using Kennel.Core.Domain;
using Kennel.Core.Planning;
using Kennel.Core.Units;

namespace Kennel.Core.Views;

/// <summary>Which branch owns what, by the rows that there are.</summary>
internal sealed record Owners(
    Map<BranchId, string> Branches,
    Map<UnitName, string> Units,
    Map<string, string> Stems,
    Map<HostName, string> Hosts,
    Map<string, string> StateDirectories,
    Map<BuildId, string> Builds,
    Seq<OwnedName> Names
)
{
    public static Owners Of(Desired desired)
    {
        var releases = desired.Branches.Bind(branch =>
            branch.Deployments.Bind(deployment =>
                deployment.Releases.Map(release => new Held(Title(branch), deployment, release))
            )
        );
        return new Owners(
            ByKey(desired.Branches.Map(branch => (branch.Id, Title(branch)))),
            ByKey(
                Joined(
                    desired.Builds.Map(build => (Key: UnitName.OfBuild(build.Id), Title: Title(desired, build))),
                    desired.Branches.Bind(branch =>
                        branch.Resources.Bind(row =>
                            row.Resource is Resource.ValkeyInstance it
                                ? Seq1((Key: it.Unit, Title: Title(branch)))
                                : Empty
                        )
                    ),
                    desired.Branches.Map(branch =>
                        (Key: UnitName.OfClean(desired.Settings.Instance, branch.Id), Title: Title(branch))
                    )
                )
            ),
            ByKey(
                desired.Branches.Bind(branch =>
                    branch.Deployments.Map(deployment => (deployment.Stem.Value, Title(branch)))
                )
            ),
            ByKey(releases.Bind(it => it.Release.Hosts.Map(host => (host, it.Owner)))),
            ByKey(
                desired.Branches.Bind(branch =>
                    branch.Deployments.Map(it => (ServiceUnit.StateDirectory(it.Stem), Title(branch)))
                )
            ),
            ByKey(
                Joined(
                    releases.Map(it => (Key: it.Release.Build, Title: it.Owner)),
                    desired.Builds.Map(build => (Key: build.Id, Title: Title(desired, build)))
                )
            ),
            NamesOf(desired, releases)
        );
    }

    public Option<string> OfUnit(UnitName unit) =>
        Units.Find(unit)
        | unit.Step.Bind(step => Branches.Find(step.Branch))
        | Sight.StemOf(unit).Bind(stem => Stems.Find(stem));

    private static Seq<OwnedName> NamesOf(Desired desired, Seq<Held> releases) =>
        Joined(
                releases.Bind(it => it.Release.Hosts.Map(host => new OwnedName("host name", host.Value, it.Owner))),
                releases.Map(it => new OwnedName("unit stem", it.Deployment.Stem.Value, it.Owner)),
                desired.Branches.Bind(branch =>
                    branch.Role.ToSeq().Map(role => new OwnedName("role", role.Value, Title(branch)))
                ),
                desired.Branches.Bind(branch =>
                    branch.Database.ToSeq().Map(name => new OwnedName("database name", name.Value, Title(branch)))
                ),
                desired.Branches.Bind(branch =>
                    branch.Bucket.ToSeq().Map(name => new OwnedName("bucket name", name.Value, Title(branch)))
                )
            )
            .Distinct()
            .ToSeq();

    public static string Title(DesiredBranch branch) =>
        branch.Removed.IsSome ? $"{branch.Title} (being removed)" : branch.Title;

    private static string Title(Desired desired, DesiredBuild build) =>
        desired
            .Branches.Find(branch => branch.Id == build.Branch)
            .Map(Title)
            .IfNone(() => $"{build.Project.Name}/{build.Reference}");

    private static Map<TKey, string> ByKey<TKey>(Seq<(TKey, string)> pairs) =>
        pairs.Fold(Map<TKey, string>(), (map, pair) => map.AddOrUpdate(pair.Item1, pair.Item2));

    private sealed record Held(string Owner, DesiredDeployment Deployment, Release Release);
}

/// <summary>A claimed name.</summary>
internal sealed record OwnedName(string Kind, string Name, string Owner);
