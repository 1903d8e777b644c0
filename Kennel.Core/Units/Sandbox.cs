using Kennel.Core.Manifest;
using static Kennel.Core.Units.UnitValue;

namespace Kennel.Core.Units;

/// <summary>
/// What a service may not do. systemd enforces it; nothing in the service's own code can lift it. The names are those
/// that systemd takes over D-Bus; all of them are known to systemd 249 and later.
/// </summary>
public static class Sandbox
{
    private const uint OwnerOnly = 0b111_000_000;
    private const uint NobodyElse = 0b000_111_111;
    private const ulong CpuMicrosecondsPerPercent = 10_000;
    private const int OperationNotPermitted = 1;

    // SECBIT_NOROOT and SECBIT_NOROOT_LOCKED: user id 0 means nothing special, and that cannot be undone.
    private const int NoRootLocked = 0b11;

    /// <summary>The properties of a service's sandbox, its limits included.</summary>
    /// <param name="relaxations">What the service may do beyond the strict set.</param>
    public static Seq<UnitProperty> Properties(Relaxations relaxations) =>
        Sequences.Join(Identity, Privileges, Files, Kernel(relaxations), SystemCalls(relaxations), Limits(relaxations));

    // Who the service is: a user that exists only while it runs, and files that nobody else may read.
    private static readonly Seq<UnitProperty> Identity = Seq(
        Is("DynamicUser"),
        new UnitProperty("UMask", new Count(NobodyElse)),
        new UnitProperty("StateDirectoryMode", new Count(OwnerOnly)),
        Is("RemoveIPC"),
        new UnitProperty("KeyringMode", new Text("private"))
    );

    private static readonly Seq<UnitProperty> Privileges = Seq(
        Is("NoNewPrivileges"),
        new UnitProperty("CapabilityBoundingSet", new Large(0)),
        new UnitProperty("AmbientCapabilities", new Large(0)),
        new UnitProperty("SecureBits", new Signed(NoRootLocked)),
        Is("PrivateUsers"),
        Is("RestrictSUIDSGID"),
        Is("RestrictRealtime"),
        Is("LockPersonality")
    );

    private static readonly Seq<UnitProperty> Files = Seq(
        new UnitProperty("ProtectSystem", new Text("strict")),
        new UnitProperty("ProtectHome", new Text("yes")),
        Is("PrivateTmp"),
        Is("PrivateDevices"),
        new UnitProperty("DevicePolicy", new Text("closed")),
        Is("PrivateIPC"),
        Is("PrivateMounts"),
        new UnitProperty("ProtectProc", new Text("invisible")),
        new UnitProperty("ProcSubset", new Text("pid")),
        // A dash lets the path be missing.
        new UnitProperty(
            "InaccessiblePaths",
            new Texts(Seq("-/var/lib/kennel", "-/run/kennel", "-/root", "-/nix/var/nix/daemon-socket"))
        )
    );

    private static Seq<UnitProperty> Kernel(Relaxations relaxations) =>
        Sequences.Join(
            Seq(
                Is("ProtectKernelTunables"),
                Is("ProtectKernelModules"),
                Is("ProtectKernelLogs"),
                Is("ProtectControlGroups"),
                Is("ProtectClock"),
                Is("ProtectHostname"),
                new UnitProperty(
                    "RestrictAddressFamilies",
                    new Filter(
                        true,
                        Sequences.Join(
                            Seq("AF_INET", "AF_INET6", "AF_UNIX"),
                            relaxations.Netlink ? Seq1("AF_NETLINK") : Empty
                        )
                    )
                )
            ),
            // The value is the set of kinds that remain allowed.
            relaxations.Namespaces
                ? Empty
                : Seq1(new UnitProperty("RestrictNamespaces", new Large(0)))
        );

    // systemd merges the filters in this order. The .NET runtime does not start without sched_setaffinity, which
    // @resources takes away.
    private static Seq<UnitProperty> SystemCalls(Relaxations relaxations) =>
        Sequences.Join(
            Seq(
                new UnitProperty("SystemCallArchitectures", new Texts(Seq1("native"))),
                new UnitProperty("SystemCallFilter", new Filter(true, Seq1("@system-service"))),
                new UnitProperty("SystemCallFilter", new Filter(false, Seq("@privileged", "@resources"))),
                new UnitProperty("SystemCallFilter", new Filter(true, Seq1("sched_setaffinity"))),
                new UnitProperty("SystemCallErrorNumber", new Signed(OperationNotPermitted))
            ),
            relaxations.WritableMemoryExecutable ? Empty : Seq1(Is("MemoryDenyWriteExecute"))
        );

    private static Seq<UnitProperty> Limits(Relaxations relaxations) =>
        Seq(
            new UnitProperty("MemoryMax", new Large(relaxations.MemoryBytes)),
            new UnitProperty("TasksMax", new Large(relaxations.TasksMax)),
            new UnitProperty("CPUQuotaPerSecUSec", new Large(relaxations.CpuPercent * CpuMicrosecondsPerPercent))
        );

    private static UnitProperty Is(string name) => new(name, new Flag(true));
}
