using Kennel.Core.Domain;
using Kennel.Core.Planning;
using Kennel.Core.Ports;

namespace Kennel.PropertyTests.World;

/// <summary>Who uses what on the simulated host.</summary>
public sealed class SimulatedActivity(SimulatedHost host) : IActivity
{
    public Observation<Map<HostName, DateTimeOffset>> Requests =>
        host.Blind.Contains("requests")
            ? Observation.Unknown<Map<HostName, DateTimeOffset>>("simulated")
            : host.Requests;
}
