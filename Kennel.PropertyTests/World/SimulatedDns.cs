using System.Globalization;
using Kennel.Core.Planning;
using Kennel.Core.Ports;
using Action = Kennel.Core.Planning.Action;

namespace Kennel.PropertyTests.World;

/// <summary>The DNS service of the simulated world.</summary>
public sealed class SimulatedDns(SimulatedHost host) : IDns
{
    private int made;

    public Observation<Seq<DnsRecord>> Records() =>
        host.Blind.Contains("Cloudflare")
            ? Observation.Unknown<Seq<DnsRecord>>("simulated")
            : Observation.Known(host.Records);

    public Task<Effect> CreateRecord(Action.CreateRecord action, CancellationToken cancellation)
    {
        if (host.Records.Exists(record => record.Name == action.Name && record.Content.Kind == action.Content.Kind))
            return Task.FromResult(Effect.Refused("Cloudflare", "81053: a record with that host already exists"));
        var id = (++made).ToString(CultureInfo.InvariantCulture);
        host.Records = host.Records.Add(new DnsRecord(id, action.Zone, action.Name, action.Content, action.Mark));
        return Task.FromResult(Effect.Happened);
    }

    public Task<Effect> RemoveRecord(Action.RemoveRecord action, CancellationToken cancellation)
    {
        if (host.Records.Exists(record => record.Id == action.Record.Id && record != action.Record))
            return Task.FromResult(Effect.Refused("Cloudflare", "it is another record now"));
        host.Records = host.Records.Filter(record => record.Id != action.Record.Id).Strict();
        return Task.FromResult(Effect.Happened);
    }
}
