using Kennel.Core.Configuration;
using Kennel.Core.Domain;
using Kennel.Core.Forge;
using Kennel.Core.Planning;
using Kennel.Core.Routing;
using Kennel.Core.Units;
using Kennel.Core.Views;

namespace Kennel.Tests.Views;

/// <summary>A small host: project hello with a service and a site, as the store and the systems tell of it.</summary>
internal static class Scene
{
    public static readonly DateTimeOffset Now = new(2026, 3, 4, 12, 0, 0, TimeSpan.Zero);
    public static readonly InstanceId Instance = Sure(InstanceId.Parse("test", "0123456789ab"));
    public static readonly InstanceId Other = Sure(InstanceId.Parse("test", "ffffffffffff"));
    public static readonly ComponentName Api = Sure(ComponentName.Parse("test", "api"));
    public static readonly ComponentName Docs = Sure(ComponentName.Parse("test", "docs"));
    public static readonly ProjectName Hello = Sure(ProjectName.Parse("test", "hello"));
    public static readonly Branch Main = new Branch.Git(Sure(BranchName.Parse("test", "main")));
    public static readonly CauseRecord Crash = new Cause.Crashed("exit-code", 3, 5).Describe();

    public static readonly DesiredProject Project = new(
        new ProjectId(1),
        Hello,
        "https://git.example.org/club/hello.git",
        Sure(BranchName.Parse("test", "main")),
        None,
        toSet(Enum.GetValues<DeployEnvironment>()),
        IsBeingRemoved: false
    );

    public static readonly Settings Settings = (
        HostConfiguration.Default with
        {
            Domains = new DomainsConfiguration(Sure(HostName.Parse("test", "apps.example.org"))),
        }
    ).ToSettings(
        Instance,
        new BuildHost(
            "/opt/kennel/kennel",
            BuildHost.DefaultBaseDirectory,
            "/var/lib/kennel/builds",
            "x86_64-linux",
            "/bin",
            None
        )
    );

    public static Port Port(int number) => Sure(Core.Domain.Port.Parse("test", number));

    public static CommitId Commit(int number) => Sure(CommitId.Parse("test", new string((char)('a' + number), 40)));

    public static Outcome Accepted => new Outcome.Accepted(Now.AddHours(-1));

    public static Outcome Rejected => new Outcome.Rejected(Now.AddMinutes(-5), Crash);

    public static Outcome Untried => new Outcome.Untried(None);

    /// <summary>The release of a component that a build made.</summary>
    public static Release Release(ComponentName component, int build, Outcome outcome)
    {
        var path = Sure(StorePath.Parse("test", $"/nix/store/{new string((char)('0' + build), 32)}-{component}"));
        return new Release(
            new ReleaseId((build * 10) + (component == Api ? 1 : 2)),
            new BuildId(build),
            Commit(build),
            Digest.Of(Seq(component.Value, $"{build}")),
            path,
            component == Api
                ? new Specification.Service(
                    Seq<UnitProperty>(),
                    Seq1("TOKEN=must-never-be-shown"),
                    new Readiness.Tcp(),
                    "hello-main-api"
                )
                : new Specification.Site(path, false),
            Hosts(component),
            outcome
        );
    }

    public static Seq<HostName> Hosts(ComponentName component) =>
        (component == Api ? Seq("hello-main", "hello-api-main") : Seq1("hello-docs-main")).Map(label =>
            Sure(HostName.Parse("test", $"{label}.apps.example.org"))
        );

    /// <summary>A deployment: releases newest first; the newest is the target.</summary>
    public static DesiredDeployment Deployment(
        ComponentName component,
        Option<int> serving,
        params Release[] releases
    ) =>
        new(
            new DeploymentId(component == Api ? 1 : 2),
            component,
            Sure(UnitStem.Parse("test", $"kennel-hello-main-{component}")),
            releases.ToSeq().HeadOrNone().Map(release => release.Id),
            serving.Bind(build => releases.ToSeq().Find(release => release.Build.Value == build)).Map(it => it.Id),
            serving.Map(_ => Now.AddHours(-1)),
            releases.ToSeq()
        );

    public static DesiredBranch Branch(params DesiredDeployment[] deployments) =>
        new(
            new BranchId(1),
            Project,
            Main,
            DeployEnvironment.Prod,
            Sure(RoleName.Parse("test", "knl-0123456789abcdef")),
            deployments.Select(deployment => deployment.Stem).ToSeq(),
            None,
            None,
            deployments.ToSeq()
        );

