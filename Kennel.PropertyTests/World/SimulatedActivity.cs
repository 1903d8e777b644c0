using Kennel.Core.Domain;
using Kennel.Core.Planning;
using Kennel.Core.Ports;

namespace Kennel.PropertyTests.World;

/// <summary>The access log of the simulated host, as Kennel reads it.</summary>
public sealed class SimulatedActivity(SimulatedHost host) : IActivity
{
    public Observation<Map<HostName, DateTimeOffset>> Requests =>
        host.Blind.Contains("activity")
            ? Observation.Unknown<Map<HostName, DateTimeOffset>>("simulated")
            : Observation.Known(host.Requests);
}
