using Kennel.Core.Planning;
using Kennel.Core.Ports;

namespace Kennel.PropertyTests.World;

/// <summary>A store whose host is configured anew while Kennel runs: each read tells how caches are given just then.</summary>
/// <param name="inner">The store itself.</param>
/// <param name="cacheMode">How caches are given now.</param>
public sealed class ConfiguredStore(IStore inner, Func<CacheMode> cacheMode) : IStore
{
    public async Task<Desired> Read(CancellationToken cancellation)
    {
        var desired = await inner.Read(cancellation);
        var resources = desired.Settings.Resources;
        return desired with
        {
            Settings = desired.Settings with
            {
                Resources = resources with { Caches = resources.Caches with { Mode = cacheMode() } },
            },
        };
    }

    public Task<Effect> Record(
        Core.Planning.Action.StoreChange action,
        Seq<string> evidence,
        CancellationToken cancellation
    ) => inner.Record(action, evidence, cancellation);

    public Task Note(Seq<ActionReport> reports, DateTimeOffset now, CancellationToken cancellation) =>
        inner.Note(reports, now, cancellation);
}