    /// <summary>Everything serves build 1.</summary>
    public static DesiredBranch Live() =>
        Branch(Deployment(Api, 1, Release(Api, 1, Accepted)), Deployment(Docs, 1, Release(Docs, 1, Accepted)));

    /// <summary>Build 2 crashed; build 1 serves on.</summary>
    public static DesiredBranch Behind() =>
        Branch(
            Deployment(Api, 1, Release(Api, 2, Rejected), Release(Api, 1, Accepted)),
            Deployment(Docs, 1, Release(Docs, 2, Rejected), Release(Docs, 1, Accepted))
        );

    public static readonly UnitName ApiUnit = UnitName.OfGeneration(
        Sure(UnitStem.Parse("test", "kennel-hello-main-api")),
        Release(Api, 1, Untried).Digest
    );

    public static Desired Desired(params DesiredBranch[] branches) =>
        new(
            Settings,
            Seq1(Project),
            branches.ToSeq(),
            Seq<DesiredBuild>(),
            Map<ProjectId, DateTimeOffset>(),
            Seq<Delivery>(),
            Map<(ProjectId, int), PullRequest>(),
            Map<(ProjectId, Branch), CommitId>(),
            Map((Port(18000), new Lease(Port(18000), ApiUnit, new BranchId(1), Now.AddHours(-1), None))),
            toSet(Joined(Hosts(Api), Hosts(Docs))),
            Map<ActionKey, Attempts>(),
            Seq<string>()
        );

    /// <summary>The world of <see cref="Live"/>.</summary>
    public static Observed Observed() =>
        new(
            Now,
            Observation.Known(Map((ApiUnit, Unit(ApiUnit, Some(Instance), UnitState.Running)))),
            Observation.Known(Routing()),
            Observation.Known(Map((Port(18000), 61234u))),
            Map<UnitName, ProbeAnswer>(),
            Observation.Known(Map<Port, int>()),
            Observation.Known(Set("hello-main-api")),
            Observation.Known(
                Map(Root(Instance, Release(Api, 1, Accepted), Api), Root(Instance, Release(Docs, 1, Accepted), Docs))
            ),
            Map<BuildId, FetchState>(),
            Map<ProjectId, ListingState>(),
            Observation.Unknown<Seq<FreeSpace>>(Observation.NotAsked),
            CollectionState.Never,
            Observation.Known(Map<BuildId, Option<BuildResult>>())
        );

    /// <summary>A build that waits for its turn.</summary>
    public static DesiredBuild Queued(int build, DesiredProject project, Branch reference, int branch = 1) =>
        new(
            new BuildId(build),
            new BranchId(branch),
            project,
            reference,
            None,
            None,
            None,
            BuildState.Queued,
            0,
            None,
            BranchRemoved: false,
            None,
            None
        );

    public static ObservedUnit Unit(UnitName name, Option<InstanceId> mark, UnitState state) =>
        new(name, mark, state, None);

    /// <summary>Caddy is led to the table.</summary>
    public static readonly RoutingPlace Led = new RoutingPlace.Present("tag", IsCurrent: true);

    public static ObservedRouting Routing(params (HostName Host, RouteEntry Entry)[] more)
    {
        var site = new Route.Site(Release(Docs, 1, Accepted).StorePath, false);
        var rows = Joined(
            Hosts(Api).Map(host => (Host: host, Entry: new RouteEntry(Instance, new Route.Service(Port(18000))))),
            Hosts(Docs).Map(host => (Host: host, Entry: new RouteEntry(Instance, site))),
            more.ToSeq()
        );
        return new ObservedRouting(Led, "1", new RoutingTable(toMap(rows)));
    }

    public static (RootName, StorePath) Root(InstanceId instance, Release release, ComponentName component) =>
        (RootName.Of(instance, release.Build, component), release.StorePath);

    public static readonly Plan NoPlan = new(Seq<Strand>(), None, Seq<Note>(), Now.AddSeconds(30));

    public static Look Look(params DesiredBranch[] branches) => new(Desired(branches), Observed(), NoPlan);

    public static BuildView Build(int number, string state, Option<CauseRecord> cause) =>
        new(
            number,
            "hello",
            "main",
            state,
            Commit(number).Value,
            cause.Map(CauseView.Of),
            Now.AddMinutes(-10),
            Now.AddMinutes(-10),
            state is "done" or "failed" ? Some(Now.AddMinutes(-9)) : None
        );

    public static readonly Memory NoMemory = new(Seq<BuildView>(), Seq<HistoryView>(), Seq<EvidenceView>());

    public static T Sure<T>(Validation<Problem, T> given) =>
        given.Match(value => value, problems => throw new InvalidOperationException(string.Join("; ", problems)));
}
