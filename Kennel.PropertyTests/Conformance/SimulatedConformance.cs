using Kennel.Core.Planning;
using Kennel.Core.Units;
using Kennel.PropertyTests.World;

namespace Kennel.PropertyTests.Conformance;

/// <summary>The simulated outside keeps to what the real one was seen to do.</summary>
public sealed class SimulatedConformance
{
    [Fact]
    public Task The_simulated_service_manager_does_what_systemd_does()
    {
        var host = new SimulatedHost();
        var commit = Steps.Commit("api:1", Behaviour.CrashLoop);
        host.Commits = Map((commit.Id, commit));
        return new SystemdConformance(
            new SimulatedSystemd(host),
            Properties("/bin/sleep"),
            Properties($"{commit.Components.Head().StorePath}/bin/api"),
            () =>
            {
                host.AdvanceTo(host.Now.AddMilliseconds(100));
                return Task.CompletedTask;
            }
        ).Holds();
    }

    [Fact]
    public Task The_simulated_web_server_does_what_Caddy_does()
    {
        var host = new SimulatedHost();
        return new CaddyConformance(
            new SimulatedCaddy(host),
            () =>
            {
                host.HasSubtree = false;
                host.CaddyVersion++;
                return Task.CompletedTask;
            }
        ).Holds();
    }

    [Fact]
    public Task The_simulated_database_server_does_what_PostgreSQL_does()
    {
        var host = new SimulatedHost();
        return new PostgresConformance(
            new SimulatedPostgres(host),
            (database, role) =>
            {
                host.Databases.AddRole(new ObservedRole(role, None));
                host.Databases.Create(database, role.Value);
                return Task.CompletedTask;
            }
        ).Holds();
    }

    private static Seq<UnitProperty> Properties(string program) =>
        Seq(
            new UnitProperty("Description", new UnitValue.Text("conformance [0123456789ab]")),
            new UnitProperty("ExecStart", new UnitValue.Commands(Seq1(new CommandLine(program, Seq1(program), false))))
        );
}
