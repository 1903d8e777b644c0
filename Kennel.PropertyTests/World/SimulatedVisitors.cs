using Kennel.Core.Domain;
using Kennel.Core.Routing;

namespace Kennel.PropertyTests.World;

/// <summary>People who use what is served: what hibernates is woken by the door, and the access log tells of the rest.</summary>
public sealed class SimulatedVisitors(SimulatedHost host, SimulatedStore store)
{
    /// <summary>Somebody opens every page of a branch that the web server knows; whether there was one.</summary>
    public bool Use(Branch branch)
    {
        var hosts = store.Hosts(branch).Filter(host.Served.Entries.ContainsKey);
        foreach (var name in hosts)
        {
            if (host.Served.Entries[name].Route is Route.Asleep)
                store.Wake(name);
            if (IsLogged)
                host.Requests = host.Requests.AddOrUpdate(name, host.Clock);
        }
        return !hosts.IsEmpty;
    }

    // What happens while the log cannot be read is lost, once Kennel had the time to see that it cannot.
    private bool IsLogged => !host.Blind.Contains("activity") || store.IsWatching;
}
