using System.Globalization;
using Kennel.Core.Domain;
using Kennel.Core.Planning;

namespace Kennel.Core.Units;

/// <summary>What a build unit is made of.</summary>
/// <param name="Build">The build.</param>
/// <param name="Project">Its project, whose mirror the unit reads.</param>
/// <param name="Commit">The commit to build.</param>
/// <param name="Title">What people call the branch: <c>project/branch</c>.</param>
/// <param name="Instance">The mark of the state database.</param>
/// <param name="Limits">What the build may use.</param>
/// <param name="Host">What the host is like.</param>
public sealed record BuildUnitInput(
    BuildId Build,
    ProjectId Project,
    CommitId Commit,
    string Title,
    InstanceId Instance,
    BuildLimits Limits,
    BuildHost Host
);

/// <summary>What build units need to know of the host they run on.</summary>
/// <param name="Program">The absolute path of the <c>kennel</c> program.</param>
/// <param name="BaseDirectory">Where Kennel keeps its state.</param>
/// <param name="WorkDirectory">Where builds leave their results.</param>
/// <param name="System">What Nix calls this machine, such as <c>x86_64-linux</c>.</param>
/// <param name="SearchPath">Where <c>nix</c>, <c>git</c> and <c>devenv</c> are found.</param>
/// <param name="NixGroup">The group that may talk to the Nix daemon, where there is one.</param>
public sealed record BuildHost(
    string Program,
    string BaseDirectory,
    string WorkDirectory,
    string System,
    string SearchPath,
    Option<string> NixGroup
)
{
    /// <summary>Where Kennel keeps its state if nobody says otherwise.</summary>
    public const string DefaultBaseDirectory = "/var/lib/kennel";

    /// <summary>Where programs are found if nobody says otherwise.</summary>
    public const string DefaultSearchPath =
        "/nix/var/nix/profiles/default/bin:/run/current-system/sw/bin:/usr/local/bin:/usr/bin:/bin";

    /// <summary>The directory that a build writes its result and its roots to; the same path in the unit.</summary>
    public string BuildDirectory(BuildId build) => $"{WorkDirectory}/{build.Value}";

    /// <summary>The log of a build.</summary>
    public string Log(BuildId build) => $"{BaseDirectory}/logs/{build.Value}.log";

    /// <summary>The mirror of a project's repository.</summary>
    public string Mirror(ProjectId project) => $"{BaseDirectory}/mirrors/{project.Value}.git";
}

/// <summary>
/// The transient unit in which a build runs: evaluating a project is running its author's code, so the unit sees no
/// secret, no other project and nothing of Kennel's but the one mirror and the one directory it writes to.
/// </summary>
public static class BuildUnit
{
    private const int GraceSeconds = 30;
    private const int StopSeconds = 2;
    private const int NotPermitted = 1;

    /// <summary>The properties of the unit.</summary>
    public static Seq<UnitProperty> Properties(BuildUnitInput input) =>
        Joined(Identity(input), Run(input), Limits(input.Limits), Sight(input), Sandbox);

    private static Seq<UnitProperty> Identity(BuildUnitInput input) =>
        Seq(
            Text("Description", $"Kennel build {input.Build.Value} of {input.Title} [{input.Instance}]"),
            Text("Slice", "kennel-build.slice"),
            Text("Type", "exec"),
            Flag("DynamicUser", true),
            Texts("SupplementaryGroups", input.Host.NixGroup.ToSeq()),
            Text("StandardInput", "null"),
            Text("StandardOutputFileToAppend", input.Host.Log(input.Build)),
            Text("StandardErrorFileToAppend", input.Host.Log(input.Build)),
            Texts("Environment", Seq($"PATH={input.Host.SearchPath}", "LANG=C.UTF-8", "DOTNET_EnableDiagnostics=0"))
        );

    // Only Kennel can remove what the build leaves, and only from directories that it may write to. What ran in the
    // unit is dead by the time this command opens them.
    private static Seq<UnitProperty> Run(BuildUnitInput input) =>
        Seq(
            Commands("ExecStart", new CommandLine(input.Host.Program, Arguments(input), IgnoreFailure: false)),
            Commands(
                "ExecStopPost",
                new CommandLine(
                    "/bin/sh",
                    Seq("sh", "-c", "exec chmod -Rf a+rwX \"$1\"", "sh", input.Host.BuildDirectory(input.Build)),
                    IgnoreFailure: true
                )
            )
        );

