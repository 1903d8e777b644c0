using Kennel.Core.Domain;
using Kennel.Core.Forge;
using Kennel.Core.Lifecycle;
using Kennel.Core.Manifest;
using Kennel.Core.Planning;
using Kennel.Core.Ports;
using Kennel.Core.Units;
using Kennel.Shell.Store;
using Action = Kennel.Core.Planning.Action;

namespace Kennel.Tests.Store;

/// <summary>A database with the two ways into it and words for what tests do again and again.</summary>
internal sealed class StoreOnTrial : IDisposable
{
    internal static readonly InstanceId Mark = Must(InstanceId.Parse("", "0123456789ab"));
    internal static readonly ProjectName Hello = Must(ProjectName.Parse("", "hello"));
    internal static readonly Branch Main = Must(Branch.Parse("", "main"));
    internal static readonly Cause Crash = new Cause.Crashed("exit-code", 1, 3);

    internal static readonly CommitId Commit = Must(CommitId.Parse("", new string('a', 40)));

    internal StoreOnTrial(Database database, Option<SecretFiles> secrets = default)
    {
        Database = database;
        State = new StateStore(database, SettingsOf, Targets.Of, Clock, secrets);
        Intents = new IntentStore(database, SettingsOf, Clock, secrets);
        History = new HistoryStore(database, SettingsOf, Targets.Of, Clock);
        Marks = new MarkStore(database, Clock);
    }

    internal StoreOnTrial(Option<SecretFiles> secrets = default)
        : this(Database.OpenTemporary(Mark), secrets) { }

    internal Database Database { get; }

    internal HandClock Clock { get; } = new();

    internal StateStore State { get; }

    internal IntentStore Intents { get; }

    internal HistoryStore History { get; }

    internal MarkStore Marks { get; }

    public void Dispose() => Database.Dispose();

    internal static T Must<T>(Validation<Problem, T> value) =>
        value.Match(Succ: it => it, Fail: problems => throw new InvalidOperationException(string.Join("; ", problems)));

    internal static T Must<T>(Either<Refusal, T> value) =>
        value.Match(Right: it => it, Left: refusal => throw new InvalidOperationException(refusal.ToString()));

    internal static Settings SettingsOf(InstanceId instance) =>
        new(
            instance,
            Must(HostName.Parse("", "example.org")),
            PortOf(80),
            PortOf(20000),
            PortOf(29999),
            Periods.Default,
            3,
            BuildLimits.Default,
            QueueSettings.Default,
            ForgeSettings.Default,
            new BuildHost(
                "/opt/kennel/kennel",
                "/var/lib/kennel",
                "/var/lib/kennel/builds",
                "x86_64-linux",
                "/usr/bin",
                None
            )
        )
        {
            OwnNames = Set(Must(HostName.Parse("", "kennel.example.net"))),
        };

    internal static Port PortOf(int number) => Must(Port.Parse("", number));

    internal static UnitName UnitOf(string name) => Must(UnitName.Parse("", name));

    internal static Branch BranchOf(string text) => Must(Branch.Parse("", text));

    internal static NewProject Project(string name, string url = "https://git.example.org/a/hello.git") =>
        new(Must(ProjectName.Parse("", name)), None, url, Must(BranchName.Parse("", "main")));

    internal Task<Desired> Read() => State.Read(CancellationToken.None);

    internal Task<Effect> Record(Action.StoreChange action, params string[] evidence) =>
        State.Record(action, evidence.ToSeq(), CancellationToken.None);

    internal async Task Done(Action.StoreChange action, params string[] evidence) =>
        Assert.Equal(Effect.Happened, await Record(action, evidence));

    internal async Task Register(string name = "hello") =>
        Must(await Intents.AddProject(Project(name), CancellationToken.None));

    internal async Task<BuildId> Deploy(string project = "hello", string branch = "main")
    {
        if (BranchOf(branch) is Branch.PullRequest it)
            await this.Know(new PullRequest(it.Number, PullRequestState.Open, Clock.Now, "x", "main", None));
        return Must(
            await Intents.Deploy(Must(ProjectName.Parse("", project)), BranchOf(branch), None, CancellationToken.None)
        ).Id;
    }

    internal async Task<BuildId> Building(string project = "hello", string branch = "main")
    {
        var build = await Deploy(project, branch);
        await Done(new Action.RecordBuilding(build, Commit, Clock.Now));
        return build;
    }

    /// <summary>Deploys and builds these services.</summary>
    internal async Task<BuildId> Built(string project, string branch, params string[] services)
    {
        var build = await Building(project, branch);
        await Done(new Action.RecordBuilt(build, Commit, Result(build, services), Clock.Now));
        return build;
    }

    internal Task<BuildId> Built() => Built("hello", "main", "api");

    /// <summary>Deploys, builds, accepts and serves the service <c>api</c>.</summary>
    internal async Task<DesiredBranch> Serving(string project = "hello", string branch = "main")
    {
        await Built(project, branch, "api");
        var built = (await Read()).Branches.Last;
        await Done(new Action.RecordAccepted(built.Deployments[0].Target.Value(), Clock.Now));
        await Done(ServeTarget(built));
        return (await Read()).Branches.Last;
    }

    internal Action.StoreChange ServeTarget(DesiredBranch branch) =>
        new Action.RecordServing(
            branch.Id,
            branch.Deployments.Map(deployment => new ServingChange(deployment.Id, deployment.Target)),
            Clock.Now
        );

    internal async Task RemoveBranch(string branch = "main") =>
        Must(await Intents.RemoveBranch(Hello, BranchOf(branch), "deleted", CancellationToken.None));

    internal async Task<DesiredBranch> OnlyBranch() => Assert.Single((await Read()).Branches);

    internal async Task<Release> TargetRelease() => (await OnlyBranch()).Deployments[0].TargetRelease.Value();

    internal static BuildResult.Built Result(BuildId build, params string[] services)
    {
        var names = services.Select(name => Must(ComponentName.Parse("", name))).ToSeq();
        var manifest = $$"""{ "services": { {{string.Join(", ", names.Map(name => "\"" + name + "\": {}"))}} } }""";
        return new BuildResult.Built(
            manifest,
            new ProjectManifest(
                toMap(names.Map(name => (name, Service))),
                Map<ComponentName, SiteManifest>(),
                None,
                PreviewDeployments: true
            ),
            toMap(names.Map(name => (name, PathOf(build, name)))),
            toMap(names.Map(name => (name, $"bin/{name}")))
        );
    }

    private static readonly ServiceManifest Service = new(
        None,
        new Readiness.Http("/health"),
        IsPrimary: false,
        Map<string, string>(),
        Relaxations.Default
    );

    private static StorePath PathOf(BuildId build, ComponentName name) =>
        Must(StorePath.Parse("", $"/nix/store/{build.Value.ToString("D32")}-{name}"));
}

internal static class Options
{
    /// <summary>The value that must be there.</summary>
    internal static T Value<T>(this Option<T> option) =>
        option.IfNone(() => throw new InvalidOperationException("nothing there"));
}
