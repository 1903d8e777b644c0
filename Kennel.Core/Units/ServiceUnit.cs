using Kennel.Core.Domain;
using Kennel.Core.Manifest;

namespace Kennel.Core.Units;

/// <summary>The unit of a service: what is rendered once with its release, and what is added when it starts.</summary>
public static class ServiceUnit
{
    /// <summary>The address that services listen on.</summary>
    public const string ListenHost = "127.0.0.1";

    // Kennel judges before systemd does.
    private static readonly TimeSpan StartTolerance = TimeSpan.FromSeconds(30);

    /// <summary>The name below <c>/var/lib/knl</c> that holds the data of a deployment.</summary>
    public static string StateDirectory(UnitStem stem) => stem.Value["kennel-".Length..];

    /// <summary>Renders how a service runs; neither port nor commit go in, so that they do not change the digest.</summary>
    /// <param name="identity">Whose service it is.</param>
    /// <param name="service">What the manifest says of it.</param>
    /// <param name="program">The absolute path of its program.</param>
    /// <param name="address">The address people reach it by.</param>
    public static Specification.Service Render(
        ServiceIdentity identity,
        ServiceManifest service,
        string program,
        string address
    ) =>
        new(
            Joined(
                Fixed(identity, program, service.Ready),
                Notifying(service.Ready),
                Sandbox.Properties(service.Relaxations)
            ),
            Joined(DatabasePath(identity, service), Environment(identity, service, address)),
            service.Ready,
            StateDirectory(identity.Stem)
        );

    /// <summary>All properties for one start: the rendered ones and the environment with port and commit.</summary>
    /// <param name="service">How it runs.</param>
    /// <param name="commit">The commit.</param>
    /// <param name="port">The port it is to listen on.</param>
    /// <param name="readyDeadline">How long it may take to be ready.</param>
    public static Seq<UnitProperty> AtStart(
        Specification.Service service,
        CommitId commit,
        Port port,
        TimeSpan readyDeadline
    ) =>
        Joined(
            service.Properties,
            Seq1(
                new UnitProperty(
                    "Environment",
                    new UnitValue.Texts(Joined(service.Environment, Seq($"PORT={port}", $"KENNEL_COMMIT={commit}")))
                )
            ),
            service.Ready is Readiness.Notify
                ? Seq1(Microseconds("TimeoutStartUSec", (ulong)(readyDeadline + StartTolerance).TotalMicroseconds))
                : Seq<UnitProperty>()
        );

    // Whoever is in the unit may notify: behind a wrapper, the service is not its first process.
    private static Seq<UnitProperty> Notifying(Readiness ready) =>
        ready is Readiness.Notify ? Seq1(Text("NotifyAccess", "all")) : Seq<UnitProperty>();

    private static Seq<UnitProperty> Fixed(ServiceIdentity identity, string program, Readiness ready)
    {
        var directory = $"knl/{StateDirectory(identity.Stem)}";
        return Seq(
            Text("Description", $"{identity.Component} of {identity.Title} [{identity.Instance}]"),
            Text("Type", ready is Readiness.Notify ? "notify" : "exec"),
            new UnitProperty("ExecStart", new UnitValue.Commands(Seq1(new CommandLine(program, Seq1(program), false)))),
            Text("Restart", "always"),
            Microseconds("RestartUSec", 500_000),
            Microseconds("StartLimitIntervalUSec", 30_000_000),
            new UnitProperty("StartLimitBurst", new UnitValue.Count(5)),
            Microseconds("TimeoutStopUSec", 15_000_000),
            Text("KillMode", "mixed"),
            Text("Slice", "kennel-app.slice"),
            Text("User", identity.Role.Value),
            new UnitProperty("StateDirectory", new UnitValue.Texts(Seq1(directory))),
            Text("WorkingDirectory", $"/var/lib/{directory}"),
            Text("SyslogIdentifier", identity.Component.Value),
            new UnitProperty("LogExtraFields", new UnitValue.ByteTexts(JournalFields(identity)))
        );
    }

    private static Seq<string> JournalFields(ServiceIdentity identity) =>
        Seq(
            $"KENNEL_PROJECT={identity.Project}",
            $"KENNEL_BRANCH={identity.Branch.NamePart}",
            $"KENNEL_COMPONENT={identity.Component}"
        );

    // A file in the service's own data, for those that keep their data in one.
    private static Seq<string> DatabasePath(ServiceIdentity identity, ServiceManifest service) =>
        service.Environment.ContainsKey(ResourceEnvironment.DatabasePath)
            ? Seq<string>()
            : Seq1($"{ResourceEnvironment.DatabasePath}=/var/lib/knl/{StateDirectory(identity.Stem)}/database.sqlite");

    private static Seq<string> Environment(ServiceIdentity identity, ServiceManifest service, string address) =>
        Joined(
            service.Environment.Map(pair => $"{pair.Key}={pair.Value}").ToSeq(),
            Seq(
                $"HOST={ListenHost}",
                $"APP_URL={address}",
                $"KENNEL_URL={address}",
                $"KENNEL_PROJECT={identity.Project}",
                $"KENNEL_COMPONENT={identity.Component}",
                $"KENNEL_BRANCH={identity.Branch.NamePart}",
                $"KENNEL_ENVIRONMENT={identity.Environment.Word()}"
            ),
            identity.Branch is Branch.PullRequest request ? Seq1($"KENNEL_PR={request.Number}") : Seq<string>()
        );

    private static UnitProperty Text(string name, string value) => new(name, new UnitValue.Text(value));

    private static UnitProperty Microseconds(string name, ulong value) => new(name, new UnitValue.Large(value));
}

/// <summary>Whose service a unit is.</summary>
public sealed record ServiceIdentity(
    InstanceId Instance,
    ProjectName Project,
    Branch Branch,
    DeployEnvironment Environment,
    ComponentName Component,
    UnitStem Stem,
    RoleName Role
)
{
    /// <summary>The branch, for people.</summary>
    public string Title => $"{Project}/{Branch}";
}