    private static Seq<string> Arguments(BuildUnitInput input) =>
        Seq(
            "kennel",
            "build-step",
            "--build",
            Decimal(input.Build.Value),
            "--mirror",
            input.Host.Mirror(input.Project),
            "--commit",
            input.Commit.Value,
            "--directory",
            input.Host.BuildDirectory(input.Build),
            "--system",
            input.Host.System,
            "--time-seconds",
            Decimal(input.Limits.TimeSeconds),
            "--silent-seconds",
            Decimal(input.Limits.SilentSeconds),
            "--log-bytes",
            Decimal(input.Limits.LogBytes)
        );

    // The step ends itself at the limit and says so; systemd's own limit is for a step that cannot.
    private static Seq<UnitProperty> Limits(BuildLimits limits) =>
        Seq(
            Large("RuntimeMaxUSec", Microseconds(limits.TimeSeconds + GraceSeconds)),
            Large("TimeoutStopUSec", Microseconds(StopSeconds)),
            Text("KillMode", "control-group"),
            Large("MemoryMax", limits.MemoryBytes),
            Large("TasksMax", limits.TasksMax),
            Large("LimitCORE", 0),
            Text("OOMPolicy", "continue")
        );

    private static Seq<UnitProperty> Sight(BuildUnitInput input) =>
        Seq(
            Flag("PrivateTmp", true),
            new UnitProperty(
                "TemporaryFileSystem",
                new UnitValue.Pairs(Seq1(new TextPair(input.Host.BaseDirectory, "mode=0755,size=1M")))
            ),
            Binds("BindPaths", input.Host.BuildDirectory(input.Build)),
            Binds("BindReadOnlyPaths", input.Host.Mirror(input.Project)),
            Texts(
                "InaccessiblePaths",
                Seq(
                    "-/run/kennel",
                    "-/run/caddy-admin",
                    "-/run/postgresql",
                    "-/run/valkey",
                    "-/run/redis",
                    "-/run/dbus",
                    "-/etc/kennel"
                )
            ),
            Text("ProtectSystem", "strict"),
            Text("ProtectHome", "yes"),
            Text("ProtectProc", "invisible"),
            Flag("PrivateDevices", true),
            Flag("PrivateIPC", true),
            Flag("PrivateMounts", true)
        );

    private static Seq<UnitProperty> Sandbox =>
        Seq(
            Count("UMask", Convert.ToUInt32("022", 8)),
            Flag("NoNewPrivileges", true),
            Large("CapabilityBoundingSet", 0),
            Large("AmbientCapabilities", 0),
            Flag("PrivateUsers", true),
            Text("KeyringMode", "private"),
            Flag("ProtectKernelTunables", true),
            Flag("ProtectKernelModules", true),
            Flag("ProtectKernelLogs", true),
            Flag("ProtectControlGroups", true),
            Flag("ProtectClock", true),
            Flag("ProtectHostname", true),
            Large("RestrictNamespaces", 0),
            Flag("RestrictRealtime", true),
            Flag("RestrictSUIDSGID", true),
            Flag("LockPersonality", true),
            Filter("RestrictAddressFamilies", "AF_UNIX", "AF_INET", "AF_INET6", "AF_NETLINK"),
            Texts("SystemCallArchitectures", Seq1("native")),
            Filter("SystemCallFilter", "@system-service"),
            new UnitProperty("SystemCallErrorNumber", new UnitValue.Signed(NotPermitted))
        );

    private static UnitProperty Text(string name, string value) => new(name, new UnitValue.Text(value));

    private static UnitProperty Texts(string name, Seq<string> values) => new(name, new UnitValue.Texts(values));

    private static UnitProperty Flag(string name, bool value) => new(name, new UnitValue.Flag(value));

    private static UnitProperty Count(string name, uint value) => new(name, new UnitValue.Count(value));

    private static UnitProperty Large(string name, ulong value) => new(name, new UnitValue.Large(value));

    private static UnitProperty Filter(string name, params string[] values) =>
        new(name, new UnitValue.Filter(Allow: true, values.ToSeq()));

    private static UnitProperty Binds(string name, string path) =>
        new(name, new UnitValue.Binds(Seq1(new BindMount(path, path, MayBeMissing: false))));

    private static UnitProperty Commands(string name, CommandLine command) =>
        new(name, new UnitValue.Commands(Seq1(command)));

    private static ulong Microseconds(int seconds) => (ulong)seconds * 1_000_000;

    private static string Decimal(long value) => value.ToString(CultureInfo.InvariantCulture);
}
