using Kennel.Core.Domain;
using Kennel.Core.Manifest;
using Kennel.Core.Planning;

namespace Kennel.Core.Units;

/// <summary>
/// The unit of a branch's own valkey-server. It runs as the user that the branch's services run as, with a socket in a
/// directory that only that user can enter, without a network, and keeps nothing on disk.
/// </summary>
public static class CacheInstanceUnit
{
    private const uint OwnerOnly = 0b111_000_000;
    private const ulong OverheadBytes = 32UL << 20;
    private const ulong TasksMax = 64;
    private const uint CpuPercent = 100;

    /// <summary>The address of its socket, for services that run as the same user.</summary>
    public static string Address(UnitName unit) => $"unix://{Socket(unit)}?db=0";

    /// <summary>All properties.</summary>
    /// <param name="unit">The unit.</param>
    /// <param name="instance">The mark.</param>
    /// <param name="title">The branch, for people.</param>
    /// <param name="role">The user that the branch's services run as.</param>
    /// <param name="settings">Which program, and how much memory.</param>
    public static Seq<UnitProperty> Of(
        UnitName unit,
        InstanceId instance,
        string title,
        RoleName role,
        CacheSettings settings
    ) =>
        Joined(
            Seq(
                Text("Description", $"Valkey of {title} [{instance}]"),
                Text("Type", "notify"),
                new UnitProperty("ExecStart", new UnitValue.Commands(Seq1(Command(unit, settings)))),
                Text("Restart", "always"),
                Microseconds("RestartUSec", 500_000),
                Microseconds("StartLimitIntervalUSec", 30_000_000),
                new UnitProperty("StartLimitBurst", new UnitValue.Count(5)),
                Microseconds("TimeoutStartUSec", 30_000_000),
                Microseconds("TimeoutStopUSec", 15_000_000),
                Text("Slice", "kennel-app.slice"),
                Text("User", role.Value),
                // systemd removes it when the unit stops.
                new UnitProperty("RuntimeDirectory", new UnitValue.Texts(Seq1(DirectoryName(unit)))),
                new UnitProperty("RuntimeDirectoryMode", new UnitValue.Count(OwnerOnly)),
                Text("SyslogIdentifier", "valkey"),
                // A unix socket is reached all the same.
                new UnitProperty("PrivateNetwork", new UnitValue.Flag(true))
            ),
            Sandbox.Properties(
                new Relaxations(
                    (settings.MemoryBytes * 2) + OverheadBytes,
                    TasksMax,
                    CpuPercent,
                    WritableMemoryExecutable: false,
                    Namespaces: false,
                    Netlink: false
                )
            )
        );

    private static CommandLine Command(UnitName unit, CacheSettings settings) =>
        new(
            settings.ServerPath,
            Seq(
                "valkey-server",
                "--port",
                "0",
                "--unixsocket",
                Socket(unit),
                "--unixsocketperm",
                "700",
                "--databases",
                "1",
                "--maxmemory",
                $"{settings.MemoryBytes}",
                "--dir",
                $"/run/{DirectoryName(unit)}",
                "--supervised",
                "systemd",
                // Without a value it means that nothing is saved.
                "--save",
                "--appendonly",
                "no"
            ),
            IgnoreFailure: false
        );

    private static string Socket(UnitName unit) => $"/run/{DirectoryName(unit)}/valkey.sock";

    private static string DirectoryName(UnitName unit) => unit.Value[..^".service".Length];

    private static UnitProperty Text(string name, string value) => new(name, new UnitValue.Text(value));

    private static UnitProperty Microseconds(string name, ulong value) => new(name, new UnitValue.Large(value));
}
