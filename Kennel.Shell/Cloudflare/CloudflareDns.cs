using Kennel.Core.Planning;
using Kennel.Core.Ports;
using Action = Kennel.Core.Planning.Action;

namespace Kennel.Shell.Cloudflare;

/// <summary>
/// The records of Cloudflare's zones. They are read in the background, so that no pass waits for them, and each change
/// looks once more just before it.
/// </summary>
public sealed class CloudflareDns : IDns, IAsyncDisposable
{
    private const string Cloudflare = nameof(Cloudflare);
    private const string Asking = "it is being asked";

    private readonly CloudflareOptions options;
    private readonly TimeProvider clock;
    private readonly System.Action wake;
    private readonly CloudflareClient client;
    private readonly ZoneRecords zones;
    private readonly CancellationTokenSource stopping = new();
    private readonly Lock guard = new();
    private Observation<Seq<DnsRecord>> seen = Observation.Unknown<Seq<DnsRecord>>(Asking);
    private DateTimeOffset dueAt = DateTimeOffset.MinValue;
    private int changes;
    private Task looking = Task.CompletedTask;

    /// <summary>Nothing is asked yet.</summary>
    /// <param name="options">How to reach Cloudflare.</param>
    /// <param name="clock">The time.</param>
    /// <param name="wake">Called when something became known.</param>
    public CloudflareDns(CloudflareOptions options, TimeProvider clock, System.Action wake)
    {
        this.options = options;
        this.clock = clock;
        this.wake = wake;
        client = new CloudflareClient(options, clock);
        zones = new ZoneRecords(client);
    }

    /// <inheritdoc/>
    public Observation<Seq<DnsRecord>> Records()
    {
        lock (guard)
        {
            if (looking.IsCompleted && clock.GetUtcNow() >= dueAt && !stopping.IsCancellationRequested)
                looking = Task.Run(() => Look(changes));
            return seen;
        }
    }

    /// <inheritdoc/>
    public async Task<Effect> CreateRecord(Action.CreateRecord action, CancellationToken cancellation)
    {
        var there = await zones.Read(action.Zone, action.Name, cancellation);
        return await there.Match(
            records =>
                records.IsEmpty || records.ForAll(record => IsBeside(record, action))
                    ? Create(action, cancellation)
                    : Task.FromResult(Changed(Effect.Refused(Cloudflare, $"{action.Name} leads elsewhere already"))),
            reason => Task.FromResult(Effect.Unreachable(Cloudflare, reason))
        );
    }

    /// <inheritdoc/>
    public async Task<Effect> RemoveRecord(Action.RemoveRecord action, CancellationToken cancellation)
    {
        var found = await zones.Find(action.Record, cancellation);
        return await found.Match(
            record =>
                record.Match(
                    now =>
                        now == action.Record
                            ? Remove(action, cancellation)
                            : Task.FromResult(
                                Changed(
                                    Effect.Refused(Cloudflare, $"the record of {action.Record.Name} is another now")
                                )
                            ),
                    () => Task.FromResult(Changed(Effect.Happened))
                ),
            reply => Task.FromResult(Ended(reply))
        );
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await looking.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        client.Dispose();
        stopping.Dispose();
    }

    // Of one name there may be one record for each kind of address, all of this instance's.
    private static bool IsBeside(DnsRecord record, Action.CreateRecord action) =>
        record.Mark == Some(action.Mark)
        && record.Content.Kind != action.Content.Kind
        && record.Content.Kind != RecordKind.Cname
        && action.Content.Kind != RecordKind.Cname;

    private async Task<Effect> Create(Action.CreateRecord action, CancellationToken cancellation)
    {
        var body = RecordText.Of(action.Name, action.Content, action.Mark);
        return Changed(Ended(await client.Send(HttpMethod.Post, action.Zone, "", body, cancellation)));
    }

    private async Task<Effect> Remove(Action.RemoveRecord action, CancellationToken cancellation)
    {
        var path = $"/{Uri.EscapeDataString(action.Record.Id)}";
        return Changed(Ended(await client.Send(HttpMethod.Delete, action.Record.Zone, path, None, cancellation)));
    }

    private static Effect Ended(CloudflareReply reply) =>
        reply switch
        {
            CloudflareReply.Done => Effect.Happened,
            CloudflareReply.Missing => Effect.Happened,
            CloudflareReply.Refused it => Effect.Refused(Cloudflare, it.Reason),
            CloudflareReply.Unreachable it => Effect.Unreachable(Cloudflare, it.Reason),
            CloudflareReply.Unanswered it => Effect.Unanswered(Cloudflare, it.Reason),
            _ => throw new System.Diagnostics.UnreachableException(),
        };

    // What was seen before a change says nothing any more, and a look that began before it neither.
    private Effect Changed(Effect effect)
    {
        lock (guard)
        {
            changes++;
            seen = Observation.Unknown<Seq<DnsRecord>>(Asking);
            dueAt = DateTimeOffset.MinValue;
        }
        wake();
        return effect;
    }

    private async Task Look(int changesBefore)
    {
        var found = await ReadAll();
        lock (guard)
        {
            if (changes == changesBefore)
            {
                seen = found;
                dueAt =
                    clock.GetUtcNow()
                    + (found is Observation<Seq<DnsRecord>>.Known ? options.LookInterval : options.RestAfterFailure);
            }
        }
        wake();
    }

    private async Task<Observation<Seq<DnsRecord>>> ReadAll()
    {
        try
        {
            var all = Seq<DnsRecord>();
            foreach (var zone in options.Zones.Keys)
            {
                var read = await zones.Read(zone, None, stopping.Token);
                if (read.IsLeft)
                    return Observation.Unknown<Seq<DnsRecord>>(read.Match(_ => "", reason => reason));
                all = Joined(all, read.IfLeft(Seq<DnsRecord>()));
            }
            return Observation.Known(all);
        }
        catch (OperationCanceledException)
        {
            return Observation.Unknown<Seq<DnsRecord>>("Kennel is stopping");
        }
    }
}
