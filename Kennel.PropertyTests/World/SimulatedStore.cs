using Kennel.Core.Configuration;
using Kennel.Core.Domain;
using Kennel.Core.Lifecycle;
using Kennel.Core.Planning;
using Kennel.Core.Ports;
using Kennel.Core.Units;
using Kennel.Shell.Store;

namespace Kennel.PropertyTests.World;

/// <summary>The real store, in memory.</summary>
public sealed class SimulatedStore : IDisposable
{
    private static readonly InstanceId Instance = InstanceId.Parse("simulation", "0123456789ab").Valid();

    private readonly Database database = Database.OpenTemporary(Instance);
    private readonly IntentStore intents;

    public SimulatedStore(SimulatedHost host)
    {
        var clock = new SimulatedClock(host);
        Store = new StateStore(database, SettingsOf, Targets.Of, clock);
        intents = new IntentStore(database, SettingsOf, clock);
    }

    public IStore Store { get; }

    public void AddProject(ProjectName project) =>
        Granted(
            intents.AddProject(
                new NewProject(project, None, "/srv/simulated.git", BranchName.Parse("simulation", "main").Valid()),
                CancellationToken.None
            )
        );

    public void Deploy(ProjectName project, Branch branch) =>
        Granted(intents.Deploy(project, branch, None, CancellationToken.None));

    /// <summary>Removes a branch; one that is not there, or is being removed, is as good as removed.</summary>
    public void Remove(ProjectName project, Branch branch) =>
        intents
            .RemoveBranch(project, branch, "removed by the scenario", CancellationToken.None)
            .GetAwaiter()
            .GetResult();

    public void Dispose() => database.Dispose();

    private static void Granted<T>(Task<Either<Refusal, T>> request) =>
        request.GetAwaiter().GetResult().IfLeft(refusal => throw new InvalidOperationException(refusal.ToString()));

    private static Settings SettingsOf(InstanceId instance) =>
        HostConfiguration.Default.ToSettings(
            instance,
            new BuildHost(
                "/opt/kennel/kennel",
                "/var/lib/kennel",
                "/var/lib/kennel/builds",
                "x86_64-linux",
                "/usr/bin",
                None
            )
        );

    private sealed class SimulatedClock(SimulatedHost host) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => host.Now;
    }
}
