using Kennel.Core.Units;
using Kennel.PropertyTests.Conformance;
using Kennel.Shell.Systemd;

namespace Kennel.Tests.Systemd;

/// <summary>systemd does what the simulated service manager does.</summary>
[Collection("systemd")]
public sealed class SystemdConformanceTests
{
    [BusFact]
    public async Task Systemd_does_what_the_simulated_service_manager_does()
    {
        await using var real = new RealBus();
        await new SystemdConformance(
            new SystemdClient(real.Units, new Journal(TimeSpan.FromSeconds(10))),
            Properties("exec sleep 1000"),
            Properties("exit 1"),
            () => Task.Delay(TimeSpan.FromMilliseconds(100))
        ).Holds();
    }

    private static Seq<UnitProperty> Properties(string script) =>
        Seq(
            new UnitProperty("Description", new UnitValue.Text("conformance [0123456789ab]")),
            new UnitProperty("Type", new UnitValue.Text("exec")),
            new UnitProperty("Restart", new UnitValue.Text("always")),
            new UnitProperty("RestartUSec", new UnitValue.Large(100_000)),
            new UnitProperty("StartLimitIntervalUSec", new UnitValue.Large(30_000_000)),
            new UnitProperty("StartLimitBurst", new UnitValue.Count(3)),
            new UnitProperty(
                "ExecStart",
                new UnitValue.Commands(Seq1(new CommandLine("/bin/sh", Seq("sh", "-c", script), false)))
            )
        );
}
