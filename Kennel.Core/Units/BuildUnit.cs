using System.Globalization;
using Kennel.Core.Domain;
using Kennel.Core.Planning;

namespace Kennel.Core.Units;

/// <summary>
/// The transient unit in which a build runs: evaluating a project is running its author's code, so the unit sees no
/// secret, no other project and nothing of Kennel's but the one mirror and the one directory it writes to.
/// </summary>
public static class BuildUnit
{
    private const int GraceSeconds = 30;
    private const int StopSeconds = 5;
    private const int NotPermitted = 1;

    /// <summary>The properties of the unit.</summary>
    /// <param name="settings">What the host allows and where things are on it.</param>
    /// <param name="build">The build.</param>
    /// <param name="project">Its project, whose mirror the unit reads.</param>
    /// <param name="title">What people call the branch: <c>project/branch</c>.</param>
    /// <param name="commit">The commit to build.</param>
    public static Seq<UnitProperty> Render(
        Settings settings,
        BuildId build,
        ProjectId project,
        string title,
        CommitId commit
    )
    {
        var input = new Input(build, project, commit, title, settings.Instance, settings.BuildLimits, settings.BuildHost);
        return Identity(input) + Run(input) + Limits(input.Limits) + Sight(input) + Sandbox;
    }

    private static Seq<UnitProperty> Identity(Input input) =>
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
    private static Seq<UnitProperty> Run(Input input) =>
        Seq(
            Commands("ExecStart", new CommandLine(input.Host.Program, Arguments(input), IgnoreFailure: false)),
            Commands(
                "ExecStopPost",
                new CommandLine(
                    "/bin/sh",
                    Seq("sh", "-c", "exec chmod -R a+rwX \"$1\"", "sh", input.Host.BuildDirectory(input.Build)),
                    IgnoreFailure: true
                )
            )
        );

    private static Seq<string> Arguments(Input input) =>
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

    private static Seq<UnitProperty> Sight(Input input) =>
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

    private sealed record Input(
        BuildId Build,
        ProjectId Project,
        CommitId Commit,
        string Title,
        InstanceId Instance,
        BuildLimits Limits,
        BuildHost Host
    );
}
